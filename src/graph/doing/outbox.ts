import type { Happened } from '../../contract/doing/department-doing.ts';
import type { DoingPlan } from '../../contract/doing/doing-plan.ts';
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
        .filter(({ transitions }) =>
          transitions.some(({ effects }) => effects.some((e) => e.kind === 'function' && !fills.has(e.name))),
        )
        .map(({ record }) => record.name),
    );
  }

  /** Does what follows from a write, as far as the stores answer, and says how far it is. */
  async follow(record: RecordModel, id: string, version: number): Promise<readonly StoreEffect[]> {
    if (!this.#withEffects.has(record.name)) return [];
    await this.drain(record.store);
    const rows = await this.#parts.pools.lookUpOf(record.store)<
      { effect: string; store: string; done: boolean; attempts: number; failure: string | null }[]
    >`select effect, store, done_at is not null as done, attempts, failure from access.outbox
      where record_type = ${record.name} and record_id = ${id} and version = ${version} order by id`;
    return rows.map(({ effect, store, done, attempts, failure }) => ({
      effect,
      store,
      state: done ? 'DONE' : hasFailed({ attempts, failure }) ? 'FAILED' : 'QUEUED',
    }));
  }

  /** Does what is due in the database of a store. @returns how many rows were done */
  async drain(store: string): Promise<number> {
    let count = 0;
    for (let i = 0; i < atOnce; i++) {
      const row = await this.#take(store);
      if (!row) break;
      if (await this.#run(store, row)) count += 1;
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
    const [row] = await this.#parts.pools.lookUpOf(store)<OutboxRow[]>`
      update access.outbox set attempts = attempts + 1, next_at = now() + make_interval(secs => ${leaseSeconds})
      where id = (select id from access.outbox where done_at is null and next_at <= now() and (attempts < ${mostAttempts} or failure is null or failure = 'STORE_UNAVAILABLE')
        order by id limit 1 for update skip locked)
      returning id::text, effect, store, happened, attempts`;
    return row;
  }

  async #run(store: string, { id, effect, happened, attempts }: OutboxRow): Promise<boolean> {
    const sql = this.#parts.pools.lookUpOf(store);
    const run = this.#parts.plan.effects.get(effect);
    try {
      if (!run) throw new Error(`No department says what ${effect} does.`);
      await run({ ...happened, outboxId: id }, this.#parts.system);
      await sql`update access.outbox set done_at = now(), failure = null where id = ${id}::bigint`;
      return true;
    } catch (error) {
      const isDown = error instanceof StoreUnavailable;
      const code = isDown
        ? 'STORE_UNAVAILABLE'
        : String((error as { code?: unknown }).code ?? (error as Error).name);
      if (!isDown) this.#parts.onFailure(effect, code);
      const wait = isDown ? 2 : Math.min(2 ** attempts, 600);
      await sql`update access.outbox set failure = ${code}, next_at = now() + make_interval(secs => ${wait}) where id = ${id}::bigint`;
      return false;
    }
  }
}

const hasFailed = ({
  attempts,
  failure,
}: {
  readonly attempts: number;
  readonly failure: string | null;
}): boolean => failure !== null && failure !== 'STORE_UNAVAILABLE' && attempts >= mostAttempts;
