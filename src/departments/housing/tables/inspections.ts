import { sql } from 'drizzle-orm';
import { check, index, text } from 'drizzle-orm/pg-core';
import { belongsTo, day, territory } from '../../../store/columns.ts';
import { everyLevel, placeIndexes } from '../../../store/value-columns.ts';
import { code, codeList, recordTables } from '../../record-table.ts';
import { dwellings } from './dwellings.ts';

const table = recordTables('housing');

/** Patrols (dossier §3.3 PropertyInspection); the territory is the dwelling's. */
export const propertyInspections = table(
  'property_inspections',
  {
    dwellingId: belongsTo('dwelling_id', () => dwellings.id),
    inspectedOn: day('inspected_on').notNull(),
    // A coordinator or an officer; to the coordinator it is a row of its own.
    inspectedBy: text('inspected_by').notNull(),
    findings: codeList('findings', 'InspectionFinding').notNull(),
    severity: code('severity', 'Severity').notNull().default('LOW'),
    rectifyBy: day('rectify_by'),
    rectifiedOn: day('rectified_on'),
    photoRefs: text('photo_refs').array(),
    ...territory(),
  },
  (t) => [
    check(
      'property_inspections_findings_given',
      sql`cardinality(${t.findings}) >= 1 and (cardinality(${t.findings}) = 1 or not 'NONE' = any(${t.findings}))`,
    ),
    check('property_inspections_rectify', sql`${t.rectifyBy} >= ${t.inspectedOn}`),
    check('property_inspections_rectified', sql`${t.rectifiedOn} >= ${t.inspectedOn}`),
    index('property_inspections_dwelling').on(t.dwellingId, t.inspectedOn, t.id),
    ...placeIndexes(t, t.inspectedOn, everyLevel),
    index('property_inspections_by').on(t.inspectedBy, t.inspectedOn, t.id),
    index('property_inspections_on').on(t.inspectedOn, t.id),
    index('property_inspections_rectify_order').on(t.rectifyBy, t.id),
  ],
);
