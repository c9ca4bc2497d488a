import { type DocumentNode, parse } from 'graphql';
import { getOrMake } from '../../common/get-or-make.ts';
import type { AccessPlan } from '../../contract/compile/access-plan.ts';
import type { PaperKind } from '../../contract/doing/department-doing.ts';
import type { DoingPlan, DoneRecord } from '../../contract/doing/doing-plan.ts';
import type { Context } from '../context.ts';
import { encodeNodeId, parseNodeId } from '../node-id.ts';
import { isMine } from './choose-row.ts';
import { type Ask, nodeOf, type Printed, printPaper, readPrintNote } from './printing.ts';
import { readStanding } from './read-standing.ts';
import { eventsLoader } from './record-events.ts';

/** A document that was printed, as its event tells. */
interface IssuedDocument {
  readonly id: string;
  readonly event: string;
  readonly kind: PaperKind;
  readonly number: string;
  readonly issuedByUnit: string;
  readonly issuedBy: string | null;
  readonly issuedAt: string;
  readonly sha256: string;
  readonly recordVersion: number;
}

/** The documents that were printed of a record; null for whom reasons of its events are withheld. */
export async function issuedDocuments(
  done: DoneRecord,
  plan: AccessPlan,
  id: string,
  context: Context,
): Promise<readonly IssuedDocument[] | null> {
  const events = await eventsLoader(done, plan, context).load(id);
  const prints = events?.filter(({ event }) => Object.hasOwn(done.papers, event));
  if (!prints || prints.some(({ reason }) => reason === null)) return null;
  return prints.flatMap(({ event, reason, actingUnit, by, at, recordVersion }) => {
    const note = readPrintNote(reason);
    if (!note) return [];
    const { kind } = done.papers[event]!;
    const key = `${done.record.name}:${id}:${recordVersion}`;
    const issued = { issuedByUnit: actingUnit, issuedBy: by, issuedAt: at, recordVersion };
    return [{ id: encodeNodeId('IssuedDocument', key), event, kind, ...note, ...issued }];
  });
}

/** Which document an id names; undefined for what is none. */
function readDocumentId(id: string): { readonly type: string; readonly key: string } | undefined {
  try {
    const { type, key } = parseNodeId(id);
    const [, record, local] = /^(\w+):([0-9a-f-]{36}):[1-9]\d{0,9}$/.exec(key) ?? [];
    return type === 'IssuedDocument' && record && local ? { type: record, key: local } : undefined;
  } catch {
    return undefined;
  }
}

const documents = new Map<string, DocumentNode>();
const documentOf = (type: string): DocumentNode =>
  getOrMake(documents, type, () =>
    parse(
      `query Issued($id: ID!) { node(id: $id) { ... on ${type} { issuedDocuments { id kind sha256 } } } }`,
      {
        noLocation: true,
      },
    ),
  );

/** What became of a document that was printed. */
export type FoundDocument =
  | { readonly state: 'PRINTED'; readonly bytes: Buffer; readonly number: string }
  /** What it says has changed since, or the reader may read less than who printed it: it must be issued anew. */
  | { readonly state: 'CHANGED' };

/**
 * The bytes of a document that was printed, for whoever may print it: made anew from the record, as this viewer reads it, and
 * handed out only where they are the bytes that were printed.
 * @returns null for everybody else, and for what was never printed
 * @throws GraphQLError where it cannot be read now, or not without a purpose
 */
export async function fetchIssued(
  plan: DoingPlan,
  documentId: string,
  context: Context,
  ask: Ask,
): Promise<FoundDocument | null> {
  const named = readDocumentId(documentId);
  const done = named && plan.records.get(named.type);
  if (!done || Object.keys(done.papers).length === 0) return null;
  const { viewer, reads } = context;
  const open = done.transitions.filter(
    ({ event, viewers }) => Object.hasOwn(done.papers, event) && viewers.has(viewer.department),
  );
  if (open.length === 0) return null;
  const { standing } = await readStanding(reads.session, done, named.key, null, viewer.person);
  const mine = new Set(
    open.filter((row) => standing && isMine(row, standing, context)).map(({ event }) => event),
  );
  if (mine.size === 0) return null;
  const id = encodeNodeId(named.type, named.key);
  const node = nodeOf(await ask({ document: documentOf(named.type), variables: { id } }));
  const issued = (node?.issuedDocuments ?? []) as readonly Pick<IssuedDocument, 'id' | 'kind' | 'sha256'>[];
  const found = issued.find((each) => each.id === documentId);
  const event = [...mine].find((name) => done.papers[name]!.kind === found?.kind);
  if (!found || !event) return null;
  const printed: Printed | null = await printPaper(done, done.papers[event]!, named.key, ask);
  return printed?.sha256 === found.sha256
    ? { state: 'PRINTED', bytes: printed.bytes, number: printed.number }
    : { state: 'CHANGED' };
}
