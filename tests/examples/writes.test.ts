import { join } from 'node:path';
import { parse, validate } from 'graphql';
import type { Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Carried,
  exampleOfOperation,
  fillVariables,
  keepForOthers,
} from '../../console/src/carry-over.ts';
import { type ConsoleExample, readConsoleExamples } from '../../src/http/console-examples.ts';
import { createViewer } from '../../src/identity/viewer.ts';
import type { ViewerCode } from '../../src/identity/viewers.ts';
import { connectTo } from '../../src/store/connect.ts';
import { createTestDatabase } from '../support/database.ts';
import { createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';

// The questions that are writes, asked from the menu of the console in a district of their own, as somebody who begins with
// the question and takes one example after the other: the console fills in what one takes from the answer of another.

const examples = await readConsoleExamples(join(import.meta.dirname, '../../examples'));
const writes = examples.filter(({ name }) => name.startsWith('doing-'));
const ofQuestion = (number: string) => writes.filter(({ name }) => name.startsWith(`doing-${number}-`));
/** The questions of dossier 7.1 that are writes, and question 1, which goes on to the card. */
const questions = ['01', '02', '04', '07', '08', '16', '18'];

const named = (beginning: string): ConsoleExample => {
  const found = examples.filter(({ name }) => name.startsWith(beginning));
  if (found.length !== 1) throw new Error(`Not one example begins with ${beginning}.`);
  return found[0]!;
};
const question = (number: string) => named(`question-${number}-`);
/** From the question on, in the order of the menu. */
const walk = (number: string) => [question(number), ...ofQuestion(number)];
const newcomer = ofQuestion('01').filter(({ name }) => name.startsWith('doing-01-new-'));
const known = walk('01').filter((example) => !newcomer.includes(example));

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let owner: Sql;
let graph: TestGraph;
beforeAll(async () => {
  database = await createTestDatabase('district');
  owner = connectTo(database.url, { max: 1 });
  graph = createTestGraph(database.url);
});
afterAll(async () => {
  await graph?.close();
  await owner?.end();
  await database?.drop();
});

/** One person after the other at one console. */
const carried: Carried = new Map();

function whoAsks({ as, unit, colleague }: ConsoleExample) {
  const viewer = viewerOf(as as ViewerCode, unit ?? undefined);
  if (!colleague) return viewer;
  const { department, posts } = viewer;
  return createViewer({ department, unit: viewer.unit, posts: [...posts], sub: `${viewer.person}-2` });
}

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into by path.
async function take(chosen: ConsoleExample): Promise<any> {
  const { example, missing } = fillVariables(chosen as never, carried);
  expect(missing, `what ${chosen.name} takes was answered before`).toEqual([]);
  const { data, errors } = await graph.ask(
    whoAsks(chosen),
    example.document,
    example.variables ?? {},
    chosen.purpose ?? undefined,
  );
  expect(
    errors.map(({ message }) => message),
    chosen.name,
  ).toEqual([]);
  for (const [alias, done] of Object.entries<Record<string, unknown> | null>(data))
    if (done && 'committed' in done) {
      expect(done, `${chosen.name} ${alias}`).toMatchObject({ committed: true, userErrors: [] });
      for (const effect of (done.effects ?? []) as { state: string }[]) expect(effect.state).toBe('DONE');
    }
  keepForOthers(carried, examples as never, chosen.name, data);
  return data;
}

async function takeAll(list: readonly ConsoleExample[]) {
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into by path.
  const answers = new Map<string, any>();
  for (const each of list) answers.set(each.name, await take(each));
  return (beginning: string) => answers.get(named(beginning).name);
}

describe('the examples that write', () => {
  it('are of every question that is a write, valid, and take what an earlier example answers', () => {
    expect([...new Set(writes.map(({ name }) => name.split('-')[1]))]).toEqual(questions);
    for (const { name, document, domain, variables, takes } of writes) {
      expect(validate(graph.graph.bare, parse(document)), name).toEqual([]);
      expect(domain, name).toBe(`doing-question-${Number(name.split('-')[1])}`);
      for (const { from } of takes) expect(named(from).name, name).toBe(from);
      const empty = JSON.stringify(variables ?? {}).split('""').length - 1;
      const filled = new Set(takes.map(({ to }) => to).filter((to) => !to.endsWith('xpectedVersion')));
      expect(filled.size, `${name} takes each variable that it leaves empty`).toBe(empty);
    }
  });

  it('and all others are known by the name of their operation', () => {
    for (const { name, document } of examples.filter(({ takes }) => takes.length > 0))
      expect(exampleOfOperation(examples as never, document)).toBe(name);
    const giving = new Set(examples.flatMap(({ takes }) => takes.map(({ from }) => from)));
    for (const name of giving) expect(exampleOfOperation(examples as never, named(name).document)).toBe(name);
  });
});

const cardOf = (number: unknown) => owner`
  select p.status, p.valid_to::text from permits.residence_permits p
  join public_security.migrants m on m.id = p.holder_id where m.citizen_id_number = ${String(number)}`;

describe('from a card at the window to the card in the hand', () => {
  it('question 1 finds what is missing; 1a to 1l bring the renewed card', async () => {
    const { card } = question('01').variables as { card: string };
    expect((await cardOf(card)).map(({ status }) => status)).toEqual(['EXPIRED']);
    const answer = await takeAll(known);
    const [file] = answer('question-01').migrantByCitizenId.permitApplications.nodes;
    expect(file.status).toBe('SUPPLEMENT_REQUIRED');
    expect(file.materials.map(({ state }: { state: string }) => state)).toContain('DEFICIENT');
    expect(answer('doing-01-h').permitApplication.status).toBe('OPINIONS_COMPLETE');
    const handed = answer('doing-01-l').handOverPermit.permitApplication;
    expect(handed.status).toBe('ISSUED');
    expect(handed.applicant.permits.nodes).toMatchObject([{ status: 'ACTIVE', validTo: '2008-02-29' }]);
    expect(await cardOf(card)).toMatchObject([{ status: 'ACTIVE', valid_to: '2008-02-29' }]);
  });

  it('somebody whom question 1 does not find is registered, applies, and goes the same way', async () => {
    const { input } = named('doing-01-new-b').variables as { input: { citizenIdNumber: string } };
    const found = await graph.ask(viewerOf('CAC'), question('01').document, {
      ...question('01').variables,
      card: input.citizenIdNumber,
    });
    expect(found.data.migrantByCitizenId).toBeNull();
    const answer = await takeAll([...newcomer, ...known.filter(({ name }) => /^doing-01-[c-l]-/.test(name))]);
    expect(answer('doing-01-l').handOverPermit.permitApplication.applicant.permits.nodes).toMatchObject([
      { status: 'ACTIVE' },
    ]);
    expect(await cardOf(input.citizenIdNumber)).toMatchObject([{ status: 'ACTIVE' }]);
  });

  it('begun again with the same key, nobody is registered twice and nothing is applied for twice', async () => {
    const count = async () =>
      (
        await owner`select (select count(*) from public_security.migrants) as persons, (select count(*) from permits.permit_applications) as files`
      )[0];
    const before = await count();
    await takeAll(newcomer.slice(0, 3));
    expect(await count()).toEqual(before);
  });
});

describe('the other questions that are writes', () => {
  it('2: an application is accepted, and each opinion has its state and its day', async () => {
    const answer = await takeAll(walk('02'));
    const { opinions } = answer('doing-02-b').acceptPermitApplication.permitApplication;
    expect(opinions.map(({ result }: { result: string }) => result)).toEqual(Array(4).fill('PENDING'));
    for (const { dueOn } of opinions) expect(dueOn).toMatch(/^2007-03-/);
  });

  it('4: a visit changes register, household and housing', async () => {
    const answer = await takeAll(walk('04'));
    const members = (beginning: string) => {
      const data = answer(beginning);
      const household = data.household ?? data.coordinatorTasks.nodes[0].targetMigrant.household;
      return household.members
        .filter(({ endsOn }: { endsOn?: string | null }) => !endsOn)
        .map(({ person }: { person: { name: string } }) => person.name);
    };
    const before = members('doing-04-a');
    const after = members('doing-04-d');
    expect(after.filter((name: string) => !before.includes(name)).sort()).toEqual(['示例丁', '示例丙']);
    expect(before.filter((name: string) => !after.includes(name))).toHaveLength(1);
    expect(answer('doing-04-c').recordVisit.effects.map(({ store }: { store: string }) => store)).toContain(
      'housing',
    );
  });

  it('7: each block gets its task', async () => {
    const answer = await takeAll(walk('07'));
    const tasks = answer('doing-07-a').issueTasks.coordinatorTasks;
    expect(tasks.map(({ status }: { status: string }) => status)).toEqual(['CREATED', 'CREATED']);
  });

  it('8: the leaflet is a task', async () => {
    const answer = await takeAll(walk('08'));
    expect(answer('doing-08-a').issueTask.coordinatorTask.status).toBe('CREATED');
  });

  it('16: a telephone is read after two persons of the police have approved, and not before', async () => {
    const reading = named('doing-16-f');
    const before = await graph.ask(
      whoAsks(reading),
      reading.document,
      reading.variables ?? {},
      reading.purpose ?? undefined,
    );
    expect(before.data?.migrant ?? null).toBeNull();
    const answer = await takeAll(walk('16'));
    expect(answer('doing-16-d').approveAccessGrant.accessGrant.status).toBe('APPROVED');
    expect(answer('doing-16-e').approveAccessGrant.accessGrant.status).toBe('ACTIVE');
    expect(answer('doing-16-f').migrant.mobilePhone).toMatch(/^1\d{10}$/);
  });

  it('18: the premises stand in a joint matter', async () => {
    const answer = await takeAll([...walk('18'), question('18')]);
    const { title } = answer('doing-18-b').openGovernanceMatter.governanceMatter;
    const titles = answer('question-18').smallPremises.nodes.flatMap(
      (each: { governanceMatters: { nodes: { title: string }[] } }) =>
        each.governanceMatters.nodes.map((matter) => matter.title),
    );
    expect(titles).toContain(title);
  });
});
