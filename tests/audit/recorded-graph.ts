import type { AuditLog, AuditOptions } from '../../src/audit/log.ts';
import { applyPolicy } from '../../src/database/wall/apply.ts';
import { createGraph, type Graph } from '../../src/schema.ts';
import { sharedDatabaseUrl } from '../support/database.ts';
import { createTestGraph, type TestGraph } from '../support/graph.ts';
import { createLogDatabase, type LogDatabase } from './log-on-a-database.ts';

/** An entry as it stands, without the columns of its chain. */
export interface Entry {
  readonly operation: string;
  readonly person: string;
  readonly viewer: string;
  readonly unit: string;
  readonly posts: readonly string[];
  readonly purpose: string | null;
  readonly client: string | null;
  readonly coordinates: readonly string[];
  readonly groups: readonly string[];
  readonly denied: readonly string[];
  readonly subjects: readonly string[];
  readonly verdict: string;
  readonly isMasked: boolean;
  readonly rowCount: number;
}

/** The graph over a district, the shared one where none is given, with an access log on a database of its own. */
export interface RecordedGraph extends TestGraph {
  readonly log: AuditLog;
  readonly database: LogDatabase;
  /** Entries since the last call, oldest first. */
  entries(): Promise<readonly Entry[]>;
  /** The tokens of records, as texts. */
  tokens(type: string, ids: readonly string[]): readonly string[];
}

export async function createRecordedGraph(
  options: Partial<AuditOptions> = {},
  graphOfAll: Graph = createGraph(),
  district: string = sharedDatabaseUrl(),
): Promise<RecordedGraph> {
  const database = await createLogDatabase();
  const log = await database.open(options);
  await applyPolicy(graphOfAll.wall, { owner: database.sql, ownerUrl: database.url, stores: ['audit'] });
  const graph = createTestGraph(
    district,
    (store) => (store === 'audit' ? database.url : district),
    graphOfAll,
    log,
  );
  let seen = 0;
  return {
    ...graph,
    log,
    database,
    async entries() {
      const rows = await database.sql<(Entry & { seq: string })[]>`
        select seq, operation, person, viewer, acting_unit_id as unit, posts, purpose, client, coordinates,
          field_groups as groups, denied_groups as denied, subjects::text[] as subjects, verdict, is_masked as "isMasked",
          row_count as "rowCount"
        from audit.entries where seq > ${seen} order by seq`;
      seen = Number(rows.at(-1)?.seq ?? seen);
      return rows.map(({ seq: _, ...entry }) => entry);
    },
    tokens: (type, ids) => {
      const bytes = log.tokensOf([[type, ids]]);
      return ids.map((_, i) => String(bytes.readBigInt64BE(i * 8)));
    },
    async close() {
      await graph.close();
      await log.close();
      await database.drop();
    },
  };
}

/** The local id in a global one. */
export const localId = (id: string): string => Buffer.from(id, 'base64url').toString().split(':')[1] ?? '';
export const globalId = (type: string, id: string): string =>
  Buffer.from(`${type}:${id}`).toString('base64url');
