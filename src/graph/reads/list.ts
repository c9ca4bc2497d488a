import DataLoader from 'dataloader';
import type { RecordModel } from '../../contract/model/record.ts';
import type { AskedList } from '../audited/looked-for.ts';
import { filterTooBroad } from '../read-errors.ts';
import { checkPlaces } from './asked-places.ts';
import { countStatement } from './count.ts';
import { type Condition, type Filter, readFilter } from './filter.ts';
import { acrossServers, type Order, readOrder } from './order.ts';
import { type ListContext, type PageArguments, type PageList, pageBounds } from './page.ts';
import type { Relation } from './relation.ts';
import { selectionOf } from './selection.ts';
import { joinAcrossServers, keySetLimit } from './semi-join.ts';
import { computedValues, type Info, type ReadSession, type Values } from './session.ts';
import {
  childPageStatement,
  pageStatement,
  type Statement,
  smallestValuesStatement,
  type Window,
} from './statement.ts';

/** A list as its arguments want it, before its statement is made. */
export interface ReadList extends PageList {
  readonly record: RecordModel;
  readonly window: Window;
  readonly condition: Condition | undefined;
  /** Equal shapes of one place make equal SQL. */
  readonly shape: string;
  /** Of the filter, the order, the cursor and the size, by parameter name. */
  readonly values: Values;
  /** As it was asked for, before anything was put in the place of a part of it. */
  readonly asked: Omit<AskedList, 'parents'>;
}

/** A list ready to be read: a page of it, and what its pages share. */
export interface PreparedList extends ReadList {
  readonly statement: Statement;
}

/** A filter ready to run: its shape, and its values by parameter name. */
interface PreparedFilter {
  readonly shape: string;
  readonly condition: Condition;
  readonly values: Values;
}

/**
 * Reads the arguments of a connection.
 * @param by the relation from the parents, or null for a root list
 * @param silentlyRefused the filter or the order is silently refused
 * @throws BadCursor, BadPage, PageTooLarge, BadId, FilterTooBroad, OutOfScope
 */
export async function readList(
  session: ReadSession,
  record: RecordModel,
  by: Relation | null,
  args: PageArguments,
  silentlyRefused: boolean,
): Promise<ReadList> {
  const { size, reversed, cursor } = pageBounds(args, by === null ? session.largestPage : undefined);
  const compares = args.filter != null || args.orderBy != null;
  const isSilentlyRefused = compares && (silentlyRefused || noneExist(session, record));
  const { order, values: orderValues } = await prepareOrder(session, record, isSilentlyRefused ? {} : args);
  const read = args.filter ? readFilter(record, args.filter, session.engine) : undefined;
  if (read) await checkPlaces(record, read, session);
  const filter = isSilentlyRefused ? nothing : read && (await prepareFilter(session, record, read));
  const place = `${record.name}.${by?.coordinate ?? ''}`;
  // Viewers share units, and coordinators share a branch. A cursor works only for the viewer and person it
  // was made for.
  const list = `${place}|${order.key}|${session.viewer.key}|${session.scope.unit}|${session.scope.holder}`;
  const at = cursor === null ? null : session.engine.codec.decode(list, cursor);
  const from = at === null ? 'start' : at.value === null && order.type !== null ? 'null' : 'value';
  const values = {
    ...filter?.values,
    ...orderValues,
    limit: size + 1,
    cursor_id: at?.id,
    cursor_value: at?.value,
  };
  const count = counter(session, record, by, filter);
  return {
    record,
    window: { order, reversed, from },
    condition: filter?.condition,
    shape: `${place}|${order.key}|${reversed}|${from}|${filter?.shape ?? ''}`,
    values,
    size,
    reversed,
    fromCursor: at !== null,
    context: { codec: session.engine.codec, list, order, count },
    asked: { record, filter: read, from: at?.id, isSilentlyRefused },
  };
}

/** The same with the statement that reads a page. @throws as readList */
export async function prepareList(
  session: ReadSession,
  record: RecordModel,
  by: Relation | null,
  args: PageArguments,
  info: Info,
  silentlyRefused: boolean,
): Promise<PreparedList> {
  const list = await readList(session, record, by, args, silentlyRefused);
  const selection = selectionOf(record, info, true);
  const { window, condition } = list;
  const statement = session.statement(`page|${list.shape}|${selection.key}`, (context) =>
    by === null
      ? pageStatement(record, selection, window, condition, context)
      : childPageStatement(record, by.column, selection, window, condition, context),
  );
  return { ...list, statement, values: { ...computedValues(selection, record, info), ...list.values } };
}

/** Matches no row. */
const nothing: PreparedFilter = { shape: '!', condition: { kind: 'or', parts: [] }, values: {} };

/**
 * For secret types a refused filter or order must not reveal the refusal. The list gets the same body from
 * the same statement as when there is nothing (dossier §6.4).
 */
function noneExist(session: ReadSession, record: RecordModel): boolean {
  return record.rules.group?.secret === true && record.access[session.viewer.department].rows === 'NONE';
}

async function prepareOrder(
  session: ReadSession,
  record: RecordModel,
  args: PageArguments,
): Promise<{ order: Order; values: Values }> {
  const order = readOrder(record, args.orderBy, session.context);
  const { related } = order;
  if (!related || session.engine.sameServer(record.store, related.record.store)) return { order, values: {} };
  const statement = session.statement(`smallest|${record.name}|${order.key}`, (context) =>
    smallestValuesStatement(related, context),
  );
  const rows = await session.run<{ id: string; value: string }>(statement, { limit: keySetLimit + 1 });
  if (rows.length > keySetLimit) throw filterTooBroad(related.record.name, keySetLimit);
  const values = { related_keys: rows.map((row) => row.id), related_values: rows.map((row) => row.value) };
  return { order: acrossServers(order, record.keyType), values };
}

async function prepareFilter(
  session: ReadSession,
  record: RecordModel,
  read: Filter,
): Promise<PreparedFilter> {
  const joined = await joinAcrossServers(record, read, session);
  const values = Object.fromEntries(joined.values.map((value, i) => [`f${i}`, value]));
  return { shape: joined.shape, condition: joined.condition, values };
}

/** Counts a list: once for a root list, once for all parents of a level otherwise. */
function counter(
  session: ReadSession,
  record: RecordModel,
  by: Relation | null,
  filter: PreparedFilter | undefined,
): ListContext['count'] {
  const statement = () =>
    session.statement(`count|${record.name}.${by?.coordinate ?? ''}|${filter?.shape ?? ''}`, (context) =>
      countStatement(record, by?.column ?? null, filter?.condition, context),
    );
  const ofParents = new DataLoader<string, number>(async (keys) => {
    const values = { ...filter?.values, keys };
    const rows = await session.run<{ $parent: string; count: number }>(statement(), values);
    const counts = new Map(rows.map((row) => [row.$parent, row.count]));
    return keys.map((key) => counts.get(key) ?? 0);
  });
  return async (parent) => {
    if (parent !== null) return ofParents.load(parent);
    const [row] = await session.run<{ count: number }>(statement(), filter?.values ?? {});
    return row?.count ?? 0;
  };
}
