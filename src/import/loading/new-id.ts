import type { Sql } from 'postgres';

/**
 * Makes `pg_temp.new_id()`: a UUID of version 7, so that new rows stand in the order they were made. Servers
 * before PostgreSQL 18 lack `uuidv7()`.
 */
export async function createNewId(tx: Sql): Promise<void> {
  const [server] = await tx`select current_setting('server_version_num')::int >= 180000 as has_uuidv7`;
  const made = `encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) placing
    substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid`;
  await tx.unsafe(
    `create or replace function pg_temp.new_id() returns uuid language sql volatile as $$ select ${server?.has_uuidv7 ? 'uuidv7()' : made} $$`,
  );
}
