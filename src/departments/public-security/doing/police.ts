import { sql } from 'drizzle-orm';
import type { DepartmentDoing } from '../../../contract/doing/department-doing.ts';
import { today } from '../../../store/today.ts';
import { policeCases as cases, migrants, policeCaseParties as parties } from '../tables.ts';

/** Recorded cases and the persons in them (dossier §5.4). */
export const policeDoing: DepartmentDoing = {
  guards: {
    PoliceCase: {
      caseAcceptedByToday: {
        holds: (row) => sql`${row(cases.acceptedOn)} <= ${today}`,
        after: true,
        field: 'acceptedOn',
        en: 'A case is recorded once it is accepted: the day lies ahead.',
        zh: '立案日期不得晚于今天。',
      },
    },
    PoliceCaseParty: {
      ofAgeWhenAccepted: {
        holds: (row) =>
          sql`${row(parties.personId)} is null or exists (select 1 from ${migrants}, ${cases} where ${migrants.id} = ${row(parties.personId)} and ${cases.id} = ${row(parties.policeCaseId)} and ${migrants.birthDate} <= ${cases.acceptedOn} - interval '18 years')`,
        after: true,
        field: 'person',
        en: 'This person was under 18: the youth officer records it.',
        zh: '该人员未满十八周岁，由未成年人案件民警登记。',
      },
      roleIsNotVictim: {
        holds: (row) => sql`${row(parties.role)} <> 'VICTIM'`,
        after: true,
        field: 'role',
        en: 'Victims are recorded apart from the other parties.',
        zh: '被害人应另行登记。',
      },
    },
  },
};
