import type { Sql } from 'postgres';
import { changeRoles, ensureRole, roleUrl } from '../store/roles.ts';

/** May add to the log and read it; has no other right. */
const role = 'laihu_audit';

/**
 * Makes the login role that writes the log.
 * @returns the URL with which it logs in
 * @throws Error in one sentence when the owner may not make roles
 */
export async function ensureAuditRole(owner: Sql, ownerUrl: string): Promise<string> {
  try {
    await changeRoles(owner, async (tx) => {
      await ensureRole(tx, ownerUrl, role);
      // PostgreSQL refuses COPY under row-level security, so the role bypasses it. It has no right on any
      // other table.
      await tx.unsafe(
        `alter role ${role} bypassrls; grant usage on schema audit to ${role}; grant select, insert on audit.entries to ${role}`,
      );
    });
    return roleUrl(ownerUrl, role);
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    throw new Error(
      `The login role ${role} of the access log cannot be made (${code ?? message}): the owner of the database needs CREATEROLE.`,
    );
  }
}
