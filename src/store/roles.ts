import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Sql } from 'postgres';
import { inTransaction } from './transaction.ts';

/**
 * A database role's password, made from the owner's: nothing more has to be kept or configured, and who has not
 * the owner's password has none of the others.
 */
export function rolePassword(ownerUrl: string, role: string): string {
  return createHmac('sha256', decodeURIComponent(new URL(ownerUrl).password))
    .update(role)
    .digest('base64url');
}

/** The URL with which a role logs in to the owner's database. */
export function roleUrl(ownerUrl: string, role: string): string {
  const url = new URL(ownerUrl);
  url.username = role;
  url.password = rolePassword(ownerUrl, role);
  return url.href;
}

/**
 * Makes a login role, or gives it its password anew: it owns nothing, is a member of nothing, and cannot pass by
 * row-level security.
 * @throws the server's error when the owner may not make roles
 */
export async function ensureRole(owner: Sql, ownerUrl: string, role: string): Promise<void> {
  const [found] = await owner`select 1 from pg_roles where rolname = ${role}`;
  const options = `login nosuperuser nocreatedb nocreaterole noinherit nobypassrls noreplication password '${rolePassword(ownerUrl, role)}'`;
  await owner.unsafe(`${found ? 'alter' : 'create'} role "${role}" ${options}`);
}

/** Unique violation, duplicate role, and what the server says of a role that was altered meanwhile. */
const overtaken = new Set(['23505', '42710', 'XX000']);
const mostAttempts = 10;

/**
 * Runs a transaction that makes or alters roles. They are the whole server's, advisory locks are one database's: another
 * program may be at it for a database of its own, and what it has overtaken is done again.
 * @throws what the work throws
 */
export async function changeRoles<T>(owner: Sql, work: (tx: Sql) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++)
    try {
      return await inTransaction(owner, work);
    } catch (error) {
      const { code = '' } = error as { code?: string };
      if (!overtaken.has(code) || attempt === mostAttempts) throw error;
      await sleep(20 * attempt * (1 + Math.random()));
    }
}
