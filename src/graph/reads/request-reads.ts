import type DataLoader from 'dataloader';
import { getRecord, type RecordModel, type Row } from '../../contract/model/record.ts';
import { DenialError } from '../../contract/policy/denial.ts';
import { refusalOf } from '../../contract/policy/field-access.ts';
import type { Viewer } from '../../identity/viewer.ts';
import type { StatementTrace } from '../../store/statements.ts';
import { LookedFor } from '../audited/looked-for.ts';
import type { SubjectSink } from '../audited/subject-sink.ts';
import { type OpenedValues, readOpened, withOpened } from '../grants/opened-row.ts';
import type { RequestGrants } from '../grants/request-grants.ts';
import { ObjectMeter } from '../limits/object-meter.ts';
import { maxObjects } from '../limits/too-costly.ts';
import { decodeNodeId } from '../node-id.ts';
import { listTooLong, outOfScope } from '../read-errors.ts';
import type { ReadEngine } from './engine.ts';
import { prepareList } from './list.ts';
import { Loaders } from './loaders.ts';
import { presentedId } from './named-ids.ts';
import { readOrder } from './order.ts';
import { Page, type PageArguments } from './page.ts';
import { type ChildRow, follow, groupByParent, type ManyField } from './relation.ts';
import { selectionOf } from './selection.ts';
import { computedValues, type Info, ReadSession, type Values } from './session.ts';
import { byIdStatement, childPageStatement, type Statement } from './statement.ts';

/** Rows that one statement may bring for all parents of a level. */
const rowsAtOnce = 2 * maxObjects;

/**
 * The reads of one request: one loader a place in the document, so that a statement answers for all parents
 * of a level. Made for one viewer; nothing in it outlives the request.
 */
export class RequestReads {
  /** The objects of the answer. */
  readonly objects: ObjectMeter;
  readonly session: ReadSession;
  readonly #loaders = new Loaders();
  readonly sink: SubjectSink | undefined;
  readonly lookedFor: LookedFor | undefined;

  /**
   * @param sink is told of everything that is read, for the access log
   * @param objects the bound of the answer, 20,000 where it is left out
   * @param largestPage records of a page of a root list at the most, 100 where it is left out
   */
  constructor(
    engine: ReadEngine,
    viewer: Viewer,
    trace?: StatementTrace,
    sink?: SubjectSink,
    objects: ObjectMeter = new ObjectMeter(),
    largestPage?: number,
  ) {
    this.session = new ReadSession(engine, viewer, trace, largestPage);
    this.sink = sink;
    this.objects = objects;
    this.lookedFor = sink && new LookedFor(this.session, sink);
  }

  /**
   * One record by its global id. The answer is the same for a record that does not exist and for one out of
   * scope. @param grants open records for the document's own root fields, and for nothing else
   */
  async one(record: RecordModel, id: string, info: Info, grants?: RequestGrants): Promise<Row | null> {
    const { department: viewer, kind } = this.session.viewer;
    const { rows } = record.access[viewer];
    const { group } = record.rules;
    const opened = grants ? await this.#opened(record, id, info, grants) : null;
    if (group && rows === 'NONE' && !group.secret && !opened)
      throw new DenialError({ coordinate: record.name, ...refusalOf(group, viewer) }, viewer);
    const key = decodeNodeId(id, record.name, record.keyType);
    this.sink?.asked(record, key);
    // Where no rows exist for the viewer there is none to look for.
    const seen = opened && rows === 'NONE' ? null : await this.byId(record, info).load(key);
    const row = opened ? withOpened(seen, key, opened) : seen;
    if (opened && !seen) {
      this.objects.rows(1, info.path);
      this.sink?.read(record, [row as Row]);
    }
    if (row || group?.secret) return row;
    const narrow = kind !== 'DISTRICT' || rows === 'OWN';
    if (narrow) throw outOfScope(record.name, this.session.scope.unit);
    return null;
  }

