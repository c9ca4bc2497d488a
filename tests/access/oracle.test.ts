import { getTableColumns } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { departments } from '../../src/departments/index.ts';
import type { ViewerCode } from '../../src/identity/viewers.ts';
import { openSetting, type Setting } from './asking/setup.ts';
import { masked } from './reading/masks.ts';
import { unrecorded } from './unrecorded.ts';

let setting: Setting;

beforeAll(async () => {
  setting = await openSetting();
});
afterAll(() => setting.graph.close());

test('the oracle knows every coordinate of every record type that the server offers', () => {
  const { graph, oracle } = setting;
  const served = [...graph.graph.model.keys()].flatMap((name) => {
    const type = graph.graph.bare.getType(name);
    return isObjectType(type) ? Object.keys(type.getFields()).map((field) => `${name}.${field}`) : [];
  });
  // What is derived from the do-matrix has its own second reading (tests/doing).
  for (let i = served.length - 1; i >= 0; i--) {
    const [type = '', field = ''] = served[i]!.split('.');
    const holder = graph.graph.model.get(type)?.fields.get(field);
    if (holder?.kind === 'held' && field !== 'provenance') served.splice(i, 1);
  }
  // What is below it is of other fields: provenance.test.ts asks both as every viewer.
  expect(served.splice(served.indexOf('Migrant.provenance'), 1)).toEqual(['Migrant.provenance']);
  const known = [...oracle.types.values()].flatMap((type) =>
    ['id', ...type.fields.keys()].map((field) => `${type.name}.${field}`),
  );
  expect(known.sort()).toEqual(served.sort());
});

// Read off the dossier by hand, so that a mistake in reading the files does not go unseen.
describe('the oracle says what the dossier says', () => {
  const clear = { kind: 'CLEAR', own: false };
  test.each<[ViewerCode, string, string, object]>([
    ['PSB', 'Migrant', 'citizenIdNumber', clear],
    ['SUB', 'Migrant', 'citizenIdNumber', { kind: 'MASK', mask: 'LAST_FOUR', own: false }],
    ['HLR', 'Migrant', 'citizenIdNumber', { kind: 'MASK', mask: 'LAST_FOUR', own: true }],
    ['ITC', 'Migrant', 'name', { kind: 'DENIED', group: 'IDENTITY_BASICS', reason: 'NOT_GRANTED' }],
    ['LGR', 'Migrant', 'name', { kind: 'DENIED', group: 'IDENTITY_BASICS', reason: 'AGGREGATES_ONLY' }],
    ['SVC', 'Migrant', 'name', { kind: 'MASK', mask: 'NAME', own: false }],
    ['STN', 'Migrant', 'ethnicity', { kind: 'NULL', own: false }],
    ['HLR', 'Lease', 'monthlyRent', clear],
    ['SUB', 'Lease', 'monthlyRent', { kind: 'NULL', own: false }],
    ['CAC', 'Lease', 'monthlyRent', { kind: 'CLEAR', own: true }],
    ['LSS', 'Lease', 'monthlyRent', { kind: 'DENIED', group: 'LEASE_TERMS', owner: 'HOUSING' }],
    ['POP', 'ResidencePermit', 'validTo', { kind: 'NULL', own: false }],
    ['POP', 'ResidencePermit', 'isValidOn', clear],
    ['SUB', 'PoliceCase', 'caseNo', { kind: 'SILENT' }],
    ['STN', 'PoliceCase', 'caseNo', { kind: 'CLEAR', own: true }],
    ['LGR', 'Employer', 'name', clear],
  ])('%s at %s.%s', (viewer, type, field, sight) => {
    expect(setting.oracle.sight(viewer, setting.oracle.type(type).fields.get(field)!)).toMatchObject(sight);
  });

  test.each([
    ['NAME', '王小明', '王**'],
    ['NAME', '欧阳小明', '欧阳**'],
    ['NAME', '欧阳', '欧*'],
    ['LAST_FOUR', '34999919850612123X', '**************123X'],
    ['LAST_FOUR', '1234', '****'],
    ['PHONE', '13812345678', '138****5678'],
    ['PHONE', '021-52564588', '************'],
    ['COUNTY', '340122', '340122'],
  ])('%s of %s is %s', (mask, value, shown) => {
    expect(masked(mask, value)).toBe(shown);
  });
});

/** A complainant is the labour bureau's alone, wherever the person lives. */
const withoutPlace = new Set(['ArrearsComplainant']);

