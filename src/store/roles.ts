import { createHmac } from 'node:crypto';
import type { Sql, TransactionSql } from 'postgres';

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
export async function ensureRole(owner: Sql | TransactionSql, ownerUrl: string, role: string): Promise<void> {
  const [found] = await owner`select 1 from pg_roles where rolname = ${role}`;
  const options = `login nosuperuser nocreatedb nocreaterole noinherit nobypassrls noreplication password '${rolePassword(ownerUrl, role)}'`;
  await owner.unsafe(`${found ? 'alter' : 'create'} role "${role}" ${options}`);
}
