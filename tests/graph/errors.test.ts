import { ApolloServer } from '@apollo/server';
import { makeExecutableSchema } from '@graphql-tools/schema';
import { GraphQLError } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createErrorFormatter } from '../../src/graph/errors.ts';
import { maxTokens, staticLimits } from '../../src/graph/limits/shape.ts';
import { scalarResolvers } from '../../src/graph/scalars.ts';
import { StoreUnavailable } from '../../src/store/statements.ts';

/** A well-formed number with a wrong check digit: no scalar takes it, and it must never come back. */
const id = '310107199001011234';

const schema = makeExecutableSchema({
  typeDefs: `
    scalar CitizenId
    scalar Date
    enum Kind { FIRST SECOND }
    input Form { id: CitizenId n: Int kind: Kind text: String }
    type Query {
      find(id: CitizenId, n: Int, kind: Kind, text: String, form: Form, forms: [Form], on: Date): String
      bug: String
      driver: String
      ours: String
      store: String
    }`,
  resolvers: {
    CitizenId: scalarResolvers.CitizenId!,
    Date: scalarResolvers.Date!,
    Query: {
      bug: () => {
        throw new Error(`cannot read row ${id}`);
      },
      driver: () => {
        const error = new Error(`Key (citizen_id)=(${id}) already exists. select * from people`);
        throw Object.assign(error, { code: '23505', detail: id, query: 'select * from people' });
      },
      ours: () => {
        throw new GraphQLError('No such Lease among the records.', {
          extensions: { code: 'OUT_OF_SCOPE', type: 'Lease' },
        });
      },
      store: () => {
        throw new StoreUnavailable('housing', 'deadline');
      },
    },
  },
});

const reported: { incident: string; error: unknown }[] = [];
const format = createErrorFormatter((incident, error) => reported.push({ incident, error }));
const silent = { debug() {}, info() {}, warn() {}, error() {} };
const server = new ApolloServer({
  schema,
  validationRules: [staticLimits],
  parseOptions: { maxTokens },
  hideSchemaDetailsFromClientErrors: true,
  status400ForVariableCoercionErrors: true,
  // A fault in the formatter itself would show here instead of hiding behind a general sentence.
  includeStacktraceInErrorResponses: false,
  formatError: format,
  logger: silent,
});
beforeAll(() => server.start());
afterAll(() => server.stop());

async function send(body: Record<string, unknown>) {
  const answer = await server.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: 'POST',
      // biome-ignore lint/suspicious/noExplicitAny: Apollo's own Map of headers.
      headers: new Map([['content-type', 'application/json']]) as any,
      search: '',
      body: JSON.parse(JSON.stringify(body)),
    },
    context: async () => ({}),
  });
  const text = answer.body.kind === 'complete' ? answer.body.string : '';
  return { status: answer.status ?? 200, text, errors: JSON.parse(text).errors as GraphQLError[] };
}

const inVariables: readonly (readonly [string, unknown])[] = [
  ['CitizenId', id],
  ['Int', id],
  ['Kind', id],
  ['Date', id],
  ['String', 310107199001011],
  ['Form', id],
  ['Form', { [id]: 1 }],
  ['Form', { [`a at "${id}"`]: 1 }],
  ['Form', { id }],
  ['Form', { text: { x: id } }],
  ['[Form]', [{ kind: id }]],
  ['Int', ` at "${id}"`],
  ['Int', `x; A value is not " at "${id}"`],
];
const argument: Readonly<Record<string, string>> = {
  CitizenId: 'id',
  Int: 'n',
  Kind: 'kind',
  Date: 'on',
  String: 'text',
  Form: 'form',
  '[Form]': 'forms',
};

const documents = [
  `{ find(id: "${id}") }`,
  `{ find(n: "${id}") }`,
  `{ find(n: ${id}) }`,
  `{ find(n: 1.5e${id}) }`,
  `{ find(n: { a: "${id}" }) }`,
  `{ find(n: "x \\" ${id}") }`,
  `{ find(text: """a " ${id} """ n: "x") }`,
  `{ find(text: ${id}) }`,
  `{ find(on: "${id}") }`,
  `{ find(kind: _${id}) }`,
  `{ find(kind: "${id}") }`,
  `{ find(kind: [${id}]) }`,
  `{ find(form: { _${id}: 1 }) }`,
  `{ find(form: { id: "${id}", n: [${id}] }) }`,
  `{ find(n: 1) find(n: ${id}) }`,
  `{ _${id} }`,
  `{ find { _${id} } }`,
  `{ find(_${id}: 1) }`,
  `{ find @_${id} }`,
  `{ ..._${id} }`,
  `{ ... on _${id} { find } }`,
  `query ($_${id}: Int) { find }`,
  `query ($i: _${id}) { find(n: $i) }`,
  `query ($_${id}: Int!) { find(n: $_${id}) }`,
  `query _${id} { find } query _${id} { find }`,
  `{ find ${id}`,
  `{ find(text: "${id}`,
  `{ find ${id} "${id}" }`,
  `mutation { x_${id} }`,
  '{ bug }',
  '{ driver }',
  '{ store }',
];

