import { buildSchema, parse } from 'graphql';
import { expect, it, test } from 'vitest';
import { Misread } from '../../src/graph/misread.ts';
import { readRequest } from '../../src/graph/request-reading.ts';
import { scalarResolvers } from '../../src/graph/scalars.ts';

// A text that is no value of its scalar: a person mends it in a mutation of the do-matrix; elsewhere the request is refused.

const schema = buildSchema(`
  directive @does(as: [String!]) on FIELD_DEFINITION
  scalar Date
  input MakeInput { days: [Date!] day: Date }
  type Made { of(day: Date): Int }
  type Query { on(day: Date): Int }
  type Mutation { make(input: MakeInput!): Made @does sync(day: Date): Int @does(as: ["make"]) plain(day: Date): Int }
`);
Object.assign(schema.getType('Date')!, { parseValue: scalarResolvers.Date!.parseValue });

const read = (document: string, variables: Record<string, unknown>) =>
  readRequest(schema, { document: parse(document), variables }).variables;
const day = '2007-02-30';

test.each<[document: string, variables: Record<string, unknown>]>([
  ['mutation($given: MakeInput!) { make(input: $given) { of } }', { given: { day } }],
  ['mutation($given: MakeInput!) { make(input: $given) { of } }', { given: { days: ['2007-02-01', day] } }],
  ['mutation($given: Date) { make(input: { day: $given }) { of } }', { given: day }],
])('%s with %j is read to the end', (document, variables) => {
  const { given } = read(document, variables) as { given: { day?: unknown; days?: unknown[] } };
  expect(given instanceof Misread || given.day instanceof Misread || given.days?.[1] instanceof Misread).toBe(
    true,
  );
});

test.each([
  'query($given: Date) { on(day: $given) }',
  'mutation($given: Date) { sync(day: $given) }',
  'mutation($given: Date) { plain(day: $given) }',
  'mutation($given: Date) { make(input: { day: $given }) { of(day: $given) } }',
  'mutation($given: Date) { ...all } fragment all on Mutation { make(input: { day: $given }) { of } }',
])('%s refuses it as a whole', (document) => {
  expect(() => read(document, { given: day })).toThrow(
    expect.objectContaining({ extensions: expect.objectContaining({ code: 'BAD_VALUE' }) }),
  );
});

it('leaves the scalar strict for whatever is read next', () => {
  read('mutation($given: Date) { make(input: { day: $given }) { of } }', { given: day });
  expect(() => scalarResolvers.Date!.parseValue(day)).toThrow('A value is not a calendar date');
});
