import type postgres from 'postgres';
import type { Sql } from 'postgres';
import { connectTo } from '../store/connect.ts';
import { wireTypes } from '../store/wire-types.ts';

/** Connects in the name of the log's role. @param deadlineMs after so long the server gives a statement up */
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
      // Committed means on disk, whatever the server's own setting.
      synchronous_commit: 'on',
      statement_timeout: deadlineMs,
    },
  } as unknown as postgres.Options<Record<string, postgres.PostgresType>>);
}
