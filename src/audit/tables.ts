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

/** The access log; it stands on one server. The migrator makes the schema, so drizzle-kit is not to see it. */
const audit = pgSchema('audit');

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

/** The columns of an entry that the graph shows as they are. */
export const entryColumns = () => ({
  /** UUIDv7, so that the order of ids is that of time. */
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
 * The access log, one row a request that read about persons, one chain a process (docs/operations.md). A row's
 * hash is over all its other columns, in the order of `entry-bytes.ts`; `prev` is the hash of the row before, and
 * in the first row of a chain that of the chain that stood before, which `prior_chain` and `prior_seq` name.
 * Triggers refuse every change of what stands (migrations/audit).
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
    // No two entries follow the same one: a fork is refused by the database.
    unique('entries_chain_prev').on(t.chain, t.prev),
    // Chains stand in one line, too: nothing can be put between two of them.
    uniqueIndex('entries_chain_starts')
      .on(sql`coalesce(${t.priorChain}, '00000000-0000-0000-0000-000000000000')`)
      .where(sql`${t.seq} = 0`),
    index('entries_unit').on(t.actingUnitId, t.occurredAt, t.id),
    index('entries_time').on(t.occurredAt, t.id),
    // Entries wait in a list that autovacuum sorts in: an insert never stops to sort thousands of tokens.
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