describe('an identity number that was sent never comes back in an error', () => {
  it.each(inVariables)('in a variable of type %s: %j', async (type, value) => {
    const query = `query ($it: ${type}) { find(${argument[type]}: $it) }`;
    const { status, text, errors } = await send({ query, variables: { it: value } });
    expect(status).toBe(400);
    expect(text).not.toContain('310107199001');
    expect(errors[0]?.message).toContain('$it');
  });

  it.each(documents)('in the document %s', async (query) => {
    const { text, errors } = await send({ query });
    expect(errors[0]?.message).toMatch(/\.$/);
    expect(text).not.toContain('310107199001');
    expect(text).not.toMatch(/select |stacktrace|Did you mean/);
  });
});

describe('an error tells', () => {
  it('which variable, where in it, and what a value of that kind looks like', async () => {
    const query = 'query ($it: [Form]) { find(forms: $it) }';
    const { errors } = await send({ query, variables: { it: [{}, { id }] } });
    expect(errors).toMatchObject([
      {
        message:
          'Variable $it, at it[1].id: A value is not a citizen identity number with a right check digit.',
        extensions: { code: 'BAD_VALUE' },
      },
    ]);
  });

  it('where a literal stands, with the code of the scalar', async () => {
    const { errors } = await send({ query: '{\n  find(on: "2007-02-29")\n}' });
    expect(errors).toMatchObject([
      {
        message: 'A value is not a calendar date, YYYY-MM-DD.',
        locations: [{ line: 2, column: 12 }],
        extensions: { code: 'BAD_VALUE' },
      },
    ]);
  });

  it('the names of types, fields and arguments, without guessing what was meant', async () => {
    expect((await send({ query: '{ fnd }' })).errors[0]?.message).toBe(
      'Cannot query field "fnd" on type "Query".',
    );
    expect((await send({ query: '{ find(knd: FIRST) }' })).errors[0]?.message).toBe(
      'Unknown argument "knd" on field "Query.find".',
    );
    expect((await send({ query: '{ find(kind: FRST) }' })).errors[0]?.message).toBe(
      'A value does not exist in the enum "Kind".',
    );
  });

  it('the code of the limit that a document breaks, and not the general one of the framework', async () => {
    const { status, errors } = await send({ query: `{ ${'bug '.repeat(21)} }` });
    expect(status).toBe(400);
    expect(errors).toMatchObject([{ extensions: { code: 'TOO_MANY_ROOT_FIELDS', limit: 20 } }]);
    expect((await send({ query: `{ ${'bug '.repeat(maxTokens)} }` })).errors[0]?.message).toContain(
      'too many tokens',
    );
  });

  it('which store does not answer', async () => {
    expect((await send({ query: '{ store }' })).errors).toMatchObject([
      { path: ['store'], extensions: { code: 'STORE_UNAVAILABLE', store: 'housing' } },
    ]);
  });

  it('what our own code says, as it says it', async () => {
    expect((await send({ query: '{ ours }' })).errors).toMatchObject([
      { message: 'No such Lease among the records.', extensions: { code: 'OUT_OF_SCOPE', type: 'Lease' } },
    ]);
  });

  it('nothing of a fault but an incident number, which the log has with the fault', async () => {
    reported.length = 0;
    const { errors } = await send({ query: '{ bug driver }' });
    expect(errors.map((error) => error.extensions.code)).toEqual(['INTERNAL', 'INTERNAL']);
    expect(reported.map((entry) => entry.incident)).toEqual(errors.map((error) => error.extensions.incident));
    expect(reported[0]?.error).toMatchObject({ message: `cannot read row ${id}` });
    expect(Object.keys(errors[0]?.extensions ?? {}).sort()).toEqual(['code', 'incident']);
  });
});
