import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Sql } from 'postgres';
import { inTransaction } from './transaction.ts';

/**
 * A database role's password, made from the owner's. Nothing more has to be kept or configured, and whoever
 * lacks the owner's password has none of the others.
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
 * Makes a login role, or sets its password anew. The role owns nothing, is a member of no other role, and
 * cannot bypass row-level security.
 * @throws the server's error when the owner may not make roles
 */
export async function ensureRole(owner: Sql, ownerUrl: string, role: string): Promise<void> {
  const [found] = await owner`select 1 from pg_roles where rolname = ${role}`;
  const options = `login nosuperuser nocreatedb nocreaterole noinherit nobypassrls noreplication password '${rolePassword(ownerUrl, role)}'`;
  await owner.unsafe(`${found ? 'alter' : 'create'} role "${role}" ${options}`);
}

/** Unique violation, duplicate role, and the server's error for a role that was altered meanwhile. */
const overtaken = new Set(['23505', '42710', 'XX000']);
const mostAttempts = 10;

/**
 * Runs a transaction that makes or alters roles. Roles belong to the whole server, advisory locks to one
 * database. So another program may alter roles at the same time for its own database, and a transaction that
 * it has overtaken runs again.
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
