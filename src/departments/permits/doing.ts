import { sql } from 'drizzle-orm';
import type { DepartmentDoing, RowColumn } from '../../contract/doing/department-doing.ts';
import { formatApplicationNumber } from '../../identifiers/application-number.ts';
import {
  permitApplications as applications,
  applicationMaterials as materials,
  departmentOpinions as opinions,
} from './tables.ts';

const ofIt = (row: RowColumn) => sql`${materials.applicationId} = ${row(applications.id)}`;

/** Conditions and effects of residence-permit applications (dossier §5.1). */
export const doing: DepartmentDoing = {
  guards: {
    PermitApplication: {
      materialsListed: {
        holds: (row) =>
          sql`exists (select 1 from ${materials} where ${ofIt(row)}) and not exists (select 1 from ${materials} where ${ofIt(row)} and ${materials.state} in ('REQUIRED', 'DEFICIENT'))`,
        en: 'Some materials are still required or to be completed.',
        zh: '尚有材料未提交或需补正。',
      },
      somethingDeficient: {
        holds: (row) =>
          sql`exists (select 1 from ${materials} where ${ofIt(row)} and ${materials.state} in ('REQUIRED', 'DEFICIENT'))`,
        en: 'Mark first what is missing: no material is required or to be completed.',
        zh: '请先标明所缺材料。',
      },
      notAskedBefore: {
        holds: (row) =>
          sql`not exists (select 1 from access.record_events e where e.record_type = 'PermitApplication' and e.record_id = ${row(applications.id)}::text and e.event = 'requestSupplement')`,
        en: 'What is missing is asked for once, in writing.',
        zh: '补正要求只能一次性书面告知。',
      },
      noOpinionPending: {
        holds: (row) =>
          sql`not exists (select 1 from ${opinions} where ${opinions.applicationId} = ${row(applications.id)} and ${opinions.result} = 'PENDING')`,
        en: 'Some opinions are still to be given.',
        zh: '尚有部门意见未出具。',
      },
      notByCertificateAlone: {
        holds: (row) =>
          sql`exists (select 1 from ${opinions} where ${opinions.applicationId} = ${row(applications.id)} and ${opinions.result} = 'NOT_SUPPORTED' and ${opinions.kind} <> 'CERTIFICATE') or not exists (select 1 from ${opinions} where ${opinions.applicationId} = ${row(applications.id)} and ${opinions.result} = 'NOT_SUPPORTED')`,
        en: 'The result of the certificate check alone is no ground for a refusal.',
        zh: '仅凭婚育证查验结果不得作出不予批准决定。',
      },
      notReturnedBefore: {
        holds: (row) =>
          sql`not exists (select 1 from access.record_events e where e.record_type = 'PermitApplication' and e.record_id = ${row(applications.id)}::text and e.event = 'returnForReview')`,
        en: 'An application is returned for review once.',
        zh: '申请只能退回复核一次。',
      },
    },
  },
  effects: {
    async openOpinions({ id }, system) {
      const row = await system.row('PermitApplication', id);
      if (row) await system.change('PermitApplication', id, 'startReview');
    },
  },
  fills: {
    assignApplicationNo: {
      sets: ['applicationNo'],
      async fill({ unit, today }, system) {
        const code = /(\d{3})$/.exec(unit)?.[1] ?? '000';
        const start = `310107${code}${today.replaceAll('-', '')}`;
        const [last] = await system.rows<{ serial: number | null }>(
          'permits',
          sql`select max(right(${applications.applicationNo}, 4))::int as serial from ${applications} where ${applications.applicationNo} like ${`${start}%`}`,
        );
        const serial = Number(last?.serial ?? 0) + 1;
        return { applicationNo: formatApplicationNumber({ unit: code, acceptedOn: today, serial }) };
      },
    },
  },
};
