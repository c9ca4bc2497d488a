import { GraphQLError, type GraphQLResolveInfo } from 'graphql';
import type {
  FieldEventInput,
  FieldEventState,
  FieldReportCause,
  SyncVisitsInput,
} from '../../../generated/resolvers.ts';
import type { Context } from '../../../graph/context.ts';
import type { StoreEffect } from '../../../graph/doing/outbox.ts';
import type { Performer } from '../../../graph/doing/performer.ts';
import { readRepeated, readStanding, type Standing } from '../../../graph/doing/read-standing.ts';
import type { UserError } from '../../../graph/doing/user-errors.ts';
import { bodyHash } from '../../../graph/doing/write.ts';
import { parseNodeId } from '../../../graph/node-id.ts';
import { badId } from '../../../graph/read-errors.ts';
import { callKey, checkJournal, inputOf, mutationOf } from './field-event.ts';
import { changedByOthers, keepReport, keptReport, tellAgain } from './field-report.ts';
import { oneAtATime } from './one-at-a-time.ts';

/** What became of an event; records are local ids, which are read anew by the rules of every read. */
interface EventResult {
  readonly counter: number;
  readonly key: string;
  readonly state: FieldEventState;
  readonly userErrors: readonly UserError[];
  readonly effects: readonly StoreEffect[];
  readonly records: {
    readonly coordinatorTask: string | null;
    readonly visit: string | null;
    readonly fieldReport: string | null;
  };
}

/** One event and all that is needed to judge it. */
interface Arrived {
  readonly device: string;
  readonly event: FieldEventInput;
  readonly taskId: string;
  readonly performer: Performer;
  readonly context: Context;
  readonly info: GraphQLResolveInfo;
}

/**
 * Enters what a coordinator did without a network: in the order of the device's numbers, each event by itself. Whatever is
 * not entered is kept as a report for the station, so nothing is thrown away; a repetition finds what was entered or kept.
 */
export async function syncVisits(
  input: SyncVisitsInput,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<{ readonly results: readonly EventResult[] }> {
  checkJournal(input);
  const { performer } = context;
  if (!performer) throw new Error('This program answers no mutations.');
  const arrived = input.events.map((event): Arrived => {
    const { type, key } = parseNodeId(event.task);
    if (type !== 'CoordinatorTask') throw badId();
    return { device: input.device, event, taskId: key, performer, context, info };
  });
  const inOrder = [...arrived].sort((a, b) => a.event.counter - b.event.counter);
  // Two devices of one coordinator do not overtake each other between a look and a write.
  const done = await oneAtATime(context.viewer.person, async () => {
    const results = new Map<Arrived, EventResult>();
    for (const each of inOrder) results.set(each, await enter(each));
    return results;
  });
  return { results: arrived.map((each) => done.get(each)!) };
}

async function enter(arrived: Arrived): Promise<EventResult> {
  const { device, event, taskId, performer, context } = arrived;
  const { person } = context.viewer;
  const { session } = context.reads;
  const key = callKey(device, event);
  const task = performer.doneRecord('CoordinatorTask');
  const kept = await keptReport(person, key, performer.system);
  if (kept) return answer(arrived, kept.cause === 'CONFLICT' ? 'CONFLICT' : 'REFUSED', { report: kept.id });
  const before = await readRepeated(session, task, key, person);
  if (before) {
    const input = inputOf(device, event);
    const isChange = before.record_type === 'CoordinatorTask';
    const target = isChange ? { id: event.task, expectedVersion: before.version - 1 } : {};
    const isSame = before.body === bodyHash(mutationOf[event.kind], { ...input, ...target });
    const held = { visit: isChange ? null : before.record_id };
    if (isSame) return answer(arrived, 'ALREADY', held);
    // The device has used a number and key twice. What it says the second time is not lost.
    return keep(arrived, tellAgain(key, event), 'CONFLICT');
  }
  const standing = await standingOf(arrived);
  if (!standing) return keep(arrived, key, 'NOT_MINE');
  const isVisit = event.kind === 'VISIT';
  if (!isVisit && (await changedByOthers(taskId, event.baseVersion, person, performer.system)))
    return keep(arrived, key, 'CONFLICT');
  return perform(arrived, key, standing.version);
}

/** How the task stands; null where it is not the coordinator's, or not to be seen any more. */
async function standingOf({ taskId, performer, context }: Arrived): Promise<Standing | null> {
  const task = performer.doneRecord('CoordinatorTask');
  const { standing } = await readStanding(context.reads.session, task, taskId, null, context.viewer.person);
  return standing?.yours.includes('person assigneeId') ? standing : null;
}

/** A task that moves on between the look and the write is refused by the write itself. */
async function perform(arrived: Arrived, key: string, version: number): Promise<EventResult> {
  const { device, event, performer, context, info } = arrived;
  const target = event.kind === 'VISIT' ? {} : { id: event.task, expectedVersion: version };
  const input = { ...inputOf(device, event), ...target, clientMutationId: key };
  try {
    const payload = await performer.performNamed(mutationOf[event.kind], input, context, info);
    const { committed, userErrors, effects } = payload;
    if (committed) return answer(arrived, 'APPLIED', { effects, visit: (payload.visit as string) ?? null });
    // Taken away between the look and the write: then that is the reason, whatever the write was refused for.
    if (!(await standingOf(arrived))) return await keep(arrived, key, 'NOT_MINE');
    if (userErrors.some(({ code }) => code === 'NOT_READY')) return await keep(arrived, key, 'CONFLICT');
    return answer(arrived, 'REFUSED', { userErrors });
  } catch (error) {
    const code = error instanceof GraphQLError ? error.extensions.code : undefined;
    if (code === 'NOT_YOURS') return keep(arrived, key, 'NOT_MINE');
    if (code === 'CONFLICT' || code === 'BAD_TRANSITION') return keep(arrived, key, 'CONFLICT');
    throw error;
  }
}

async function keep(arrived: Arrived, key: string, cause: FieldReportCause): Promise<EventResult> {
  const { device, event, taskId, performer, context } = arrived;
  const kept = await keepReport({ device, event, taskId, key, cause }, context, performer.system);
  if ('faults' in kept) return answer(arrived, 'REFUSED', { userErrors: kept.faults });
  return answer(arrived, cause === 'CONFLICT' ? 'CONFLICT' : 'REFUSED', { report: kept.id });
}

function answer(
  { event: { counter, key }, taskId, performer, context }: Arrived,
  state: FieldEventState,
  {
    userErrors = [],
    effects = [],
    visit = null,
    report = null,
  }: {
    readonly userErrors?: readonly UserError[];
    readonly effects?: readonly StoreEffect[];
    readonly visit?: string | null;
    readonly report?: string | null;
  } = {},
): EventResult {
  context.reads.sink?.asked(performer.doneRecord('CoordinatorTask').record, taskId);
  return {
    counter,
    key,
    state,
    userErrors,
    effects,
    records: { coordinatorTask: taskId, visit, fieldReport: report },
  };
}
