import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  customType,
  index,
  integer,
  pgSchema,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { oneOf } from '../store/code-check.ts';
import { instant } from '../store/columns.ts';
import { operations, verdicts } from './event.ts';

/** The schema of the access log, on one server. The migrator makes it, so drizzle-kit must not see it. */
const audit = pgSchema('audit');

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

/** The columns of an entry that the graph shows as they are. */
export const entryColumns = () => ({
  /** UUIDv7: the order of ids is the order of time. */
  id: uuid('id').primaryKey(),
  occurredAt: instant('occurred_at').notNull(),
  operation: text('operation').notNull(),
  person: text('person').notNull(),
  viewer: text('viewer').notNull(),
  actingUnitId: text('acting_unit_id').notNull(),
  posts: text('posts').array().notNull(),
  purpose: text('purpose'),
  client: text('client'),
  coordinates: text('coordinates').array().notNull(),
  fieldGroups: text('field_groups').array().notNull(),
  deniedGroups: text('denied_groups').array().notNull(),
  isMasked: boolean('is_masked').notNull(),
  rowCount: integer('row_count').notNull(),
});

/**
 * The access log: one row for each request that read about persons, one chain for each process
 * (docs/operations.md). The hash of a row is over all its other columns, in the order of `entry-bytes.ts`.
 * `prev` is the hash of the row before. In the first row of a chain it is the hash of the last row of the
 * chain before, which `prior_chain` and `prior_seq` name. Triggers refuse every change of existing rows
 * (migrations/audit).
 */
export const entries = audit.table(
  'entries',
  {
    prev: bytea('prev').notNull(),
    chain: uuid('chain').notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    ...entryColumns(),
    /** Keyed hashes of record type and id, 64 bits each; never an id or a value (dossier §6.6, 12). */
    subjects: bigint('subjects', { mode: 'bigint' }).array().notNull(),
    verdict: text('verdict'),
    priorChain: uuid('prior_chain'),
    priorSeq: bigint('prior_seq', { mode: 'number' }),
    hash: bytea('hash').notNull(),
  },
  (t) => [
    unique('entries_chain_seq').on(t.chain, t.seq),
    // No two entries follow the same one: the database refuses a fork.
    unique('entries_chain_prev').on(t.chain, t.prev),
    // Chains stand in one line too: nothing can be put between two of them.
    uniqueIndex('entries_chain_starts')
      .on(sql`coalesce(${t.priorChain}, '00000000-0000-0000-0000-000000000000')`)
      .where(sql`${t.seq} = 0`),
    index('entries_unit').on(t.actingUnitId, t.occurredAt, t.id),
    index('entries_time').on(t.occurredAt, t.id),
    // New tokens wait in a list that autovacuum sorts in. So no insert stops to sort thousands of tokens.
    index('entries_subjects')
      .using('gin', t.subjects)
      .with({ fastupdate: true, gin_pending_list_limit: 262144 }),
    check('entries_seq', sql`${t.seq} >= 0`),
    check('entries_operation_code', oneOf(t.operation, operations)),
    check('entries_verdict_code', oneOf(t.verdict, verdicts)),
    check('entries_start', sql`(${t.operation} = 'CHAIN_STARTED') = (${t.seq} = 0)`),
    check('entries_hashes', sql`length(${t.prev}) = 32 and length(${t.hash}) = 32`),
  ],
);
