import type { Sql } from 'postgres';
import type { Happened } from '../../contract/doing/department-doing.ts';
import { beyondRow, type DoingPlan } from '../../contract/doing/doing-plan.ts';
import type { RecordModel } from '../../contract/model/record.ts';
import type { Pools } from '../../store/pools.ts';
import { StoreUnavailable } from '../../store/statements.ts';
import type { SystemDoer } from './system-doer.ts';

/** What follows from a mutation, and how far it is. */
export interface StoreEffect {
  readonly effect: string;
  readonly store: string;
  readonly state: 'DONE' | 'QUEUED' | 'FAILED';
}

interface OutboxRow {
  readonly id: string;
  readonly effect: string;
  readonly store: string;
  readonly happened: Happened;
  readonly attempts: number;
}

export interface OutboxParts {
  readonly plan: DoingPlan;
  readonly pools: Pools;
  readonly system: SystemDoer;
  /** One store of each database. */
  readonly stores: readonly string[];
  /** Told of an effect that fails for another reason than a store that is down; no values. */
  readonly onFailure: (effect: string, code: string) => void;
}

/** After so many attempts that fail by themselves an operator has to look. */
const mostAttempts = 8;
/** Rows that one call does at the most; the sweep does the others. */
const atOnce = 50;
/** How long a row is left to whoever took it, in seconds. */
const leaseSeconds = 30;

/**
 * Does what follows from events. A row of the outbox is written in the transaction of its event, so nothing is lost; it
 * is taken for half a minute, so that what a program that has died began is done by another. Effects can be run again.
 */
