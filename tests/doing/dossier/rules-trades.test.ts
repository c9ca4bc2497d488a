import { type DistrictWork, decision } from '../../support/district-work.ts';
import { viewerOf } from '../../support/graph.ts';
import { breakRules, type Calls } from './break-rules.ts';

const [con, aic] = [viewerOf('CON'), viewerOf('AIC')];

const callsOf = (work: DistrictWork): Calls => {
  const enterprise = () =>
    work.find(
      'ConstructionEnterprise',
      `select id from construction.construction_enterprises where filing_valid_to >= '2007-03-01' order by id limit 1`,
    );
  let count = 0;
  const siteInput = async () => {
    const [place] =
      await work.owner`select neighbourhood_code as code, subdistrict_code as sub from construction.construction_sites
      where neighbourhood_code is not null order by id limit 1`;
    return {
      siteNo: `GZ${++count}`,
      name: `规则工地${count}`,
      address: {
        road: '规则路',
        building: '1',
        neighbourhoodCode: String(place?.code),
        subdistrictCode: String(place?.sub),
      },
      generalContractor: await enterprise(),
      startsOn: '2007-03-01',
      migrantWorkers: 40,
      wageGuaranteeBalance: '1000.00',
    };
  };
  const activeSite = async () => {
    const { node } = await work.make(con, 'upsertConstructionSite', 'ConstructionSite', await siteInput());
    await work.change(con, 'advanceConstructionSite', node, { event: 'start' });
    return node;
  };
  return {
    enterprise: async () => ({
      viewer: con,
      mutation: 'upsertConstructionEnterprise',
      record: 'ConstructionEnterprise',
      input: {
        employer: await work.find(
          'Employer',
          'select id from labour.employers where subdistrict_code is not null and id not in (select employer_id from construction.construction_enterprises) order by id limit 1',
        ),
        homeProvince: '320000',
        qualificationGrade: 'FIRST',
      },
    }),
    site: async () => ({
      viewer: con,
      mutation: 'upsertConstructionSite',
      record: 'ConstructionSite',
      input: await siteInput(),
    }),
    stopWork: async () => ({
      viewer: con,
      mutation: 'recordSafetyInspection',
      record: 'SafetyInspection',
      input: {
        event: 'RECORD_STOP_WORK',
        site: await activeSite(),
        occurredOn: '2007-03-01',
        officers: ['示例甲'],
        hazards: ['FALL'],
        level: 'HIGH',
        rectifyBy: '2007-03-10',
        decision,
      },
    }),
    penalty: async () => ({
      viewer: con,
      mutation: 'imposePenalty',
      record: 'ConstructionPenalty',
      node: (await work.make(con, 'imposePenalty', 'ConstructionPenalty', { enterprise: await enterprise() }))
        .node,
      input: { decision, amount: '5000.00' },
    }),
    premises: async () => ({
      viewer: aic,
      mutation: 'upsertSmallPremises',
      record: 'SmallPremises',
      input: { kind: 'HOSTEL', address: (await siteInput()).address },
    }),
    premisesInspection: async () => ({
      viewer: aic,
      mutation: 'recordPremisesInspection',
      record: 'PremisesInspection',
      input: {
        place: { kind: 'OTHER', name: '某处' },
        subdistrictCode: '310107015',
        occurredOn: '2007-03-01',
        findings: ['NO_LICENCE'],
        rectifyBy: '2007-03-10',
      },
    }),
  };
};

breakRules('trades', callsOf);
