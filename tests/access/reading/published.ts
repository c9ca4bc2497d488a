import { testDay } from '../../support/graph.ts';
import type { RawRow } from './district.ts';

/**
 * Record types that are open to outsiders by some published fact, with the day from which a row is public; null: every
 * row is. Read in dossier §3: a penalty has a day of publication, a school licence is public as a licence, not as the
 * application for one; of all others the dossier says that the thing itself is a public fact.
 */
export const openTypes: ReadonlyMap<string, string | null> = new Map([
  ['BusinessLicence', null],
  ['CommunitySafetyActivity', null],
  ['ConstructionEnterprise', null],
  ['ConstructionPenalty', 'publishedOn'],
  ['ConstructionSite', null],
  ['Employer', null],
  ['HealthEducationSession', null],
  ['LegalEducationActivity', null],
  ['LiaisonOffice', null],
  ['Market', null],
  ['MigrantSchool', null],
  ['NormativeDocument', null],
  ['OrgUnit', null],
  ['PolicyMeasure', null],
  ['SchoolLicence', 'validFrom'],
  ['SiteSubcontract', null],
  ['StaffingPost', null],
]);

/** Whether a row is public by the day of the test; an assessment's ranking comes after its publication (dossier §6.2, G1). */
export function isPublic(type: string, row: RawRow): boolean {
  const day = type === 'PublishedAssessment' ? 'publishedOn' : openTypes.get(type);
  if (day == null) return true;
  return typeof row[day] === 'string' && row[day] <= testDay;
}
