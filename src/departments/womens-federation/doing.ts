import { sql } from 'drizzle-orm';
import { addDays } from '../../contract/deadlines/working-days.ts';
import type { DepartmentDoing } from '../../contract/doing/department-doing.ts';
import { encodeNodeId } from '../../graph/node-id.ts';
import { numbered, yearOf } from '../place-fills.ts';
import { womenRightsCases as cases } from './tables.ts';

/** A grant lasts no longer (dossier §6.5). */
const longestGrantDays = 30;

/** Conditions, fills and effects of women's rights cases (dossier §3.14, §5.4). */
export const doing: DepartmentDoing = {
  guards: {
    WomenRightsCase: {
      shieldSet: {
        holds: (row) => sql`${row(cases.addressShield)}`,
        en: 'No shield is set in this case.',
        zh: '本案未设置地址保护。',
      },
    },
  },
  fills: {
    numberRightsCase: numbered(
      'womens_federation',
      'women_rights_cases',
      'case_no',
      'caseNo',
      (filling) => `FL${yearOf(filling)}`,
      6,
    ),
  },
  effects: {
    // The register carries the shield to every store (dossier §6.3); it gives no reason.
    async shieldPerson({ id }, system) {
      const rightsCase = await system.row('WomenRightsCase', id);
      if (rightsCase?.addressShield) await system.change('Migrant', String(rightsCase.clientId), 'shield');
    },
    async unshieldPerson({ id }, system) {
      const rightsCase = await system.row('WomenRightsCase', id);
      const client = String(rightsCase?.clientId);
      const others = await system.rows(
        'womens_federation',
        sql`select 1 from ${cases} where ${cases.clientId} = ${client} and ${cases.addressShield}`,
      );
      if (rightsCase && others.length === 0) await system.change('Migrant', client, 'unshield');
    },
    // The other unit reads one record, once two persons of the federation have agreed (dossier §6.5).
    async requestReferralGrant({ id, person, today, outboxId }, system) {
      const rightsCase = await system.row('WomenRightsCase', id);
      if (!rightsCase?.referredToId) return;
      const grant = {
        granteeId: rightsCase.referredToId,
        ownerId: 'PT-WOF',
        fieldGroup: 'WOMENS_RIGHTS_CASE',
        recordRef: encodeNodeId('WomenRightsCase', id),
        purpose: 'RIGHTS_PROTECTION',
        legalBasis: 'WOF-a, JUS-b',
        requestedBy: person,
        validTo: `${addDays(today, longestGrantDays)}T00:00:00+08:00`,
      };
      await system.make('AccessGrant', 'requestByReferral', grant, `${outboxId}:grant`);
    },
  },
};