export class Outbox {
  readonly #parts: OutboxParts;
  readonly #withEffects: ReadonlySet<string>;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
    const { records, fills } = parts.plan;
    this.#withEffects = new Set(
      [...records.values()]
        .filter(({ transitions }) => transitions.some((row) => beyondRow(row, fills).length > 0))
        .map(({ record }) => record.name),
    );
  }

  /**
   * Does what follows from a write, as far as the stores answer, and says how far it is.
   * @param following what follows from each row of the write (`followingOf`), the record's own first; without it that is not
   * known any more
   */
  async follow(
    record: RecordModel,
    id: string,
    version: number,
    following?: readonly (readonly string[])[],
  ): Promise<readonly StoreEffect[]> {
    const [own = [], ...others] = following ?? [];
    // Nothing is asked where the table says that nothing follows.
    const isNothing = following
      ? following.every((names) => names.length === 0)
      : !this.#withEffects.has(record.name);
    if (isNothing) return [];
    const rows = await this.#takeOf(record.store, record.name, id, version);
    const done: StoreEffect[] = [];
    let leadsOn = others.some((names) => names.length > 0);
    for (const row of rows) {
      const ran = await this.#run(record.store, row);
      leadsOn ||= ran.leadsOn;
      done.push({ effect: row.effect, store: row.store, state: ran.state });
    }
    if (leadsOn) await this.drain(record.store);
    // Others may have taken some, or done them before.
    if (following && done.length === own.length) return done;
    const found = await this.#parts.pools.lookUpOf(record.store)<
      { effect: string; store: string; done: boolean; attempts: number; failure: string | null }[]
    >`select effect, store, done_at is not null as done, attempts, failure from access.outbox
      where record_type = ${record.name} and record_id = ${id} and version = ${version} order by id`;
    return found.map(({ effect, store, done, attempts, failure }) => ({
      effect,
      store,
      state: done ? 'DONE' : stateAfter({ attempts, failure }),
    }));
  }

  /** Does what is due in the database of a store. @returns how many rows were done */
  async drain(store: string): Promise<number> {
    let count = 0;
    for (let i = 0; i < atOnce; i++) {
      const row = await this.#take(store);
      if (!row) break;
      if ((await this.#run(store, row)).state === 'DONE') count += 1;
    }
    return count;
  }

  /** Does what is due everywhere, and forgets keys of calls after 30 days. */
  async sweep(): Promise<void> {
    for (const store of this.#parts.stores)
      try {
        while ((await this.drain(store)) === atOnce);
        await this.#parts.pools.lookUpOf(
          store,
        )`delete from access.done_requests where at < now() - interval '30 days'`;
      } catch {
        // A store that is down is asked again by the next sweep; the pools have said so.
      }
  }

  async #take(store: string): Promise<OutboxRow | undefined> {
    const sql = this.#parts.pools.lookUpOf(store);
    const [row] = await sql<OutboxRow[]>`
      update access.outbox set attempts = attempts + 1, next_at = now() + make_interval(secs => ${leaseSeconds})
      from ${unhurried(sql)}
      where id = (select id from access.outbox where done_at is null and next_at <= now() and (attempts < ${mostAttempts} or failure is null or failure = 'STORE_UNAVAILABLE')
        order by id limit 1 for update skip locked)
      returning id::text, effect, store, happened, attempts`;
    return row;
  }

  /** What follows from one write and is due. */
  async #takeOf(store: string, record: string, id: string, version: number): Promise<readonly OutboxRow[]> {
    const sql = this.#parts.pools.lookUpOf(store);
    const rows = await sql<OutboxRow[]>`
      update access.outbox set attempts = attempts + 1, next_at = now() + make_interval(secs => ${leaseSeconds})
      from ${unhurried(sql)}
      where record_type = ${record} and record_id = ${id} and version = ${version}
        and done_at is null and next_at <= now() and (attempts < ${mostAttempts} or failure is null or failure = 'STORE_UNAVAILABLE')
      returning id::text, effect, store, happened, attempts`;
    return [...rows].sort((a, b) => Number(a.id) - Number(b.id));
  }

  /** @returns how far it is, and whether the system has written what something follows from, in the same database */
  async #run(
    store: string,
    { id, effect, happened, attempts }: OutboxRow,
  ): Promise<{ readonly state: StoreEffect['state']; readonly leadsOn: boolean }> {
    const { pools, plan, system, onFailure } = this.#parts;
    const sql = pools.lookUpOf(store);
    const run = plan.effects.get(effect);
    let leadsOn = false;
    try {
      if (!run) throw new Error(`No department says what ${effect} does.`);
      const watched = system.watched((written) => {
        leadsOn ||= pools.serverOf(written) === pools.serverOf(store);
      });
      await run({ ...happened, outboxId: id }, watched);
      await sql`update access.outbox set done_at = now(), failure = null from ${unhurried(sql)} where id = ${id}::bigint`;
      return { state: 'DONE', leadsOn };
    } catch (error) {
      const isDown = error instanceof StoreUnavailable;
      const code = isDown
        ? 'STORE_UNAVAILABLE'
        : String((error as { code?: unknown }).code ?? (error as Error).name);
      // The operator reads of it once when it begins and once when it is given up, not at each attempt.
      if (!isDown && (attempts === 1 || attempts === mostAttempts)) onFailure(effect, code);
      const wait = isDown ? 2 : Math.min(2 ** attempts, 600);
      await sql`update access.outbox set failure = ${code}, next_at = now() + make_interval(secs => ${wait}) where id = ${id}::bigint`;
      return { state: stateAfter({ attempts, failure: code }), leadsOn };
    }
  }
}

/**
 * For a statement that only says who has taken a row or that it is done: its commit need not wait for the disk. A server that
 * dies forgets it at the worst, and then the effect is run again, as it may be.
 */
const unhurried = (sql: Sql) => sql`(select set_config('synchronous_commit', 'off', true)) unhurried`;

/** How far what is not done is. */
const stateAfter = ({
  attempts,
  failure,
}: {
  readonly attempts: number;
  readonly failure: string | null;
}): 'FAILED' | 'QUEUED' =>
  failure !== null && failure !== 'STORE_UNAVAILABLE' && attempts >= mostAttempts ? 'FAILED' : 'QUEUED';
