import { join } from 'node:path';
import { parse, validate } from 'graphql';
import type { Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeNodeId } from '../../src/graph/node-id.ts';
import { readConsoleExamples } from '../../src/http/console-examples.ts';
import type { ViewerCode } from '../../src/identity/viewers.ts';
import { connectTo } from '../../src/store/connect.ts';
import { createTestDatabase } from '../support/database.ts';
import { createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';

// Examples that write, in the order of their names, in a district of their own. What a step takes from the answer of an
// earlier one, a person copies into the variables: `# takes: input.id from doing-01-1-begin createPermitApplication.….id`.

const examples = (await readConsoleExamples(join(import.meta.dirname, '../../examples'))).filter(
  ({ domain }) => domain === 'doing',
);
/** The questions of dossier 7.1 that are writes. */
const questions = ['01', '04', '07', '08', '16', '18'];

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let owner: Sql;
let graph: TestGraph;
beforeAll(async () => {
  database = await createTestDatabase('district');
  owner = connectTo(database.url, { max: 1 });
  graph = createTestGraph(database.url);
});
afterAll(async () => {
  await graph.close();
  await owner.end();
  await database.drop();
});

/** The value at a path: `nodes.0.id`, `opinions[kind=ONSITE].id`. */
function valueAt(answer: unknown, path: string): unknown {
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into by path.
  let found: any = answer;
  for (const part of path.split('.')) {
    const [, name, key, wanted] = /^(\w+)(?:\[(\w+)=(\w+)\])?$/.exec(part) ?? [];
    found = found?.[name!];
    if (key) found = found?.find((each: Record<string, unknown>) => each[key] === wanted);
  }
  if (found === undefined || found === null) throw new Error(`There is nothing at ${path}.`);
  return found;
}

function put(into: Record<string, unknown>, path: string, value: unknown): void {
  const [first, ...rest] = path.split('.') as [string, ...string[]];
  if (rest.length === 0) into[first] = value;
  else put(into[first] as Record<string, unknown>, rest.join('.'), value);
}

const answers = new Map<string, unknown>();

/** What is said of each mutation of an answer. */
const outcomes = (
  data: Record<string, { committed?: boolean; userErrors?: unknown; effects?: { state: string }[] }>,
) =>
  Object.values(data).map((done) =>
    done?.committed === undefined
      ? { seen: done !== null }
      : {
          committed: done.committed,
          userErrors: done.userErrors,
          undone: (done.effects ?? []).filter(({ state }) => state !== 'DONE'),
        },
  );

describe('the examples that write', () => {
  it('are of every question that is a write, and name the step from which they take each value', () => {
    expect([...new Set(examples.map(({ name }) => name.split('-')[1]))]).toEqual(questions);
    for (const { name, document } of examples) {
      expect(validate(graph.graph.bare, parse(document)), name).toEqual([]);
      for (const [, from] of document.matchAll(/^# takes: \S+ from (\S+) \S+$/gm))
        expect(
          examples.findIndex((each) => each.name === from),
          `${name} takes from ${from}`,
        ).toBeLessThan(examples.findIndex((each) => each.name === name));
    }
  });

  it('begin with the card of somebody who lives at the window of the persona and has no permit', async () => {
    const rows = await owner`
      select m.citizen_id_number as card from public_security.migrants m
      where m.subdistrict_code = '310107015' and m.station_code = 'PT-STN-015-1' and m.status = 'ACTIVE' and m.citizen_id_number is not null
        and not m.shielded and m.quality_flags = '{}' and m.birth_date < '1988-01-01'
        and not exists (select 1 from permits.residence_permits p where p.holder_id = m.id)
        and not exists (select 1 from permits.permit_applications a where a.applicant_id = m.id)
        and (select count(*) from public_security.migrants n where n.citizen_id_number = m.citizen_id_number) = 1
      order by m.id`;
    const first = examples.find(({ name }) => name === 'doing-01-1-begin');
    expect(rows.map(({ card }) => card)).toContain(first?.variables?.card);
    const contact = examples.find(({ name }) => name === 'doing-16-2-request-contact');
    const persons =
      await owner`select id from public_security.migrants where not shielded order by id limit 50`;
    expect(persons.map(({ id }) => encodeNodeId('Migrant', String(id)))).toContain(
      (contact?.variables?.input as { recordRef: string } | undefined)?.recordRef,
    );
  });

  it.each(examples)(
    '$name is done by its persona',
    async ({ name, as, unit, purpose, document, variables }) => {
      const given = structuredClone(variables ?? {});
      for (const [, to, from, path] of document.matchAll(/^# takes: (\S+) from (\S+) (\S+)$/gm))
        put(given, to!, valueAt(answers.get(from!), path!));
      const { data, errors } = await graph.ask(
        viewerOf(as as ViewerCode, unit ?? undefined),
        document,
        given,
        purpose ?? undefined,
      );
      expect(errors.map(({ message }) => message)).toEqual([]);
      answers.set(name, data);
      for (const outcome of outcomes(data))
        expect(outcome).toEqual(
          'seen' in outcome ? { seen: true } : { committed: true, userErrors: [], undone: [] },
        );
    },
  );

  it('end with the card in the hand of whom question 1 is about', async () => {
    const { applicant } = valueAt(
      answers.get('doing-01-9c-hand-over'),
      'handOverPermit.permitApplication',
    ) as {
      applicant: { permits: { nodes: { status: string }[] } };
    };
    expect(applicant.permits.nodes.map(({ status }) => status)).toEqual(['ACTIVE']);
  });
});
