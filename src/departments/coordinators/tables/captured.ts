import { jsonb, uuid } from 'drizzle-orm/pg-core';
import type { CapturedPerson } from '../../../generated/resolvers.ts';

/** A person as captured on a visit, as it is stored. */
export type StoredCapture = Partial<Omit<CapturedPerson, '__typename'>>;

/** Whom a visit found moved in or out; emptied when the register has them. */
export const captured = () => ({
  arrivals: jsonb('arrivals').$type<readonly StoredCapture[]>(),
  departureIds: uuid('departure_ids').array(),
});
