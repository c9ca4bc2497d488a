import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { viewers } from '../../src/identity/viewers.ts';
import { type HttpAnswer, startTestServer, type TestServer } from '../http/test-server.ts';
import { globalId } from './asking/expectation.ts';
import { expectNoProblems } from './asking/no-problems.ts';
import { everything, isRelation, selectionText } from './asking/selection.ts';
import { openSetting, recordTypes, type Setting } from './asking/setup.ts';
import { bytesOf } from './bytes-sent.ts';

// Canaries in all that leaves the server: what a viewer may not see of stored rows is looked for in every byte of the
// response, headers, cursors taken apart, texts of errors and explanations included.

let server: TestServer;
let setting: Setting;

beforeAll(async () => {
  setting = await openSetting();
  server = await startTestServer({ objectsPerMinute: 100_000_000 });
});
afterAll(async () => {
  await server.close();
  await setting.graph.close();
});

/** Names a code of the contract, never a value of a person. */
const isCode = (text: string) => /^[A-Z][A-Z0-9_-]*$/.test(text);

describe.each(viewers.map((v, i) => [v.code, i] as const))('%s gets nothing over HTTP', (code, viewer) => {
  // Every viewer asks every third type, so that each type is asked by eight of them or more.
  const types = recordTypes.filter((_, i) => (i + viewer) % 3 === 0);

  test('that it may not see', async () => {
    const { oracle, district } = setting;
    const problems: string[] = [];
    for (const type of types) {
      const { many } = oracle.type(type);
      const expected = setting.expect(code);
      const rows = [...setting.samples(expected, type), ...district.rows(type).slice(0, 10)];
      const text = selectionText(everything(oracle.type(type), (field) => !isRelation(field)));
      const list = many
        ? `${many}(first: 5) { totalCount nodes { ${text} } edges { cursor } pageInfo { startCursor endCursor } }`
        : '';
      const document = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on ${type} { ${text} } } ${list} }`;
      const ids = rows.slice(0, 50).map((row) => globalId(type, row.id));
      const answers = [
        await server.ask(code, document, { ids }),
        await server.ask(
          code,
          'query ($document: String!, $variables: JSON) { explainAccess(document: $document, variables: $variables) { coordinates { coordinate verdict because needed } } }',
          { document, variables: { ids } },
        ),
      ];
      for (const row of rows) expected.withhold(type, row);
      const sent = answers.map(bytesOf);
      const found = [...expected.withheld].filter(
        ([value]) => !isCode(value) && sent.some((part) => part.includes(value)),
      );
      if (found.length === 0) continue;
      // A text that some row shows in clear is there by right.
      for (const row of district.rows(type)) if (expected.scope.sees(type, row.id)) expected.show(type, row);
      const shown = [...expected.allowed].join('\n');
      for (const [value, coordinate] of found)
        if (!shown.includes(value)) problems.push(`${code}: a value of ${coordinate}`);
    }
    expectNoProblems(problems);
  });
});

test('a withheld value would be found in a header, a body, a cursor and an error', () => {
  const canary = '310107199001011234';
  const packed = Buffer.from(JSON.stringify([canary])).toString('base64url');
  const answer = (headers: Record<string, string>, text: string): HttpAnswer => ({
    status: 200,
    headers: new Headers(headers),
    text,
    json: null,
  });
  for (const leaking of [
    answer({ 'x-trace': canary }, '{}'),
    answer({}, JSON.stringify({ data: { a: canary } })),
    answer({}, JSON.stringify({ data: { pageInfo: { endCursor: packed } } })),
    answer({}, JSON.stringify({ errors: [{ message: `not ${canary}` }] })),
  ])
    expect(bytesOf(leaking)).toContain(canary);
});
