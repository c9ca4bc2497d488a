import { type SQL, sql } from 'drizzle-orm';
import type { DepartmentDoing, RowColumn } from '../../contract/doing/department-doing.ts';
import { ageOn, birthdayAt, placeOfLink } from '../place-fills.ts';
import { governanceActions as actions, governanceMatters as matters } from './tables.ts';

const hasAction = (row: RowColumn, such: SQL = sql`true`) =>
  sql`exists (select 1 from ${actions} where ${actions.matterId} = ${row(matters.id)} and ${such})`;
const ofMatter = (row: RowColumn, condition: SQL) =>
  sql`exists (select 1 from ${matters} where ${matters.id} = ${row(actions.matterId)} and ${condition})`;
const isDone = sql`${actions.doneOn} is not null`;

/** Conditions, fills and effects of comprehensive management (dossier §3.12, §5.4). */
export const doing: DepartmentDoing = {
  guards: {
    GovernanceMatter: {
      ownUnitTakesPart: {
        holds: (row) => sql`${sql.placeholder('unit')} = any(${row(matters.participantCodes)})`,
        en: 'Your unit must be among those that take part.',
        zh: '本单位须为参加单位。',
      },
      hasAction: { holds: (row) => hasAction(row), en: 'No action is assigned yet.', zh: '尚未分派措施。' },
      hasNoAction: {
        holds: (row) => sql`not ${hasAction(row)}`,
        en: 'Actions are assigned: the matter goes its way.',
        zh: '已分派措施，须按程序办理。',
      },
      anyActionDone: {
        holds: (row) => hasAction(row, isDone),
        en: 'No action is done yet.',
        zh: '尚无措施完成。',
      },
      allActionsDone: {
        holds: (row) => sql`${hasAction(row)} and not ${hasAction(row, sql`not ${isDone}`)}`,
        en: 'Some actions are not done yet.',
        zh: '尚有措施未完成。',
      },
    },
    GovernanceAction: {
      matterUnderWay: {
        holds: (row) => ofMatter(row, sql`${matters.status} in ('OPEN', 'ASSIGNED', 'IN_PROGRESS')`),
        en: 'The matter is no longer under way.',
        zh: '该事项已不在办理中。',
      },
      unitTakesPart: {
        holds: (row) => ofMatter(row, sql`${row(actions.unitId)} = any(${matters.participantCodes})`),
        en: 'This unit does not take part in the matter.',
        zh: '该单位不是参加单位。',
      },
      actionOpen: {
        holds: (row) => sql`${row(actions.doneOn)} is null`,
        en: 'The action is done already.',
        zh: '该措施已完成。',
      },
    },
  },
  fills: {
    placeOfMatter: placeOfLink,
    ageOfYoung: {
      sets: ['ageAtStart', 'comesOfAgeOn'],
      async fill({ given }, system) {
        const young = await system.row('Migrant', String(given.youngId));
        const born = String(young?.birthDate);
        const ageAtStart = ageOn(born, String(given.startsOn));
        if (!young || !(ageAtStart >= 6 && ageAtStart <= 17))
          return {
            path: ['youngId'],
            en: 'Help is for those of 6 to 17 years.',
            zh: '帮教对象须为6至17周岁。',
          };
        return { ageAtStart, comesOfAgeOn: birthdayAt(born, 18) };
      },
    },
  },
  effects: {
    // The officer sees no sealed plan, so it is the system that seals it.
    async sealPlan({ id }, system) {
      await system.change('YouthHelpPlan', id, 'sealAsAsked');
    },
    // Each step happens where its condition holds, so that this may run as often as it likes.
    async advanceMatter({ id }, system) {
      const action = await system.row('GovernanceAction', id);
      if (!action) return;
      for (const event of ['assign', 'begin', 'finish'])
        await system.change('GovernanceMatter', String(action.matterId), event);
    },
  },
};
