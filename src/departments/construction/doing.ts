import { sql } from 'drizzle-orm';
import type { DepartmentDoing, Fill } from '../../contract/doing/department-doing.ts';
import { placeOfLinked, stationOf } from '../doing-fills.ts';
import { notRectified, rectificationOpen } from '../doing-guards.ts';
import { disputeEffects, disputeFills, disputeGuards } from './dispute-doing.ts';
import { papers } from './papers.ts';
import {
  siteWageDisputes as disputes,
  constructionEnterprises as enterprises,
  safetyInspections as inspections,
  constructionPenalties as penalties,
  constructionSites as sites,
  siteSubcontracts as subcontracts,
} from './tables.ts';

const ofSite = { by: 'siteId', table: sites, store: 'construction' } as const;
const ofEnterprise = { by: 'enterpriseId', table: enterprises, store: 'construction' } as const;

/** The enterprise lies where the labour bureau has its employer. */
const placeOfContractor: Fill = {
  sets: ['subdistrictCode', 'stationCode', 'neighbourhoodCode'],
  async fill({ given }, system) {
    const [employer] = await system.rows(
      'labour',
      sql`select subdistrict_code as "subdistrictCode", station_code as "stationCode", neighbourhood_code as "neighbourhoodCode" from labour.employers where id = ${given.employerId}`,
    );
    return employer ?? {};
  },
};

/** Conditions and effects of sites, enterprises, inspections and penalties (dossier §3.10, §5.4). */
export const doing: DepartmentDoing = {
  guards: {
    ...disputeGuards,
    ConstructionSite: {
      contractorFiled: {
        holds: (row) =>
          sql`exists (select 1 from ${enterprises} where ${enterprises.id} = ${row(sites.generalContractorId)} and ${enterprises.filingValidTo} >= ${row(sites.startsOn)})`,
        en: 'The general contractor is not filed on that day.',
        zh: '总承包企业进沪备案在开工日无效。',
      },
      noStopWorkOpen: {
        holds: (row) =>
          sql`not exists (select 1 from ${inspections} where ${inspections.siteId} = ${row(sites.id)} and ${inspections.stopWork} and ${inspections.rectifiedOn} is null)`,
        en: 'What stopped the work is not put right.',
        zh: '责令停工事项尚未整改。',
      },
      noWageDisputeOpen: {
        holds: (row) =>
          sql`not exists (select 1 from ${disputes} where ${disputes.siteId} = ${row(sites.id)} and ${disputes.status} not in ('CLOSED', 'TRANSFERRED'))`,
        en: 'A dispute about wages is open.',
        zh: '尚有未了结的工资纠纷。',
      },
    },
    ConstructionPenalty: {
      // Its last decision still stands; a closed penalty does not say by itself whether it was annulled.
      notAnnulled: {
        holds: (row) =>
          sql`coalesce((select e.event <> 'annul' from access.record_events e where e.record_type = 'ConstructionPenalty' and e.record_id = ${row(penalties.id)}::text and e.event in ('impose', 'uphold', 'annul') order by e.version desc limit 1), true)`,
        en: 'The penalty was annulled.',
        zh: '处罚决定已被撤销。',
      },
      notPublished: {
        holds: (row) => sql`${row(penalties.publishedOn)} is null`,
        en: 'The penalty is published already.',
        zh: '处罚已公示。',
      },
    },
    SiteSubcontract: {
      siteOpen: {
        holds: (row) =>
          sql`exists (select 1 from ${sites} where ${sites.id} = ${row(subcontracts.siteId)} and ${sites.status} <> 'COMPLETED')`,
        en: 'The site is completed.',
        zh: '工地已竣工。',
      },
    },
    SafetyInspection: {
      notRectified: notRectified(inspections),
      rectificationOpen: rectificationOpen(inspections),
    },
  },
  fills: {
    ...disputeFills,
    placeOfContractor,
    stationOfSite: stationOf('construction', { ConstructionSite: { table: sites, field: 'address' } }),
    placeOfPenalised: placeOfLinked({ ConstructionPenalty: [ofEnterprise] }),
    placeOfSite: placeOfLinked({
      SiteTraining: [ofSite],
      SafetyInspection: [ofSite],
      SiteWageDispute: [ofSite],
    }),
  },
  effects: disputeEffects,
  papers,
};
