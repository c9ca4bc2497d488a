import { sql } from 'drizzle-orm';
import type { EffectFunction, Fill, Guard } from '../../contract/doing/department-doing.ts';
import { createUuidV7 } from '../../identifiers/uuid-v7.ts';
import { keepUnits } from '../doing-fills.ts';
import {
  siteWageDisputes as disputes,
  constructionEnterprises as enterprises,
  constructionSites as sites,
  siteSubcontracts as subcontracts,
  disputeWorkers as workers,
} from './tables.ts';

const newId = createUuidV7();
const labourBureau = 'PT-LSS';

/** Conditions of disputes about wages (dossier §5.4). */
export const disputeGuards: Readonly<Record<string, Readonly<Record<string, Guard>>>> = {
  SiteWageDispute: {
    enterpriseOnSite: {
      holds: (row) =>
        sql`(exists (select 1 from ${sites} where ${sites.id} = ${row(disputes.siteId)} and ${sites.generalContractorId} = ${row(disputes.enterpriseId)}) or exists (select 1 from ${subcontracts} where ${subcontracts.siteId} = ${row(disputes.siteId)} and ${subcontracts.enterpriseId} = ${row(disputes.enterpriseId)}))`,
      en: 'The enterprise works on another site.',
      zh: '该企业不是此工地的施工单位。',
    },
    workerNamed: {
      holds: (row) => sql`exists (select 1 from ${workers} where ${workers.disputeId} = ${row(disputes.id)})`,
      en: 'No worker of the dispute is entered.',
      zh: '尚未登记涉及工人。',
    },
  },
  DisputeWorker: {
    disputeOpen: {
      holds: (row) =>
        sql`exists (select 1 from ${disputes} where ${disputes.id} = ${row(workers.disputeId)} and ${disputes.status} not in ('CLOSED', 'TRANSFERRED'))`,
      en: 'The dispute is over.',
      zh: '纠纷已终结。',
    },
  },
};

export const disputeFills: Readonly<Record<string, Fill>> = {
  // Which case the labour bureau will have: the dispute says so at once, also while that store is down.
  chooseArrearsCase: {
    sets: ['transferredToId', 'referredToUnits'],
    async fill({ row }) {
      const units = (row?.referredToUnits ?? []) as readonly string[];
      return { transferredToId: newId(), referredToUnits: [...new Set([...units, labourBureau])] };
    },
  },
  keepReferredUnits: keepUnits('referredToUnits'),
};

/** The case of the labour bureau, with the workers as complainants (clause CON-d). */
const openArrearsCase: EffectFunction = async ({ id, today, outboxId }, system) => {
  const dispute = await system.row('SiteWageDispute', id);
  if (!dispute?.transferredToId) return;
  const [enterprise] = await system.rows<{ employerId: string }>(
    'construction',
    sql`select ${enterprises.employerId} as "employerId" from ${enterprises} where ${enterprises.id} = ${dispute.enterpriseId}`,
  );
  const [last] = await system.rows<{ serial: number }>(
    'labour',
    sql`select coalesce(max(right(case_no, 6)), '0')::int as serial from labour.wage_arrears_cases where case_no ~ ${`^PTLSS${today.slice(0, 4)}[0-9]{6}$`}`,
  );
  const month = String(dispute.reportedOn).slice(0, 7);
  const { subdistrictCode, stationCode, neighbourhoodCode } = dispute;
  const caseId = await system.make(
    'WageArrearsCase',
    'receive',
    {
      id: dispute.transferredToId,
      caseNo: `PTLSS${today.slice(0, 4)}${String((last?.serial ?? 0) + 1).padStart(6, '0')}`,
      employerId: enterprise?.employerId,
      workerCount: dispute.workerCount,
      amountClaimed: dispute.amountClaimed,
      periodFrom: month,
      periodTo: month,
      siteId: dispute.siteId,
      ...{ subdistrictCode, stationCode, neighbourhoodCode },
    },
    `${outboxId}:case`,
  );
  const complainants = await system.rows<{ personId: string; shielded: boolean }>(
    'construction',
    sql`select ${workers.personId} as "personId", ${workers.shielded} as "shielded" from ${workers} where ${workers.disputeId} = ${id}`,
  );
  for (const { personId, shielded } of complainants)
    await system.make(
      'ArrearsComplainant',
      'receive',
      { caseId, personId, shielded },
      `${outboxId}:${personId}`,
    );
};

export const disputeEffects = { openArrearsCase };
