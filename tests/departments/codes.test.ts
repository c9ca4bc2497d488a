import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EnumTypeDefinitionNode, Kind, parse } from 'graphql';
import { expect, test } from 'vitest';
import { codes as comprehensiveManagement } from '../../src/departments/comprehensive-management/codes.ts';
import { codes as familyPlanning } from '../../src/departments/family-planning/codes.ts';
import { codes as finance } from '../../src/departments/finance/codes.ts';
import { codes as informatisation } from '../../src/departments/informatisation/codes.ts';
import { codes as legalAffairs } from '../../src/departments/legal-affairs/codes.ts';
import { codes as personnel } from '../../src/departments/personnel/codes.ts';
import { codes as planning } from '../../src/departments/planning/codes.ts';
import { codes as populationOffice } from '../../src/departments/population-office/codes.ts';

/** Codes of departments by file of the contract, and the enums of derived values, which no column holds. */
const kept: Readonly<Record<string, readonly [Readonly<Record<string, readonly string[]>>, ...string[]]>> = {
  'family-planning': [familyPlanning, 'CertificateWindowResult'],
  'comprehensive-management': [comprehensiveManagement],
  finance: [finance],
  informatisation: [informatisation],
  'legal-affairs': [legalAffairs],
  personnel: [personnel],
  planning: [planning],
  'population-office': [populationOffice, 'UnitGrade'],
};

test.each(Object.entries(kept))(
  'the contract and the checks of %s know the same codes',
  (file, [codes, ...derived]) => {
    const sdl = parse(readFileSync(join(import.meta.dirname, `../../schema/${file}.graphql`), 'utf8'));
    const enums = sdl.definitions
      .filter((d): d is EnumTypeDefinitionNode => d.kind === Kind.ENUM_TYPE_DEFINITION)
      .filter((d) => !derived.includes(d.name.value))
      .map((d) => [d.name.value, d.values?.map((v) => v.name.value)]);
    expect(codes).toEqual(Object.fromEntries(enums));
  },
);
