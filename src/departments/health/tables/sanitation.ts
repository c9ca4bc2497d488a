import { sql } from 'drizzle-orm';
import { check, index, integer, text, uuid } from 'drizzle-orm/pg-core';
import { oneOf } from '../../../store/code-check.ts';
import { day } from '../../../store/columns.ts';
import {
  findingsCheck,
  place,
  placeCheck,
  placeIndexes,
  rectification,
  rectificationCheck,
} from '../../../store/value-columns.ts';
import { codesOf } from '../../enum-codes.ts';
import { code, recordTables } from '../../record-table.ts';

const table = recordTables('health');

/** Visits to sites, employers, dormitories, markets, schools (dossier §3.7 EpidemicSiteVisit). */
export const epidemicSiteVisits = table(
  'epidemic_site_visits',
  {
    ...place(),
    visitedOn: day('visited_on').notNull(),
    officers: text('officers').array().notNull(),
    assistedById: uuid('assisted_by_id'),
    workersPresent: integer('workers_present'),
    findings: text('findings').array().notNull(),
    ...rectification(),
  },
  (t) => [
    placeCheck('epidemic_site_visits_place', t),
    check(
      'epidemic_site_visits_kind',
      oneOf(t.placeKind, ['CONSTRUCTION_SITE', 'EMPLOYER', 'DORMITORY', 'MARKET', 'SCHOOL']),
    ),
    check('epidemic_site_visits_officers', sql`cardinality(${t.officers}) >= 1`),
    check('epidemic_site_visits_workers', sql`${t.workersPresent} >= 0`),
    findingsCheck('epidemic_site_visits_findings', t.findings, codesOf('SanitationFinding')),
    rectificationCheck('epidemic_site_visits_rectify', t.visitedOn, t),
    ...placeIndexes(t, t.visitedOn),
    index('epidemic_site_visits_site').on(t.siteId, t.visitedOn, t.id),
    index('epidemic_site_visits_employer').on(t.employerId, t.visitedOn, t.id),
    index('epidemic_site_visits_school').on(t.schoolId, t.visitedOn, t.id),
    index('epidemic_site_visits_assisted').on(t.assistedById, t.visitedOn, t.id),
    index('epidemic_site_visits_dwelling').on(t.dwellingId),
    index('epidemic_site_visits_visited').on(t.visitedOn, t.id),
    index('epidemic_site_visits_rectify_order').on(t.rectifyBy, t.id),
  ],
);

/** Sessions of health education (dossier §3.7 HealthEducationSession), published. */
export const healthEducationSessions = table(
  'health_education_sessions',
  {
    topic: code('topic', 'HealthTopic').notNull(),
    ...place(),
    occurredOn: day('occurred_on').notNull(),
    attendance: integer('attendance'),
  },
  (t) => [
    placeCheck('health_education_sessions_place', t),
    check('health_education_sessions_attendance', sql`${t.attendance} >= 0`),
    index('health_education_sessions_occurred').on(t.occurredOn, t.id),
  ],
);
