import type { SQL } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import type { System, Values } from '../../contract/doing/department-doing.ts';
import { type DoneRecord, doneRecord, followingOf } from '../../contract/doing/doing-plan.ts';
import { leavesFrom, type Transition } from '../../contract/doing/transition.ts';
import { getRecord } from '../../contract/model/record.ts';
import { systemName } from '../../database/wall/roles.ts';
import type { ConnectionIdentity, Pools } from '../../store/pools.ts';
import { StatementFailed, StoreUnavailable, unavailable } from '../../store/statements.ts';
import { quotedTableOf } from '../../store/table-name.ts';
import type { ReadEngine } from '../reads/engine.ts';
import type { Statement } from '../reads/statement.ts';
import { instantOn } from './instant.ts';
import type { Actor } from './set-values.ts';
import { newId, prepareWrite, type WriteParts } from './write.ts';
import { prepareMany } from './write-many.ts';

/** Whom the events of the system name as unit and person. */
const systemUnit = 'system';
const dialect = new PgDialect();
/** So many times a change is tried anew after somebody else has changed the record. */
const mostAttempts = 5;

/**
 * Lets happen what happens by itself, in the name of the system: over a role of its own, along the rows of the do-matrix
 * that are the system's, with an event for each.
 */
export class SystemDoer implements System {
  readonly #parts: WriteParts;
  readonly #engine: ReadEngine;
  readonly #pools: Pools;
  readonly #onFollowing: (store: string) => void;

  constructor(
    parts: WriteParts,
    engine: ReadEngine,
    pools: Pools,
    onFollowing: (store: string) => void = () => {},
  ) {
    this.#parts = parts;
    this.#engine = engine;
    this.#pools = pools;
    this.#onFollowing = onFollowing;
  }

  /** The same, which tells of each write from which something follows: in which store. */
  watched(onFollowing: (store: string) => void): SystemDoer {
    return new SystemDoer(this.#parts, this.#engine, this.#pools, onFollowing);
  }

  get model() {
    return this.#parts.model;
  }

  async row(name: string, id: string): Promise<Values | null> {
    const record = getRecord(this.#parts.model, name);
    const columns = Object.entries(record.columns).map(
      ([property, column]) => `"${column.name}" as "${property}"`,
    );
    const text = `select ${columns.join(', ')} from ${quotedTableOf(record.source.table)} where id = $1`;
    const [row] = await this.#asked(record.store, text, [id]);
    return row ? { ...row } : null;
  }

  async rows<T extends Values>(store: string, query: SQL): Promise<readonly T[]> {
    const { sql: text, params } = dialect.sqlToQuery(query);
    return (await this.#asked(store, text, params)) as T[];
  }

  /** @throws StoreUnavailable where the store does not answer: what asked is done later, as often as it takes */
  async #asked(store: string, text: string, params: readonly unknown[]): Promise<readonly Values[]> {
    try {
      return await this.#pools.lookUpOf(store).unsafe(text, params as never[], { prepare: true });
    } catch (error) {
      const reason = unavailable(error);
      throw reason === undefined ? error : new StoreUnavailable(store, reason);
    }
  }

  async make(name: string, event: string, values: Values, key?: string): Promise<string> {
    const { done, transition } = this.#making(name, event);
    const made = await this.#write(done, transition, null, values, key ?? null);
    if (made !== null) return made;
    const [held] = await this.#pools.lookUpOf(done.record.store)<{ id: string }[]>`
      select record_id as id from access.done_requests where unit = ${systemUnit} and person = ${systemUnit} and key = ${key ?? ''}`;
    if (!held) throw new Error(`A ${name} was not made, and nothing says why.`);
    return held.id;
  }

  async makeAll(name: string, event: string, rows: readonly Values[], key: string): Promise<void> {
    if (rows.length === 0) return;
    const { done, transition } = this.#making(name, event);
    const { statement, values } = prepareMany(
      this.#parts,
      { done, transition, rows, actor: this.#actor(), key },
      (shape, make) => this.#engine.statement(shape, make),
    );
    const written = await this.#run(statement, values);
    if (written > 0 && followingOf(done, event, null).length > 0) this.#onFollowing(done.record.store);
  }

  #making(name: string, event: string): { readonly done: DoneRecord; readonly transition: Transition } {
    const done = doneRecord(this.#parts.plan, this.#parts.model, name);
    const transition = done.transitions.find(
      (row) => row.bySystem && row.from === 'NEW' && row.event === event,
    );
    if (transition) return { done, transition };
    throw new Error(`The system may not ${event} a ${name}: schema/machines/ has no such row.`);
  }

  async change(
    name: string,
    id: string,
    event: string,
    values: Values = {},
    known?: Values,
  ): Promise<boolean> {
    const done = doneRecord(this.#parts.plan, this.#parts.model, name);
    const own = done.transitions.filter((row) => row.bySystem && row.from !== 'NEW' && row.event === event);
    if (own.length === 0)
      throw new Error(`The system may not ${event} a ${name}: schema/machines/ has no such row.`);
    for (let attempt = 1; ; attempt++) {
      const row = attempt === 1 && known ? known : await this.row(name, id);
      if (!row) return false;
      const state = done.state ? String(row[done.state]) : null;
      const transition = own.find((each) => leavesFrom(each, state));
      if (!transition) return false;
      try {
        const target = { id, version: Number(row.recordVersion), state };
        if ((await this.#write(done, transition, target, values, null)) !== null) return true;
      } catch (error) {
        const code = error instanceof StatementFailed ? error.code : '';
        if (code === 'LH002') return false;
        if (code !== 'LH001' && code !== 'LH005') throw error;
      }
      if (attempt === mostAttempts) return false;
    }
  }

  /** @returns the record's id; null where the key was used or the record changed meanwhile */
  async #write(
    done: DoneRecord,
    transition: Transition,
    target: { readonly id: string; readonly version: number; readonly state: string | null } | null,
    values: Values,
    key: string | null,
  ): Promise<string | null> {
    const {
      statement,
      values: bound,
      id,
    } = prepareWrite(
      this.#parts,
      {
        rows: [
          {
            done,
            transition,
            target,
            // The system may have told the id to somebody already.
            newId: values.id === undefined ? newId() : String(values.id),
            values: new Map(Object.entries(values)),
            fields: new Set(Object.keys(values)),
          },
        ],
        actor: this.#actor(),
        viewerClass: null,
        reason: null,
        key: key === null ? null : { key, body: '' },
      },
      (shape, make) => this.#engine.statement(shape, make),
    );
    if ((await this.#run(statement, bound)) !== 1) return null;
    if (followingOf(done, transition.event, target?.state ?? null).length > 0)
      this.#onFollowing(done.record.store);
    return id;
  }

  #actor(): Actor & { readonly viewer: string } {
    const today = this.#engine.today();
    return { unit: systemUnit, person: systemUnit, viewer: systemName, today, now: instantOn(today) };
  }

  /** Runs a write in the name of the system. @returns how many rows it says to have written */
  async #run(statement: Statement, values: Values): Promise<number> {
    const today = this.#engine.today();
    const identity: ConnectionIdentity = {
      viewer: systemName,
      unit: systemUnit,
      subdistrict: '',
      station: '',
      holder: '',
      person: '',
      posts: '',
      today,
    };
    const [row] = await this.#engine.run<{ written: number }>(
      statement,
      identity,
      { ...values, unit: systemUnit, person: systemUnit, today },
      { trace: undefined },
    );
    return row?.written ?? 0;
  }
}
