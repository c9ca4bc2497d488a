import type { Model } from '../../contract/model/record.ts';
import { linkReaders } from '../links/link-needs.ts';
import { type CopyingStore, carriedTables, partTables, registerOf } from './carried.ts';
import { type CopyTrigger, triggerStatements } from './definer.ts';
import { areaTriggers, askedTriggers, linkFunctions, linkTriggers } from './link-triggers.ts';
import { carriedTriggers, partTriggers, registerTriggers } from './person-triggers.ts';

/**
 * The triggers of a server that keep true in the same transaction what rows carry of others: territory and shield,
 * links, areas. Where another server holds the other end, they note the persons for it (`carry.ts`).
 * @param held the stores of the server
 */
export function copyTriggers(stores: readonly CopyingStore[], held: ReadonlySet<string>): CopyTrigger[] {
  const here = stores.filter(({ store }) => held.has(store));
  const hasOthers = here.length < stores.length;
  const register = registerOf(stores);
  const isNear = held.has(register.store);
  const near = carriedTables(here);
  const homeOf = (record: string) => stores.find(({ records }) => record in records)?.store ?? '';
  return [
    ...(isNear ? registerTriggers(register, near, hasOthers) : []),
    ...near.flatMap((table) => carriedTriggers(table, register, isNear)),
    ...partTables(here).flatMap(partTriggers),
    ...linkTriggers(here, hasOthers),
    ...areaTriggers(here, hasOthers),
    ...askedTriggers(here, (record) => !held.has(homeOf(record))),
  ];
}

/** The same as statements, with the functions. They stand in the schema `sealed`, and go with it. */
export function copyStatements(
  stores: readonly CopyingStore[],
  held: ReadonlySet<string>,
  model: Model,
  owner: string,
): string[] {
  const here = stores.filter(({ store }) => held.has(store));
  // With one server all links are kept: every group is there.
  const readers = here.length < stores.length ? linkReaders(model, held) : undefined;
  return [
    ...linkFunctions({ stores: here, readers }),
    ...copyTriggers(stores, held).flatMap((trigger) => triggerStatements(trigger, owner)),
  ];
}
