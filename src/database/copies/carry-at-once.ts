import type { PgTable } from 'drizzle-orm/pg-core';
import type { RowScope } from '../../contract/model/row-scope.ts';
import { quotedTableOf } from '../../store/table-name.ts';
import { type LinkServers, serverGroups } from '../links/refresh.ts';
import { type CopyingStore, carriedTables, personsOf, registerOf } from './carried.ts';
import { refreshCopies } from './refresh-copies.ts';

/** A server that let this wait for so long without an answer is left to the rounds for a second, in milliseconds. */
const slowMs = 250;
const pauseMs = 1000;

/**
 * Brings over what follows from a record that was just written: to other servers, where their rows carry what the register
 * says of the persons whom it is about; from the register, where a new row of another server is to carry it.
 * @returns the stores whose rows still wait for it
 */
export type CarryAtOnce = (record: CarriedRecord, id: string) => Promise<readonly string[]>;

/** A record type: where its rows are, and whom they are about. */
export interface CarriedRecord {
  readonly store: string;
  readonly source: { readonly table: PgTable; readonly scope: RowScope };
}

/**
 * A row about a person whom another server knows is hidden until it has said where the person belongs. Whoever has
 * written it is not to wait for the round of each second (`carrying.ts`), and would not learn the row's id. What a server
 * that does not answer misses, the rounds do.
 * @returns undefined where one server holds all
 */
export function carryAtOnce(servers: LinkServers, stores: readonly CopyingStore[]): CarryAtOnce | undefined {
  const groups = serverGroups(servers, stores).map((held) => held as readonly CopyingStore[]);
  if (groups.length === 1) return undefined;
  const register = registerOf(stores).store;
  const others = groups.filter((held) => held.every(({ store }) => store !== register));
  const carrying = new Set(carriedTables(stores).map(({ store }) => store));
  const retryAt = new Map<string, number>();

  /** @param other the store on the other side, which may not answer */
  const carry = async (held: readonly CopyingStore[], persons: readonly string[], other: string) => {
    const server = servers.serverOf(other);
    const begun = performance.now();
    if (begun < (retryAt.get(server) ?? 0)) return false;
    try {
      await refreshCopies(servers, stores, persons, held);
      return true;
    } catch {
      // The rounds tell of what is wrong.
      const now = performance.now();
      if (now - begun > slowMs) retryAt.set(server, now + pauseMs);
      return false;
    }
  };

  return async ({ store, source: { table, scope } }, id) => {
    const about = personsOf(scope).map(({ name }) => `t."${name}"`);
    if (about.length === 0) return [];
    const noted = await servers.ownerOf(store).unsafe<{ subject: string }[]>(
      `select distinct c.subject_id::text as subject from ${quotedTableOf(table)} t
        join access.copy_changes c on c.subject_id in (${about.join(', ')}) where t.id = $1`,
      [id],
    );
    if (noted.length === 0) return [];
    const persons = noted.map(({ subject }) => subject);
    if (servers.serverOf(store) !== servers.serverOf(register)) {
      const own = stores.filter((each) => each.store === store);
      return (await carry(own, persons, register)) ? [] : [store];
    }
    const left = await Promise.all(
      others.map(async (held) => {
        const waiting = held.map((each) => each.store).filter((each) => carrying.has(each));
        if (waiting.length === 0) return [];
        return (await carry(held, persons, waiting[0]!)) ? [] : waiting;
      }),
    );
    return left.flat();
  };
}
