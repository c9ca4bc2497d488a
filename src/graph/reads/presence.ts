import { notePresence } from '../../database/links/note-presence.ts';
import type { Pools } from '../../store/pools.ts';
import { StoreUnavailable, unavailable } from '../../store/statements.ts';
import type { NotePresence } from './engine.ts';

/** @returns what notes presence as the owner; it throws StoreUnavailable where the store does not answer */
export const presenceNoter =
  (pools: Pick<Pools, 'lookUpOf'>): NotePresence =>
  async (store, unit, persons) => {
    try {
      await notePresence(pools.lookUpOf(store), unit, persons);
    } catch (error) {
      const reason = unavailable(error);
      throw reason === undefined ? error : new StoreUnavailable(store, reason);
    }
  };
