import DataLoader from 'dataloader';
import { type GraphQLResolveInfo, getArgumentValues } from 'graphql';
import { denialError } from '../../access/denial.ts';
import { presenceOf } from '../../access/sight.ts';
import {
  type ScopeBindings,
  scopeBindings,
  type ViewerClass,
  viewerClassOf,
} from '../../access/viewer-class.ts';
import type { Viewer } from '../../identity/viewer.ts';
import { getOrMake } from '../../store/get-or-make.ts';
import type { ConnectionIdentity } from '../../store/pools.ts';
import type { StatementTrace } from '../../store/statements.ts';
import { getRecord, type RecordModel, type Row } from '../model/record.ts';
import { decodeNodeId } from '../node-id.ts';
import { askRegistrar, filterTooBroad, outOfScope } from '../read-errors.ts';
import type { ConditionContext } from './condition-sql.ts';
import type { ReadEngine } from './engine.ts';
import { type Condition, readFilter } from './filter.ts';
import { acrossServers, type Order, readOrder } from './order.ts';
import { type ListContext, Page, type PageArguments, pageBounds } from './page.ts';
import { type Selection, selectionOf } from './selection.ts';
import { joinAcrossServers, keySetLimit } from './semi-join.ts';
import {
  byIdStatement,
  childPageStatement,
  countStatement,
  pageStatement,
  presentedStatement,
  smallestValuesStatement,
} from './statement.ts';

type Info = Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments' | 'schema' | 'variableValues'>;
type Values = Readonly<Record<string, unknown>>;
type ChildRow = Row & { readonly $parent: string };

/** A filter ready to run: its shape, and its values by parameter name. */
interface PreparedFilter {
  readonly shape: string;
  readonly condition: Condition;
  readonly values: Values;
}

/** Rows of a bounded list (`[X!]`) that are read at most for each parent. */
const listLimit = 200;

/**
 * The reads of one request: one loader a place in the document, so that a statement answers for all parents
 * of a level. Made for one viewer; nothing in it outlives the request.
 */
export class RequestReads {
  readonly #engine: ReadEngine;
  readonly #viewer: ViewerClass;
  readonly #scope: ScopeBindings;
  readonly #identity: ConnectionIdentity;
  readonly #trace: StatementTrace | undefined;
  readonly #context: ConditionContext;
  // Executors hand out one array of field nodes for each place of a document.
  readonly #loaders = new Map<
    RecordModel,
    Map<GraphQLResolveInfo['fieldNodes'], DataLoader<string, unknown>>
  >();

