import { afterAll, beforeAll, expect, it } from 'vitest';
import { encodeNodeId } from '../../src/graph/node-id.ts';
import { demoCoordinatorId } from '../../src/identity/personas.ts';
import { openDistrict } from '../support/doing.ts';
import { type EventAnswer, type SentEvent, sync } from '../support/field.ts';
import { viewerOf } from '../support/graph.ts';
import { Seeded } from '../support/seeded.ts';

const interleavings = Number(process.env.LAIHU_TEST_INTERLEAVINGS ?? 200);
/** A coordinator has at most 40 tasks under way. */
const atOnce = 20;
const sub = viewerOf('SUB');
let district: Awaited<ReturnType<typeof openDistrict>>;
let colleague: string;
beforeAll(async () => {
  district = await openDistrict();
  const [other] = await district.owner`
    select id from coordinators.coordinators where subdistrict_code = '310107015' and status = 'ACTIVE' and id <> ${demoCoordinatorId} limit 1`;
  colleague = encodeNodeId('Coordinator', String(other!.id));
  // Both are in charge of the neighbourhood of the tasks.
  await district.owner`update coordinators.coordinator_assignments set neighbourhood_codes = array['310107015001'] where coordinator_id = ${other!.id} and ends_on is null`;
});
afterAll(() => district.close());

interface Sent extends SentEvent {
  readonly device: string;
}

/** What one device makes of a task, without knowing of the other: started, visited, reported or declined. */
function journalOf(task: string, device: string, random: Seeded): Sent[] {
  const kinds = random.chance(0.15)
    ? ['DECLINE']
    : ['START', 'VISIT', ...(random.chance(0.7) ? ['REPORT'] : [])];
  if (random.chance(0.3)) kinds.splice(-1, 0, 'VISIT');
  return kinds.map((kind, n) => ({
    device,
    counter: n + 1,
    key: `${device}-${n + 1}`,
    kind,
    task,
    baseVersion: 2,
    ...(kind === 'VISIT' && { outcome: 'DONE', note: `${device}#${n + 1}` }),
    ...(kind === 'REPORT' && { result: 'INFORMED' }),
  }));
}

/** What the window does to the task meanwhile; what its state does not allow has no effect. */
function window(task: string, random: Seeded): () => Promise<unknown> {
  const [mutation, input] = random.pick([
    ['cancelTask', {}],
    ['returnTask', {}],
    ['reassignTask', { assignee: colleague }],
    ['verifyTask', {}],
  ] as const);
  return () => district.change(sub, mutation, task, input);
}

/** Several sequences as one, each in its own order. */
function merged<T>(sequences: readonly (readonly T[])[], random: Seeded): T[] {
  const left = sequences.map((sequence) => [...sequence]);
  const all: T[] = [];
  for (;;) {
    const open = left.filter(({ length }) => length > 0);
    if (open.length === 0) return all;
    all.push(random.pick(open).shift()!);
  }
}

type Answered = Map<Sent, EventAnswer[]>;

/** Two devices and a window at one task; every event is sent at least once, some again. */
async function interleave(task: string, n: number, random: Seeded): Promise<Answered> {
  const answered: Answered = new Map();
  const send = async (events: readonly Sent[]): Promise<void> => {
    const answers = await sync(
      district,
      events[0]!.device,
      events.map(({ device: _, ...event }) => event),
    );
    for (const [i, event] of events.entries())
      answered.set(event, [...(answered.get(event) ?? []), answers[i]!]);
  };
  const ofDevice = (device: string): (() => Promise<unknown>)[] => {
    const journal = journalOf(task, device, random);
    const cut = 1 + Math.floor(random.next() * journal.length);
    const parts = [journal.slice(0, cut), journal.slice(cut)].filter((part) => part.length > 0);
    // The answer to a part is lost on the way, so the device sends all of it again.
    const again = random.chance(0.3) ? [() => send(journal)] : [];
    // A device may send its events in any order.
    const sent = parts.map((part) => (random.chance(0.5) ? part.reverse() : part));
    return [...sent.map((part) => () => send(part)), ...again];
  };
  const steps = merged([ofDevice(`A${n}`), ofDevice(`B${n}`), [window(task, random)]], random);
  const together = random.chance(0.5) ? 2 : 1;
  for (let i = 0; i < steps.length; i += together)
    await Promise.all(steps.slice(i, i + together).map((step) => step()));
  return answered;
}

