import type postgres from 'postgres';

/** Which constraint refuses the statement; undefined when none does. */
export async function refusal(statement: PromiseLike<unknown>): Promise<string | undefined> {
  try {
    await statement;
    return undefined;
  } catch (error) {
    const cause = (error as Error).cause as postgres.PostgresError;
    return cause.constraint_name ?? cause.message;
  }
}

/**
 * Which constraint refuses a statement that would change stored rows; undefined when none does. Nothing is changed
 * either way.
 */
export async function refusedBy(owner: postgres.Sql, statement: string): Promise<string | undefined> {
  const undone = new Error('undone');
  try {
    await owner.begin(async (tx) => {
      const { count } = await tx.unsafe(statement);
      throw count === 0 ? new Error('The statement meets no row.') : undone;
    });
  } catch (error) {
    if (error === undone) return undefined;
    const { constraint_name: constraint } = error as postgres.PostgresError;
    if (!constraint) throw error;
    return constraint;
  }
}
