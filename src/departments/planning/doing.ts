import { sql } from 'drizzle-orm';
import type { DepartmentDoing } from '../../contract/doing/department-doing.ts';
import { populationStudies as studies } from './tables.ts';

/** Conditions of plans and studies (dossier §3.19). */
export const doing: DepartmentDoing = {
  guards: {
    PopulationStudy: {
      studyUnpublished: {
        holds: (row) => sql`${row(studies.publishedOn)} is null`,
        en: 'The study is published: it stands as it is.',
        zh: '该研究已公布，不得修改。',
      },
      summaryWritten: {
        holds: (row) => sql`${row(studies.summary)} is not null`,
        en: 'Only a summary is published, and there is none yet.',
        zh: '尚无可公布的摘要。',
      },
    },
  },
};
