import { type SQL, sql } from 'drizzle-orm';
import type { System } from '../../../contract/doing/department-doing.ts';
import { recordEvents } from '../../../database/doing/tables.ts';
import type { FieldEventInput, FieldReportCause } from '../../../generated/resolvers.ts';
import type { Context } from '../../../graph/context.ts';
import { invalid, type UserError } from '../../../graph/doing/user-errors.ts';
import { bodyHash } from '../../../graph/doing/write.ts';
import { parseNodeId } from '../../../graph/node-id.ts';
import { unfitWords } from '../../../store/free-text.ts';
import { coordinatorTasks as tasks } from '../tables.ts';

const store = 'coordinators';

/** What is kept of an event that could not be entered. */
interface Kept {
  readonly device: string;
  readonly event: FieldEventInput;
  readonly taskId: string;
  /** The key of the event among the coordinator's calls. */
  readonly key: string;
  readonly cause: FieldReportCause;
}

/** The key of what a device says the second time under a number and key that it has used. */
export const tellAgain = (key: string, event: FieldEventInput): string =>
  `${key}/${bodyHash('again', event).slice(0, 16)}`;

const reportKey = (person: string, key: string): string => `${key}/${person}`;

/** The report that was kept of an event; null where none was. */
export async function keptReport(
  person: string,
  key: string,
  system: System,
): Promise<{ readonly id: string; readonly cause: FieldReportCause } | null> {
  const [found] = await system.rows<{ id: string; cause: FieldReportCause }>(
    store,
    sql`select r.id::text as id, r.cause from access.done_requests d join coordinators.field_reports r on r.id = d.record_id::uuid where d.unit = 'system' and d.person = 'system' and d.key = ${reportKey(person, key)} and d.record_type = 'FieldReport'`,
  );
  return found ?? null;
}

/** Whether somebody else has changed the task since the version that the device knew. */
export async function changedByOthers(
  taskId: string,
  version: number,
  person: string,
  system: System,
): Promise<boolean> {
  const since = sql`${recordEvents.recordType} = 'CoordinatorTask' and ${recordEvents.recordId} = ${taskId} and ${recordEvents.version} > ${version}`;
  return exists(
    sql`select 1 from ${recordEvents} where ${since} and ${recordEvents.person} <> ${person}`,
    system,
  );
}

const exists = async (query: SQL, system: System) => (await system.rows(store, query)).length > 0;

/**
 * Keeps an event as a report for the station. Of somebody else's task nothing is kept of the persons; the task is named where
 * it lies in the coordinator's own sub-district.
 */
export async function keepReport(
  { device, event, taskId, key, cause }: Kept,
  { viewer }: Context,
  system: System,
): Promise<{ readonly id: string } | { readonly faults: readonly UserError[] }> {
  if (event.note != null && !isImpersonal(event.note))
    return {
      faults: [
        invalid(
          ['note'],
          'A note has at most 300 characters and names nobody by number.',
          '备注不得超过300字，不得含证件号码或电话。',
        ),
      ],
    };
  const coordinator = await system.row('Coordinator', viewer.person);
  const [task] = await system.rows<{ subdistrictCode: string; stationCode: string | null }>(
    store,
    sql`select ${tasks.subdistrictCode} as "subdistrictCode", ${tasks.stationCode} as "stationCode" from ${tasks} where ${tasks.id} = ${taskId}`,
  );
  const isNear = task !== undefined && task.subdistrictCode === viewer.subdistrict;
  const { startedAt, endedAt, outcome, personsCaptured, result, note, arrivals, departures } = event;
  const isOwn = cause === 'CONFLICT';
  const values = {
    cause,
    kind: event.kind,
    taskId: isNear ? taskId : null,
    coordinatorId: viewer.person,
    device,
    counter: event.counter,
    madeAt: event.at,
    baseVersion: event.baseVersion,
    startedAt: startedAt ?? (event.kind === 'VISIT' ? event.at : null),
    endedAt,
    outcome,
    personsCaptured: personsCaptured ?? arrivals?.length,
    result,
    note: note?.trim() || null,
    arrivals: isOwn && arrivals ? arrivals : null,
    departureIds: isOwn && departures ? departures.map((id) => parseNodeId(id).key) : null,
    subdistrictCode: viewer.subdistrict,
    stationCode: (isNear ? task.stationCode : null) ?? coordinator?.stationCode ?? null,
  };
  const given = Object.entries(values).filter(([, value]) => value != null);
  return {
    id: await system.make('FieldReport', 'keep', Object.fromEntries(given), reportKey(viewer.person, key)),
  };
}

/** As `impersonal` demands of the column (src/store/free-text.ts). */
const isImpersonal = (note: string): boolean =>
  note.trim().length <= 300 && !/[0-9０-９]{11}/.test(note) && !unfit.test(note);
const unfit = new RegExp(unfitWords, 'i');
