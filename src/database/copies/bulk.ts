import type { Sql } from 'postgres';

/**
 * Says for the rest of a transaction of the owner that many rows come, and that copies and links are made anew
 * afterwards: the triggers then cost next to nothing. From anybody else the database does not take it.
 */
export async function loadsInBulk(tx: Sql): Promise<void> {
  await tx`select set_config('laihu.bulk', 'on', true)`;
}