  /** What grants open of a record. */
  #opened(record: RecordModel, id: string, info: Info, grants: RequestGrants): Promise<OpenedValues | null> {
    const key = decodeNodeId(id, record.name, record.keyType);
    return readOpened(this.session, record, key, selectionOf(record, info, false), grants);
  }

  /** `one` for resolvers that departments write. */
  oneOf(type: string, id: string, info: Info): Promise<Row | null> {
    return this.one(getRecord(this.session.engine.model, type), id, info);
  }

  /**
   * The record with a presented number, given in full and exactly. A reception centre finds the person at its
   * window (dossier §6.3); everybody else finds a person only within the own row scope. For a shielded person
   * the answer names the registrar.
   */
  async exactLookup(type: string, property: string, number: string, info: Info): Promise<Row | null> {
    const id = await presentedId(this, type, property, number);
    return id === null ? null : this.byId(getRecord(this.session.engine.model, type), info).load(id);
  }

  /**
   * Runs a statement over tables without records. The statement says itself what the viewer may read of them.
   */
  run<T>(statement: Statement, values: Values): Promise<T[]> {
    return this.session.run<T>(statement, values);
  }

  /** Records by local id, for links. */
  byId(record: RecordModel, info: Info): DataLoader<string, Row | null> {
    return this.#loaders.at(record, info, () => {
      const selection = selectionOf(record, info, false);
      const values = computedValues(selection, record, info);
      return async (keys) => {
        const valid = record.keyType === 'uuid' ? keys.filter((key) => uuidForm.test(key)) : keys;
        const statement = this.session.statement(`id|${record.name}|${selection.key}`, (context) =>
          byIdStatement(record, selection, context),
        );
        const rows = await this.session.run<Row>(statement, { ...values, keys: valid });
        this.objects.rows(rows.length, info.path);
        this.sink?.read(record, rows);
        const byKey = new Map(rows.map((row) => [row.id, row]));
        return keys.map((key) => byKey.get(key) ?? null);
      };
    });
  }

  /** A page of all records in scope. @param silentlyRefused the filter or the order is: nothing matches */
  async page(record: RecordModel, args: PageArguments, info: Info, silentlyRefused: boolean): Promise<Page> {
    const list = await prepareList(this.session, record, null, args, info, silentlyRefused);
    const [rows] = await Promise.all([
      this.session.run<Row>(list.statement, list.values),
      this.lookedFor?.asked(list.asked),
    ]);
    this.objects.rows(rows.length, info.path);
    const page = new Page(rows, list, null);
    if (!silentlyRefused && this.#exists(record)) this.sink?.answered();
    this.sink?.read(record, page.nodes);
    await this.lookedFor?.matched(list.asked, page.isWhole);
    return page;
  }

  /** Pages of the records that belong to each parent. */
  children(
    field: ManyField,
    args: PageArguments,
    info: Info,
    silentlyRefused: boolean,
  ): DataLoader<string, Page> {
    const { record, relation: by } = follow(this.session.engine, field);
    return this.#loaders.at(record, info, () => async (parents) => {
      const list = await prepareList(this.session, record, by, args, info, silentlyRefused);
      const [rows] = await Promise.all([
        this.#runFor<ChildRow>(parents, list.size + 1, list.statement, list.values, info),
        this.lookedFor?.asked(list.asked),
      ]);
      if (!silentlyRefused && this.#exists(record)) this.sink?.answered();
      const groups = groupByParent(rows);
      const pages = parents.map((parent) => new Page(groups.get(parent) ?? [], list, parent));
      for (const page of pages) this.sink?.read(record, page.nodes, field.by);
      const asked = { ...list.asked, parents: { column: by.column, by: field.by, keys: parents } };
      const isWhole = pages.every((page) => page.isWhole);
      await this.lookedFor?.matched(asked, isWhole);
      return pages;
    });
  }

  /** Bounded lists of the records that belong to each parent. */
  childLists(field: ManyField, info: Info): DataLoader<string, readonly Row[]> {
    const { record, relation } = follow(this.session.engine, field);
    return this.#loaders.at<readonly Row[]>(record, info, () => {
      const selection = selectionOf(record, info, false);
      const values = { ...computedValues(selection, record, info), limit: field.atMost + 1 };
      const order = readOrder(record, null, this.session.context);
      const window = { order, reversed: false, from: 'start' } as const;
      return async (parents) => {
        const statement = this.session.statement(`list|${relation.coordinate}|${selection.key}`, (context) =>
          childPageStatement(record, relation.column, selection, window, undefined, context),
        );
        const rows = await this.#runFor<ChildRow>(parents, field.atMost + 1, statement, values, info);
        this.sink?.read(record, rows, field.by);
        const groups = groupByParent(rows);
        return parents.map((parent) => {
          const found = groups.get(parent) ?? [];
          return found.length > field.atMost ? listTooLong(field.rule.coordinate, field.atMost) : found;
        });
      };
    });
  }

  /** Runs a statement for parents, for so many at once that the bound of the answer is noticed in time. */
  async #runFor<T>(
    parents: readonly string[],
    rowsOfEach: number,
    statement: Statement,
    values: Values,
    { path }: Info,
  ): Promise<readonly T[]> {
    const atOnce = Math.max(1, Math.floor(rowsAtOnce / rowsOfEach));
    let all: readonly T[] = [];
    for (let i = 0; i < parents.length; i += atOnce) {
      const keys = parents.length <= atOnce ? parents : parents.slice(i, i + atOnce);
      const rows = await this.session.run<T>(statement, { ...values, keys });
      this.objects.rows(rows.length, path);
      all = all.length === 0 ? rows : [...all, ...rows];
    }
    return all;
  }

  /** Rows of the type can be there for the viewer. */
  #exists({ access }: RecordModel): boolean {
    return access[this.session.viewer.department].rows !== 'NONE';
  }
}

const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
