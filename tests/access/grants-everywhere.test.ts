import { afterAll, beforeAll, expect, test } from 'vitest';
import { viewers } from '../../src/identity/viewers.ts';
import { quotedTableOf } from '../../src/store/table-name.ts';
import { createTestDatabase } from '../support/database.ts';
import { createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';
import { expectNoProblems } from './asking/no-problems.ts';
import { everything, isRelation, selectionText } from './asking/selection.ts';
import { refOf } from './granting/cases.ts';
import { giveGrant, takeGrants } from './granting/give-grant.ts';
import { Oracle } from './oracle.ts';
import type { Coordinate, RecordType } from './reading/contract.ts';

// Every group of every record type: a grant shows to a department that may not see it what a viewer with F sees.

const oracle = new Oracle();
const never = ['ETHNICITY', 'REPRODUCTIVE_RECORD', 'ADOPTION_REGISTRATION'];
const districtWide = viewers.filter(({ kind }) => kind === 'DISTRICT').map(({ code }) => code);

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let graph: TestGraph;
beforeAll(async () => {
  database = await createTestDatabase('district');
  graph = createTestGraph(database.url);
});
afterAll(async () => {
  await graph.close();
  await database.drop();
});

/** What a grant of a group opens of a type: values, and derived values of inputs of the same group. */
function isOpened(type: RecordType, field: Coordinate): boolean {
  if (field.kind === 'many' || field.arguments.length > 0) return false;
  const inputs = field.because === null ? field.from : [];
  return inputs.every((path) => {
    const input = type.fields.get(path.split('.')[0] ?? '');
    return !input || input.group === field.group;
  });
}

/** A record of a type that nobody hides. */
async function recordOf(type: string): Promise<string | undefined> {
  const { store, source } = graph.graph.model.get(type)!;
  const hidden = source.scope.shielded ? `where not "${source.scope.shielded.name}"` : '';
  const [row] = await graph.pools
    .ownerOf(store)
    .unsafe<{ id: string }[]>(`select id from ${quotedTableOf(source.table)} ${hidden} order by id limit 1`);
  return row?.id;
}

const pairs = [...oracle.types.values()].flatMap((type) =>
  [...new Set([...type.fields.values()].map(({ group }) => group))]
    .filter((group) => !never.includes(group) && group !== 'PUBLISHED')
    .map((group) => ({ type, group })),
);

test('a grant shows the values of its group, in clear, and nothing more', { timeout: 120_000 }, async () => {
  const problems: string[] = [];
  let compared = 0;
  for (const { type, group } of pairs) {
    const fields = [...type.fields.values()].filter((field) => field.group === group);
    const sights = (code: (typeof districtWide)[number]) => fields.map((field) => oracle.sight(code, field));
    const sees = districtWide.find(
      (code) =>
        oracle.presence(code, type.name) === 'ALL' &&
        sights(code).every((sight) => sight.kind === 'CLEAR' && !sight.own),
    );
    const blind = districtWide.find((code) =>
      sights(code).every(({ kind }) => kind === 'DENIED' || kind === 'SILENT'),
    );
    const id = await recordOf(type.name);
    if (!sees || !blind || id === undefined) continue;
    const document = `query ($id: ID!) { node(id: $id) { ... on ${type.name} { ${selectionText(everything(type, (field) => field.group === group))} } } }`;
    const ref = refOf({ type: type.name }, id);
    const asked = (code: (typeof districtWide)[number]) => graph.ask(viewerOf(code), document, { id: ref });
    const reference = (await asked(sees)).data?.node;
    if (!reference) continue;
    const purpose = graph.graph.purposes.usualOf(viewerOf(blind).department);
    const given = { grantee: viewerOf(blind).unit, group, ref, purpose, consentOn: '2007-02-28' };
    const refused = await giveGrant(graph.pools, given).then(
      () => undefined,
      (error: { constraint_name?: string }) => error.constraint_name,
    );
    const opened = fields.filter((field) => isOpened(type, field));
    const isForeign = oracle.isSecret(type.name) && group !== type.group;
    if (refused) {
      if (opened.length > 0 && !isForeign) problems.push(`${type.name}, ${group}: ${refused}`);
      continue;
    }
    const { data } = await asked(blind);
    await takeGrants(graph.pools);
    for (const field of fields) {
      const at = `${type.name}.${field.name} (${group}) to ${blind}`;
      const seen = data?.node?.[field.name] ?? null;
      if (!opened.includes(field)) {
        if (seen !== null) problems.push(`${at}: is shown`);
      } else if (!isRelation(field)) {
        compared++;
        if (JSON.stringify(seen) !== JSON.stringify(reference[field.name]))
          problems.push(`${at}: ${JSON.stringify(seen)} for ${JSON.stringify(reference[field.name])}`);
      }
    }
  }
  expectNoProblems(problems);
  expect(compared).toBeGreaterThan(900);
});
