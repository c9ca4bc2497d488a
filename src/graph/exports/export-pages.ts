import { setTimeout as sleep } from 'node:timers/promises';
import { GraphQLError } from 'graphql';
import type { Values } from '../../contract/doing/department-doing.ts';
import type { Viewer } from '../../identity/viewer.ts';
import type { AccessRecorder } from '../audited/access-recorder.ts';
import type { Context } from '../context.ts';
import type { SystemDoer } from '../doing/system-doer.ts';
import type { Executor } from '../execution.ts';
import { stringifyAnswer } from '../fused/fused-text.ts';
import type { ObjectBudget, Reservation } from '../limits/budget.ts';
import { encodeNodeId } from '../node-id.ts';
import type { ReadEngine } from '../reads/engine.ts';
import { RequestReads } from '../reads/request-reads.ts';
import type { ReadExport } from './export-reader.ts';
import { ExportStopped, type StopReason } from './export-stopped.ts';

export interface ExportParts {
  readonly executor: Executor;
  readonly engine: ReadEngine;
  readonly system: SystemDoer;
  /** Records each page before it leaves. */
  readonly recorder: AccessRecorder | undefined;
  /** Of each person and unit; a second person has approved what goes beyond it. Null: none. */
  readonly budget: ObjectBudget | null;
}

/** One export as it is taken. */
export interface RunningExport {
  /** Local id of the request. */
  readonly id: string;
  readonly read: ReadExport;
  /** Who asks, found anew for each page. @throws ExportStopped */
  readonly viewer: () => Promise<Viewer>;
  /** Global id of the last record that has come before. */
  readonly after: string | undefined;
}

type Answered = Readonly<Record<string, unknown>>;
type PageAnswer = {
  readonly nodes: readonly Answered[];
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
};

/** States in which a file can be taken; after the whole file it can be taken again, as long as it is valid. */
const open: ReadonlySet<unknown> = new Set(['APPROVED', 'DONE']);
/** Pages that fail are not asked for smaller than this. */
const smallestPage = 100;
/** So many failures one after the other are waited out, in all some thirteen seconds. */
const mostFailures = 6;
const firstPauseMs = 100;
/** Errors by which the policy refuses. */
const refusals = /^(FORBIDDEN|NOT_YOURS|OUT_OF_SCOPE|PURPOSE_)/;

/**
 * The records of an export, a page at a time; the next one is read when it is asked for. Before each page everything is
 * asked anew: the token, the account, the state of the request, and with the query the purpose, the fields and the rows.
 * @throws ExportStopped
 */
export async function* exportPages(
  parts: ExportParts,
  running: RunningExport,
): AsyncGenerator<readonly Answered[]> {
  const { id, read } = running;
  let after = running.after === undefined ? null : await placeOf(parts, running, running.after);
  let count = 0;
  let size = read.pageSize;
  let failures = 0;
  for (;;) {
    const { viewer, request } = await checked(parts, running);
    let page: PageAnswer;
    try {
      page = await ask(parts, running, viewer, request, read.page, { first: size, after });
      failures = 0;
    } catch (error) {
      if (!(error instanceof ExportStopped && error.code === 'EXPORT_FAILED')) throw error;
      if (++failures > mostFailures) throw error;
      // A store may be back in a moment; and what is too much for one statement is asked for in parts.
      await sleep(firstPauseMs * 2 ** failures);
      size = Math.max(Math.min(smallestPage, size), Math.ceil(size / 4));
      continue;
    }
    const { nodes, pageInfo } = page;
    count += nodes.length;
    if (count > mostRows(Number(request.rows))) throw await stopped(parts.system, id, 'MORE_THAN_APPROVED');
    yield nodes;
    if (!pageInfo.hasNextPage) return;
    after = pageInfo.endCursor;
  }
}

/** Records come and go between the question and the file; a tenth more is still what was approved. */
const mostRows = (rows: number): number => rows + Math.ceil(rows / 10) + 10;