  constructor(engine: ReadEngine, viewer: Viewer, trace?: StatementTrace) {
    this.#engine = engine;
    this.#viewer = viewerClassOf(viewer);
    this.#scope = scopeBindings(viewer, engine.today());
    this.#identity = {
      viewer: viewer.viewer,
      unit: viewer.unit,
      territory: viewer.station ?? viewer.subdistrict ?? '',
      person: viewer.viewer === 'COORDINATOR' ? viewer.person : '',
    };
    this.#trace = trace;
    this.#context = { model: engine.model, viewer: this.#viewer };
  }

  /** One record by its global id; an answer of "not there" says the same for what does not exist and what is out of scope. */
  async one(record: RecordModel, id: string, info: Info): Promise<Row | null> {
    const { viewer, kind } = this.#viewer;
    const presence = presenceOf(record.rules, viewer);
    const { group } = record.rules;
    if (group && presence === 'NONE' && !group.secret)
      throw denialError({ coordinate: record.name, group, reason: 'NOT_GRANTED', silent: false }, viewer);
    const row = await this.byId(record, info).load(decodeNodeId(id, record.name));
    if (row || group?.secret) return row;
    const narrow = kind !== 'DISTRICT' || presence === 'OWN';
    if (narrow) throw outOfScope(record.name, this.#scope.unit);
    return null;
  }

  /**
   * The record whose number somebody presents, in full and exactly. A reception centre finds whoever stands at
   * its window (dossier §6.3); everybody else only within the own scope. A shielded person is the registrar's.
   */
  async presented(type: string, property: string, number: string, info: Info): Promise<Row | null> {
    const record = getRecord(this.#engine.model, type);
    const selection = selectionOf(record, info, false);
    const statement = this.#engine.statement(
      `presented|${record.name}.${property}|${this.#viewer.key}|${selection.key}`,
      () => presentedStatement(record, property, selection, this.#context),
    );
    const values = { ...this.#computedValues(selection, record, info), number };
    const [row] = await this.#run<Row & { readonly $shielded: boolean }>(statement, values);
    if (!row) return null;
    if (row.$shielded && this.#viewer.viewer !== 'PUBLIC_SECURITY') throw askRegistrar();
    this.#scope.presented.push(row.id);
    return row;
  }

  /** Records by local id, for links. */
  byId(record: RecordModel, info: Info): DataLoader<string, Row | null> {
    return this.#loader(record, info, () => {
      const selection = selectionOf(record, info, false);
      const values = this.#computedValues(selection, record, info);
      return async (keys) => {
        const valid = record.keyType === 'uuid' ? keys.filter((key) => uuidForm.test(key)) : keys;
        const statement = this.#engine.statement(
          `id|${record.name}|${this.#viewer.key}|${selection.key}`,
          () => byIdStatement(record, selection, this.#context),
        );
        const rows = await this.#run<Row>(statement, { ...values, keys: valid });
        const byKey = new Map(rows.map((row) => [row.id, row]));
        return keys.map((key) => byKey.get(key) ?? null);
      };
    });
  }

  /** A page of all records in scope. */
  async page(record: RecordModel, args: PageArguments, info: Info): Promise<Page> {
    const list = await this.#list(record, null, args, info);
    const rows = await this.#run<Row>(list.statement, list.values);
    return new Page(rows, list.size, list.reversed, list.fromCursor, list.context, null);
  }

  /** Pages of the records that belong to each parent. */
  children(record: RecordModel, by: string, args: PageArguments, info: Info): DataLoader<string, Page> {
    return this.#loader(record, info, () => async (parents) => {
      const list = await this.#list(record, by, args, info);
      const rows = await this.#run<ChildRow>(list.statement, { ...list.values, keys: parents });
      const groups = groupByParent(rows);
      return parents.map(
        (parent) =>
          new Page(groups.get(parent) ?? [], list.size, list.reversed, list.fromCursor, list.context, parent),
      );
    });
  }

  /** Bounded lists of the records that belong to each parent. */
  childLists(record: RecordModel, by: string, info: Info): DataLoader<string, readonly Row[]> {
    return this.#loader(record, info, () => {
      const selection = selectionOf(record, info, false);
      const values = { ...this.#computedValues(selection, record, info), limit: listLimit };
      const order = readOrder(record, null, this.#engine.model);
      const window = { order, reversed: false, from: 'start' } as const;
      return async (parents) => {
        const statement = this.#engine.statement(
          `list|${record.name}.${by}|${this.#viewer.key}|${selection.key}`,
          () => childPageStatement(record, by, selection, window, undefined, this.#context),
        );
        const groups = groupByParent(await this.#run<ChildRow>(statement, { ...values, keys: parents }));
        return parents.map((parent) => groups.get(parent) ?? []);
      };
    });
  }

  async #list(record: RecordModel, by: string | null, args: PageArguments, info: Info) {
    const { size, reversed, cursor } = pageBounds(args);
    const { order, values: orderValues } = await this.#order(record, args);
    const selection = selectionOf(record, info, true);
    const filter = args.filter ? await this.#filter(record, args.filter) : undefined;
    const place = `${record.name}.${by ?? ''}`;
    const list = `${place}|${order.key}|${this.#scope.unit}`;
    const at = cursor === null ? null : this.#engine.codec.decode(list, cursor);
    const from = at === null ? 'start' : at.value === null && order.type !== null ? 'null' : 'value';
    const window = { order, reversed, from } as const;
    const values: Record<string, unknown> = {
      ...this.#computedValues(selection, record, info),
      ...filter?.values,
      ...orderValues,
      limit: size + 1,
      cursor_id: at?.id,
      cursor_value: at?.value,
    };
    const key = `page|${place}|${this.#viewer.key}|${order.key}|${reversed}|${from}|${filter?.shape ?? ''}|${selection.key}`;
    const statement = this.#engine.statement(key, () =>
      by === null
        ? pageStatement(record, selection, window, filter?.condition, this.#context)
        : childPageStatement(record, by, selection, window, filter?.condition, this.#context),
    );
    const context: ListContext = {
      codec: this.#engine.codec,
      list,
      order,
      count: this.#counter(record, by, filter),
    };
    return { statement, values, size, reversed, fromCursor: at !== null, context };
  }

  async #order(record: RecordModel, args: PageArguments): Promise<{ order: Order; values: Values }> {
    const order = readOrder(record, args.orderBy, this.#engine.model);
    const { related } = order;
    if (!related || this.#engine.sameServer(record.store, related.record.store)) return { order, values: {} };
    const statement = this.#engine.statement(`smallest|${record.name}|${this.#viewer.key}|${order.key}`, () =>
      smallestValuesStatement(related, this.#context),
    );
    const rows = await this.#run<{ id: string; value: string }>(statement, { limit: keySetLimit + 1 });
    if (rows.length > keySetLimit) throw filterTooBroad(related.record.name, keySetLimit);
    const values = { related_keys: rows.map((row) => row.id), related_values: rows.map((row) => row.value) };
    return { order: acrossServers(order, record.keyType), values };
  }

  async #filter(record: RecordModel, input: Readonly<Record<string, unknown>>): Promise<PreparedFilter> {
    const read = readFilter(record, input, this.#engine.model);
    const joined = await joinAcrossServers(record, read, this.#engine, this.#context, (statement, values) =>
      this.#run<{ id: string }>(statement, values),
    );
    const values = Object.fromEntries(joined.values.map((value, i) => [`f${i}`, value]));
    return { shape: joined.shape, condition: joined.condition, values };
  }

  #counter(record: RecordModel, by: string | null, filter: PreparedFilter | undefined) {
    const statement = () =>
      this.#engine.statement(
        `count|${record.name}.${by ?? ''}|${this.#viewer.key}|${filter?.shape ?? ''}`,
        () => countStatement(record, by, filter?.condition, this.#context),
      );
    let loader: DataLoader<string, number> | undefined;
    return async (parent: string | null): Promise<number> => {
      if (parent === null)
        return (await this.#run<{ count: number }>(statement(), filter?.values ?? {}))[0]?.count ?? 0;
      loader ??= new DataLoader(async (keys) => {
        const rows = await this.#run<{ $parent: string; count: number }>(statement(), {
          ...filter?.values,
          keys,
        });
        const counts = new Map(rows.map((row) => [row.$parent, row.count]));
        return keys.map((key) => counts.get(key) ?? 0);
      });
      return loader.load(parent);
    };
  }

  /** Arguments of derived fields: the same for every row of a place. */
  #computedValues(selection: Selection, record: RecordModel, info: Info): Values {
    if (selection.computed.length === 0) return {};
    const values: Record<string, unknown> = {};
    const type = info.schema.getType(record.name);
    for (const { field, node, property } of selection.computed) {
      const definition = type && 'getFields' in type ? type.getFields()[field.name] : undefined;
      if (!definition || !('args' in definition)) continue;
      for (const [name, value] of Object.entries(getArgumentValues(definition, node, info.variableValues)))
        values[`${property}.${name}`] = value;
    }
    return values;
  }

  #loader<T>(
    record: RecordModel,
    { fieldNodes }: Info,
    make: () => (keys: readonly string[]) => Promise<readonly T[]>,
  ): DataLoader<string, T> {
    const places = getOrMake(this.#loaders, record, () => new Map());
    return getOrMake(places, fieldNodes, () => new DataLoader<string, unknown>(make())) as DataLoader<
      string,
      T
    >;
  }

  #run<T>(statement: Parameters<ReadEngine['run']>[0], values: Values): Promise<T[]> {
    return this.#engine.run<T>(statement, this.#identity, { ...values, ...this.#scope }, this.#trace);
  }
}

const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

function groupByParent(rows: readonly ChildRow[]): Map<string, ChildRow[]> {
  const groups = new Map<string, ChildRow[]>();
  for (const row of rows) {
    const group = groups.get(row.$parent);
    if (group) group.push(row);
    else groups.set(row.$parent, [row]);
  }
  return groups;
}