it(`enters or keeps each event of ${interleavings} random interleavings of two devices and a window, once`, async () => {
  const random = new Seeded(20070301);
  const seen = new Map<string, number>();
  for (let n = 0; n < interleavings; n += atOnce) {
    const tasks = await district.owner<{ id: string }[]>`
        insert into coordinators.coordinator_tasks (id, kind, issued_by_id, assignee_id, target_place, due_on, status, subdistrict_code, station_code, neighbourhood_code, record_version)
        select gen_random_uuid(), 'DISEASE_PREVENTION', 'PT-SUB-015', ${demoCoordinatorId}, '交错路', '2007-04-01', 'ASSIGNED', '310107015', 'PT-STN-015-1', '310107015001', 2 from generate_series(1, ${atOnce}) returning id`;
    for (const [i, { id }] of tasks.entries()) {
      const answered = await interleave(encodeNodeId('CoordinatorTask', id), n + i, random);
      const held = await heldOf(id);
      for (const [event, answers] of answered) {
        const first = answers[0]!.state;
        seen.set(first, (seen.get(first) ?? 0) + 1);
        const place = `${event.device}#${event.counter}`;
        const where = held.filter((each) => each.place === place).map((each) => each.kind);
        const what = `${place} ${event.kind} ${answers.map(({ state }) => state)}`;
        expect([what, where]).toEqual([what, [first === 'APPLIED' ? 'entered' : 'kept']]);
        const later = first === 'APPLIED' ? 'ALREADY' : first;
        expect([what, ...answers.slice(1).map(({ state }) => state)]).toEqual([
          what,
          ...answers.slice(1).map(() => later),
        ]);
      }
      expect(held).toHaveLength(answered.size);
      await expectChain(id);
    }
    await district.owner`update coordinators.coordinator_tasks set status = 'CANCELLED', closed_on = '2007-03-01' where target_place = '交错路' and status in ('ASSIGNED', 'IN_PROGRESS')`;
  }
  // Each way of ending has happened often: nothing was tested in vain.
  for (const state of ['APPLIED', 'CONFLICT', 'REFUSED'])
    expect(seen.get(state)).toBeGreaterThan(interleavings / 10);
}, 900_000);

/** Where the events about a task stand: with the task and its visits, or as reports. */
const heldOf = (task: string) => district.owner<{ place: string; kind: string }[]>`
  select note as place, 'entered' as kind from coordinators.visits where task_id = ${task}
  union all select regexp_replace(reason, '^(\\w+) #(\\d+),.*$', '\\1#\\2'), 'entered' from access.record_events where record_type = 'CoordinatorTask' and record_id = ${task} and viewer = 'COORDINATOR'
  union all select device || '#' || counter, 'kept' from coordinators.field_reports where task_id = ${task}`;

/** The task's events are a chain from the state in which it was to the one in which it is. */
async function expectChain(task: string): Promise<void> {
  const [row] = await district.owner`
    select t.status, t.record_version as version, array_agg(e.version order by e.version) as versions, array_agg(e.from_state order by e.version) as was, array_agg(e.to_state order by e.version) as becomes
    from coordinators.coordinator_tasks t left join access.record_events e on e.record_type = 'CoordinatorTask' and e.record_id = t.id::text where t.id = ${task} group by t.id`;
  if (row!.version === 2) return;
  expect(row!.versions).toEqual(Array.from({ length: row!.version - 2 }, (_, i) => i + 3));
  expect(row!.was).toEqual(['ASSIGNED', ...row!.becomes.slice(0, -1)]);
  expect(row!.status).toBe(row!.becomes.at(-1));
}
