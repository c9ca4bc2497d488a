import { sql } from 'drizzle-orm';
import { check, date, index, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { instant, personTerritory, provenance } from '../../../store/columns.ts';
import * as codes from '../codes.ts';
import { permits } from '../pg-schema.ts';

/**
 * A residence permit (dossier §3.2 ResidencePermit, states §5.2). How long a type runs is dated configuration
 * (dossier A.10), not a check.
 */
export const residencePermits = permits.table(
  'residence_permits',
  {
    id: uuid('id').primaryKey(),
    permitNo: text('permit_no').notNull().unique(),
    holderId: uuid('holder_id').notNull(),
    type: text('type', { enum: codes.permitTypes }).notNull(),
    validFrom: date('valid_from', { mode: 'string' }).notNull(),
    validTo: date('valid_to', { mode: 'string' }).notNull(),
    status: text('status', { enum: codes.permitStatuses }).notNull().default('ACTIVE'),
    // Since when a permit whose term was still running has had no force; says what isValidOn(date) needs.
    endedOn: date('ended_on', { mode: 'string' }),
    registeredDwellingId: uuid('registered_dwelling_id'),
    issuedByUnit: text('issued_by_unit').notNull().default('PT-PSB'),
    ...personTerritory(),
    ...provenance(),
  },
  (t) => [
    check('residence_permits_no_form', sql`${t.permitNo} ~ '^[0-9A-Z]{10,20}$'`),
    check('residence_permits_type_code', codes.oneOf(t.type, codes.permitTypes)),
    check('residence_permits_status_code', codes.oneOf(t.status, codes.permitStatuses)),
    check('residence_permits_term', sql`${t.validFrom} <= ${t.validTo}`),
    check(
      'residence_permits_ended_on',
      sql`(${t.status} in (${codes.listOf(codes.endedPermitStatuses)})) = (${t.endedOn} is not null) and ${t.endedOn} >= ${t.validFrom}`,
    ),
    uniqueIndex('residence_permits_one_active').on(t.holderId).where(sql`${t.status} = 'ACTIVE'`),
    // With what the row scope looks at, so that a look at a person's permits reads the index alone.
    index('residence_permits_holder').on(t.holderId, t.validTo, t.id, t.subdistrictCode, t.shielded),
    index('residence_permits_dwelling').on(t.registeredDwellingId, t.id),
    index('residence_permits_subdistrict').on(t.subdistrictCode, t.validTo, t.id),
    index('residence_permits_station').on(t.stationCode, t.validTo, t.id),
    index('residence_permits_neighbourhood').on(t.neighbourhoodCode, t.validTo, t.id),
    index('residence_permits_valid_to').on(t.validTo, t.id),
    // For persons in the order of their permits (src/graph/reads/ordered-walk.ts).
    index('residence_permits_persons').on(t.validTo, t.holderId, t.id, t.shielded),
    index('residence_permits_subdistrict_persons').on(
      t.subdistrictCode,
      t.validTo,
      t.holderId,
      t.id,
      t.shielded,
    ),
    index('residence_permits_valid_from').on(t.validFrom, t.id),
  ],
);

/** What happened to a permit (dossier §3.2 PermitEvent): rows are added, never changed or removed. */
export const permitEvents = permits.table(
  'permit_events',
  {
    id: uuid('id').primaryKey(),
    permitId: uuid('permit_id')
      .notNull()
      .references(() => residencePermits.id),
    kind: text('kind', { enum: codes.permitEventKinds }).notNull(),
    occurredAt: instant('occurred_at').notNull(),
    byUser: text('by_user').notNull(),
    reason: text('reason', { enum: codes.permitEventReasons }),
    ...provenance(),
  },
  (t) => [
    check('permit_events_kind_code', codes.oneOf(t.kind, codes.permitEventKinds)),
    check('permit_events_reason_code', codes.oneOf(t.reason, codes.permitEventReasons)),
    check(
      'permit_events_cancellation_has_reason',
      sql`${t.kind} <> 'CANCELLED' or coalesce(${t.reason}, '') in (${codes.listOf(codes.cancellationReasons)})`,
    ),
    check(
      'permit_events_revocation_has_reason',
      sql`${t.kind} <> 'REVOKED' or coalesce(${t.reason}, '') = 'FALSE_MATERIALS'`,
    ),
    index('permit_events_permit').on(t.permitId, t.occurredAt, t.id),
  ],
);