/** Whether the export may go on. */
async function checked(
  { system, engine }: ExportParts,
  { id, viewer: find }: RunningExport,
): Promise<{ readonly viewer: Viewer; readonly request: Values }> {
  const viewer = await find();
  const request = await system.row('ExportRequest', id);
  if (!request || !open.has(request.status) || String(request.validUntil) < engine.today())
    throw new ExportStopped('EXPORT_REVOKED', 'It was taken back, or its time is over.');
  const account = await system.row('UserAccount', viewer.person);
  const acts = (account?.actingUnitCodes as readonly string[] | undefined)?.includes(viewer.unit);
  if (account && !(account.status === 'ACTIVE' && acts)) throw await stopped(system, id, 'ACCOUNT_ENDED');
  return { viewer, request };
}

/** Takes the request back in the name of the system, so that it cannot be begun anew. */
async function stopped(system: SystemDoer, id: string, reason: StopReason): Promise<ExportStopped> {
  await system.change('ExportRequest', id, 'stop', { stoppedBecause: reason });
  return new ExportStopped('EXPORT_REVOKED', sentences[reason]);
}

const sentences: Readonly<Record<StopReason, string>> = {
  ACCOUNT_ENDED: 'The account is locked or closed, or acts for the unit no longer.',
  RIGHT_ENDED: 'A right to something of it has ended.',
  MORE_THAN_APPROVED: 'There are more records than were approved; ask anew.',
};

/** Asks one document of an export as any query is asked: checked, recorded, then answered. */
async function ask(
  { executor, engine, recorder, system, budget }: ExportParts,
  { id, read }: RunningExport,
  viewer: Viewer,
  request: Values,
  document: ReadExport['page'],
  variables: Readonly<Record<string, unknown>>,
): Promise<PageAnswer> {
  const audit = recorder?.request();
  const records = Number(variables.first ?? 1);
  const identity = `${viewer.unit} ${viewer.person}`;
  const predicted = Math.min(records, Number(request.rows) + 1) * read.objectsPerRecord;
  const reservation = request.decidedBy === null ? reserve(budget, identity, predicted) : undefined;
  const context: Context = {
    viewer,
    reads: new RequestReads(engine, viewer, undefined, audit?.sink, undefined, records),
    purpose: String(request.purpose),
    client: null,
    audit,
    exportId: id,
  };
  const execution = { reading: executor.read({ document, variables }), context };
  const refused = audit?.refusal(execution);
  const result = refused ?? (await executor.execute(execution));
  reservation?.settle(context.reads.objects.objects);
  const answer = !refused && audit ? await audit.recorded(execution, result) : result;
  const [error] = answer.errors ?? [];
  if (error) throw await afterError(system, id, error);
  // Members of an answer by one statement are texts, which are long: they are read once.
  const { data } = JSON.parse(stringifyAnswer({ data: answer.data })) as { data: { page: PageAnswer } };
  return data.page;
}

function reserve(budget: ObjectBudget | null, identity: string, predicted: number): Reservation | undefined {
  try {
    return budget?.take(identity, predicted);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw new ExportStopped('EXPORT_FAILED', error.message);
  }
}

async function afterError(system: SystemDoer, id: string, error: GraphQLError): Promise<ExportStopped> {
  const code = String(error.extensions.code ?? 'INTERNAL');
  if (refusals.test(code)) return stopped(system, id, 'RIGHT_ENDED');
  return code === 'INTERNAL'
    ? new ExportStopped('EXPORT_FAILED', 'Something went wrong here; go on from the last record.')
    : new ExportStopped('EXPORT_FAILED', `${code}: go on from the last record later.`);
}

/** The cursor of the last record that has come before. @throws ExportStopped where it is there no more */
async function placeOf(parts: ExportParts, running: RunningExport, id: string): Promise<string> {
  const { viewer, request } = await checked(parts, running);
  const { pageInfo } = await ask(parts, running, viewer, request, running.read.place, { id });
  if (pageInfo.endCursor === null)
    throw new ExportStopped('EXPORT_PLACE_GONE', 'The record to go on from is there no more: begin anew.');
  return pageInfo.endCursor;
}

/** How files name a record; for those who go on from one. */
export const isIdOf = (read: ReadExport, id: string): boolean => {
  const text = Buffer.from(id, 'base64url').toString('utf8');
  const { name } = read.record;
  return text.startsWith(`${name}:`) && encodeNodeId(name, text.slice(name.length + 1)) === id;
};
