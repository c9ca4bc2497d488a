import { sql } from 'drizzle-orm';
import type { DepartmentDoing } from '../../contract/doing/department-doing.ts';
import { numbered, yearOf } from '../place-fills.ts';
import { papers } from './papers.ts';
import { legalAidCases as aidCases } from './tables.ts';

/** Conditions and fills of justice (dossier §3.13, §5.4). */
export const doing: DepartmentDoing = {
  guards: {
    LegalAidCase: {
      // Claims for wages and injuries at work need no proof of hardship.
      hardshipShown: {
        holds: (row) =>
          sql`${row(aidCases.hardshipProof)} or ${row(aidCases.matter)} in ('WAGES', 'WORK_INJURY')`,
        en: 'A proof of hardship is still needed.',
        zh: '尚缺经济困难证明。',
      },
    },
  },
  fills: {
    numberMediation: numbered(
      'justice',
      'mediation_cases',
      'case_no',
      'caseNo',
      (filling) => `TJ${yearOf(filling)}`,
      6,
    ),
    numberLegalAid: numbered(
      'justice',
      'legal_aid_cases',
      'case_no',
      'caseNo',
      (filling) => `FY${yearOf(filling)}`,
      6,
    ),
    placeOfCommittee: {
      sets: ['subdistrictCode'],
      async fill({ given }) {
        const [, number] = /^PT-SUB-(\d{3})$/.exec(String(given.committeeId)) ?? [];
        if (number) return { subdistrictCode: `310107${number}` };
        return {
          path: ['committee'],
          en: 'A committee belongs to a sub-district or town.',
          zh: '调解委员会须属街道或镇。',
        };
      },
    },
  },
  papers,
};