test('a table whose rows carry a territory or a shield declares it as its scope', () => {
  const { district } = setting;
  const faults: string[] = [];
  for (const { records } of departments)
    for (const [name, { table }] of Object.entries(records)) {
      const scope = district.scope(name);
      const columns = Object.entries(getTableColumns(table) as Record<string, PgColumn>);
      const carries = (column: string) => {
        const [property, found] = columns.find(([, c]) => c.name === column) ?? [];
        return found && district.rows(name).some((row) => row[property ?? ''] != null) ? property : undefined;
      };
      if (carries('shielded') !== scope.shield?.by) faults.push(`${name}: shielded`);
      // Units of the district are known to everybody.
      if (scope.everywhere || withoutPlace.has(name)) continue;
      const { place } = scope;
      if (carries('subdistrict_code') && !place) faults.push(`${name}: subdistrict_code`);
      if (carries('station_code') && !place?.station) faults.push(`${name}: station_code`);
      if (carries('neighbourhood_code') && !place?.neighbourhood) faults.push(`${name}: neighbourhood_code`);
    }
  expect(faults).toEqual([]);
});

/** Why the synthetic district records nothing at some coordinates. */
const withoutValue: Readonly<Record<string, readonly string[]>> = {
  'it comes with writing, and the district was loaded': [
    'AccessGrant.consentOn',
    'AidCase.decision',
    'BusinessLicence.decision',
    'CommerceCase.fineAmount',
    'CommerceCase.hearingOn',
    'CommerceCase.officers',
    'LeaseFiling.materials',
    'LeaseFiling.missingMaterials',
    'LeaseFiling.supplementBy',
    'QualificationCheck.decision',
    'Visit.arrivals',
    'Visit.departures',
    'WageArrearsCase.clockStoppedOn',
    'WageArrearsCase.extendedOn',
    'WageArrearsCase.referralConsentedOn',
    'WomenRightsCase.referralConsentOn',
    'WomenRightsCase.referredTo',
    'YouthHelpPlan.comesOfAgeOn',
  ],
  'no grant is in force on the day of the district': [
    ...[
      'approvedBy',
      'asOf',
      'createdAt',
      'createdBy',
      'fieldGroup',
      'grantee',
      'legalBasis',
      'owner',
      'purpose',
      'recordRef',
      'recordVersion',
      'requestedBy',
      'secondApprovedBy',
      'sourceSystem',
      'status',
      'updatedAt',
      'validTo',
    ].map((field) => `AccessGrant.${field}`),
    ...[
      'asOf',
      'askedBy',
      'askingUnit',
      'coordinates',
      'createdAt',
      'createdBy',
      'decidedBy',
      'document',
      'fieldGroups',
      'format',
      'maskedFields',
      'owners',
      'purpose',
      'recordType',
      'recordVersion',
      'rows',
      'rowsTaken',
      'sourceSystem',
      'status',
      'stoppedBecause',
      'updatedAt',
      'validUntil',
    ].map((field) => `ExportRequest.${field}`),
    ...[
      'asOf',
      'createdAt',
      'createdBy',
      'grant',
      'grantee',
      'outbreak',
      'recordVersion',
      'sourceSystem',
      'updatedAt',
    ].map((field) => `OutbreakGrant.${field}`),
    'OutbreakResponse.grants',
  ],
  'units, posts, memberships and secondments of the district all last': [
    'Appointment.endsOn',
    'CoordinatorSecondment.endsOn',
    'Guardianship.endsOn',
    'HouseholdMember.endsOn',
    'OrgUnit.activeTo',
  ],
  'nobody has signed in, announced a departure, or stands in the register twice': [
    'Migrant.mergedInto',
    'ResidenceRegistration.departedOn',
    'UserAccount.lastLoginAt',
  ],
  'no refusal has been undone': ['PermitApplication.reviewRef'],
  'leases are let by their owners, not sublet': [
    'Lease.agent',
    'Lease.subleaseConsentedOn',
    'Lease.subleaseOf',
  ],
  'no case of arrears has been decided or handed to a court': [
    'CaseReferral.toOther',
    'WageArrearsCase.amountConfirmed',
    'WageArrearsCase.amountRecovered',
    'WageArrearsCase.closedOn',
    'WageArrearsCase.decision',
  ],
  'no person of the district has asked for these to be put right': [
    'CorrectionRequest.claimedBirthDate',
    'CorrectionRequest.claimedCitizenIdNumber',
    'CorrectionRequest.claimedDwelling',
    'CorrectionRequest.claimedMaritalStatus',
    'CorrectionRequest.claimedSex',
  ],
  'details that no form of the district asks for': [
    'CoordinatorAssignment.buildings',
    'Dwelling.livingArea',
    'PropertyInspection.photoRefs',
  ],
};

test('coordinates at which nothing is recorded, so that a refusal shows nothing, are known by name', () => {
  expect([...unrecorded(setting)].sort()).toEqual(Object.values(withoutValue).flat().sort());
});
