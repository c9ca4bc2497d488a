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
