import type { Seed } from './load.ts';

/** What fills each store: one line a department. */
export const seeds: Readonly<Record<string, Seed>> = {};
