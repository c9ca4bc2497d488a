import type postgres from 'postgres';
import type { Sql } from 'postgres';
import { connectTo } from '../store/connect.ts';
import { wireTypes } from '../store/wire-types.ts';

/** Connects as the log's role. @param deadlineMs the server's longest time for a statement */
export function connectAudit(url: string, deadlineMs: number, max: number): Sql {
  return connectTo(url, {
    max,
    backoff: () => 0.1,
    connect_timeout: 2,
    fetch_types: false,
    onnotice: () => {},
    types: wireTypes,
    connection: {
      application_name: 'laihu audit',
      TimeZone: 'UTC',
      // Committed means on disk, whatever the server's own setting is.
      synchronous_commit: 'on',
      statement_timeout: deadlineMs,
    },
  } as unknown as postgres.Options<Record<string, postgres.PostgresType>>);
}
