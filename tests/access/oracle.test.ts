import { getTableColumns } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { departments } from '../../src/departments/index.ts';
import type { ViewerCode } from '../../src/identity/viewers.ts';
import { openSetting, type Setting } from './asking/setup.ts';
import type { Sight } from './oracle.ts';
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
  const known = [...oracle.types.values()].flatMap((type) =>
    ['id', ...type.fields.keys()].map((field) => `${type.name}.${field}`),
  );
  expect(known.sort()).toEqual(served.sort());
});

// Read off the dossier by hand, so that a mistake in reading the files does not go unseen.
describe('the oracle says what the dossier says', () => {
  const clear = { kind: 'CLEAR', own: false };
  test.each<[ViewerCode, string, string, Partial<Sight>]>([
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

test('a table that carries a territory or a shield declares it as its scope', () => {
  const faults: string[] = [];
  for (const { records } of departments)
    for (const [name, { table, scope }] of Object.entries(records)) {
      const columns = Object.values(getTableColumns(table) as Record<string, PgColumn>);
      const named = (column: string) => columns.find((c) => c.name === column);
      const { territory } = scope;
      if (named('shielded') && scope.shielded !== named('shielded')) faults.push(`${name}: shielded`);
      // Units know no territory of their own: everybody may see them.
      if (scope.everywhere) continue;
      if (named('subdistrict_code') && !territory) faults.push(`${name}: subdistrict_code`);
      if (named('station_code') && territory?.station !== named('station_code'))
        faults.push(`${name}: station_code`);
      if (named('neighbourhood_code') && territory && !territory.neighbourhood)
        faults.push(`${name}: neighbourhood_code`);
    }
  expect(faults).toEqual([]);
});

/** Coordinates at which the synthetic district records nothing, and why that is so. */
const withoutValue: Readonly<Record<string, string>> = {
};

test('coordinates at which nothing is recorded, so that a refusal shows nothing, are known by name', () => {
  expect([...unrecorded(setting)].sort()).toEqual(Object.keys(withoutValue).sort());
});
