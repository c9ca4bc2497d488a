import { GraphQLError } from 'graphql';
import type { RecordModel } from '../../contract/model/record.ts';
import { StoreUnavailable } from '../../store/statements.ts';
import { quotedTableOf } from '../../store/table-name.ts';
import { tooManyLooks } from '../read-errors.ts';
import type { Condition, Filter } from '../reads/filter.ts';
import { joinAcrossServers } from '../reads/semi-join.ts';
import type { ReadSession } from '../reads/session.ts';
import { matchStatement } from '../reads/statement.ts';
import { askedSubjects } from './asked-subjects.ts';
import { isNamedByParent } from './audited-records.ts';
import { conditionKey, type Look, looksOf } from './looks.ts';
import type { SubjectSink } from './subject-sink.ts';

/** So many records that a filter tells of are named; of more the entry says only that they were many. */
export const mostNamed = 100;
/** Ways in which one filter may ask after persons: each is a statement over the whole filter. */
const mostLooks = 20;

/** A list as it was asked for. */
export interface AskedList {
  readonly record: RecordModel;
  readonly filter: Filter | undefined;
  /** Id of the record in the cursor that the page starts at. */
  readonly from: string | undefined;
  /** The filter is refused in silence: what it tells of must not be read, only as often. */
  readonly isSilentlyRefused: boolean;
  /** For a nested list: the column that holds the parent's id, its property, and the parents. */
  readonly parents?: {
    readonly column: { readonly name: string; readonly type: string };
    readonly by: string;
    readonly keys: readonly string[];
  };
}

/**
 * Finds whom a request looks for, for the access log: a list tells of persons also by what it counts, by what it
 * leaves out, and where its rows are of another type.
 */
export class LookedFor {
  readonly #session: ReadSession;
  readonly #sink: SubjectSink;

  constructor(session: ReadSession, sink: SubjectSink) {
    this.#session = session;
    this.#sink = sink;
  }

  /**
   * Names what is asked for by id or number, whoever may see it.
   * @throws StoreUnavailable when a number cannot be looked up: nobody would be named
   */
  async asked({ record, filter, from }: AskedList): Promise<void> {
    if (from !== undefined) this.#sink.asked(record, from);
    if (!filter) return;
    const { ids, numbers } = askedSubjects(record, filter);
    for (const asked of ids) this.#sink.asked(asked.record, asked.id);
    await Promise.all(
      numbers.map(async ({ record: holder, column, values }) => {
        if (!this.#sink.names(holder)) return;
        const type = column.getSQLType();
        const text = `select "id"::text as "id" from ${quotedTableOf(holder.source.table)} where "${column.name}" = any($1::text[]::${type}[]) limit ${mostNamed + 1}`;
        this.#found(
          holder,
          await this.#sink.readIds(holder.store, text, [[...values]]).catch(unavailable(holder)),
        );
      }),
    );
  }

  /** The same for a number that somebody presents. */
  presented(record: RecordModel, property: string, number: string): Promise<void> {
    const column = record.columns[property];
    if (!column) return Promise.resolve();
    const text = `select "id"::text as "id" from ${quotedTableOf(record.source.table)} where "${column.name}" = any($1::text[]) limit ${mostNamed + 1}`;
    return this.#sink
      .readIds(record.store, text, [[number]])
      .then((ids) => this.#found(record, ids), unavailable(record));
  }

  /**
   * Names the records that the filter of a list tells of, in the viewer's own scope.
   * @throws FilterTooComplex
   * @param isComplete every row that matches was read, and is named
   */
  async matched(
    { record, filter, isSilentlyRefused, parents }: AskedList,
    isComplete: boolean,
  ): Promise<void> {
    if (!filter) return;
    const values = [...filter.values];
    const within: Condition[] = [];
    if (parents) {
      values.push(parents.keys);
      within.push({ kind: 'keys', column: parents.column, quantifier: 'some', slot: values.length - 1 });
    }
    const looks = looksOf(record, filter.condition, {
      within,
      isNamed: (at) => this.#sink.names(at),
      skipsRows: isComplete || (parents !== undefined && isNamedByParent(record, parents.by)),
    });
    if (looks.length > mostLooks) throw tooManyLooks(mostLooks);
    await Promise.all(
      looks.map((look) =>
        isSilentlyRefused
          ? this.#look({ record, condition: nothing, parts: [] }, [])
          : this.#look(look, values),
      ),
    );
  }

  async #look({ record, condition, parts }: Look, values: readonly unknown[]): Promise<void> {
    const ids = await this.#ids(record, condition, values);
    this.#found(record, ids);
    if (isMany(ids)) for (const part of parts) await this.#look(part, values);
  }

  /** @returns undefined where there are too many on another server to go through */
  async #ids(
    record: RecordModel,
    condition: Condition,
    values: readonly unknown[],
  ): Promise<readonly string[] | undefined> {
    const session = this.#session;
    const filter: Filter = { shape: conditionKey(condition), condition, values: [...values] };
    const joined = await joinAcrossServers(record, filter, session).catch(noneWhenTooBroad);
    if (!joined) return undefined;
    const statement = session.statement(`look|${record.name}|${joined.shape}`, (context) =>
      matchStatement(record, joined.condition, context),
    );
    const bound = Object.fromEntries(joined.values.map((value, i) => [`f${i}`, value]));
    const rows = await session.run<{ id: string }>(statement, { ...bound, limit: mostNamed + 1 });
    return rows.map(({ id }) => id);
  }

  #found(record: RecordModel, ids: readonly string[] | undefined): void {
    if (isMany(ids)) this.#sink.many(record);
    else for (const id of ids) this.#sink.asked(record, id);
  }
}

const isMany = (ids: readonly string[] | undefined): ids is undefined =>
  ids === undefined || ids.length > mostNamed;

function noneWhenTooBroad(error: unknown): undefined {
  if (error instanceof GraphQLError && error.extensions.code === 'FILTER_TOO_BROAD') return undefined;
  throw error;
}

const nothing: Condition = { kind: 'or', parts: [] };

const unavailable =
  ({ store }: RecordModel) =>
  (): never => {
    throw new StoreUnavailable(store, 'deadline');
  };
