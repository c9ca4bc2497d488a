import { encodeNodeId } from '../../../src/graph/node-id.ts';
import { demoCoordinatorId } from '../../../src/identity/personas.ts';
import type { DistrictWork } from '../../support/district-work.ts';
import { viewerOf } from '../../support/graph.ts';
import { breakRules, type Calls } from './break-rules.ts';

const [svc, sub, cor] = [viewerOf('SVC'), viewerOf('SUB'), viewerOf('COR')];
const demo = encodeNodeId('Coordinator', demoCoordinatorId);
const unit = (id: string) => encodeNodeId('OrgUnit', id);

const callsOf = (work: DistrictWork): Calls => {
  let count = 0;
  const candidate = () => ({
    badgeNo: `XG8${String(++count).padStart(4, '0')}`,
    name: '示例员',
    branch: unit('PT-SVB-015'),
    originTeam: 'NEW',
    lines: {
      leadership: 'PT-POP',
      implementation: 'PT-SUB-015',
      dailyManagement: 'PT-STN-015-1',
      businessGuidance: ['PT-PSB'],
    },
    citizenIdNumber: '349999198506120039',
    birthDate: '1985-06-12',
    programme: 'TEN_THOUSAND_JOBS',
    hiredOn: '2007-03-01',
  });
  const coordinator = (subdistrict: string, where = 'true') =>
    work.find(
      'Coordinator',
      `select c.id from coordinators.coordinators c where c.subdistrict_code = '${subdistrict}' and c.status = 'ACTIVE' and ${where} order by c.id limit 1`,
    );
  const taskInput = {
    kind: 'DISEASE_PREVENTION',
    targetPlace: '示例路1弄口',
    neighbourhoodCode: '310107015001',
    dueOn: '2007-03-20',
  };
  const started = async () => {
    const { node } = await work.make(sub, 'issueTask', 'CoordinatorTask', taskInput);
    await work.change(sub, 'assignTask', node, { assignee: demo });
    await work.change(cor, 'startTask', node);
    return node;
  };
  return {
    hire: async () => ({
      viewer: svc,
      mutation: 'hireCoordinator',
      record: 'Coordinator',
      input: candidate(),
    }),
    allocation: async () => ({
      viewer: sub,
      mutation: 'proposeAdjustment',
      record: 'CoordinatorAllocation',
      input: {
        unit: unit('PT-SUB-015'),
        year: 2009,
        migrantCount: 501,
        countedOn: '2007-02-28',
        adjustment: 1,
        adjustmentReason: 'WORKLOAD',
      },
    }),
    area: async () => {
      const free = await coordinator(
        '310107015',
        'not exists (select from coordinators.coordinator_assignments a where a.coordinator_id = c.id and a.ends_on is null)',
      ).catch(async () => {
        const held = await coordinator('310107015', `c.id <> '${demoCoordinatorId}'`);
        const { id } = await work.row('Coordinator', held);
        await work.owner`update coordinators.coordinator_assignments set ends_on = '2007-03-01' where coordinator_id = ${String(id)} and ends_on is null`;
        return held;
      });
      return {
        viewer: svc,
        mutation: 'assignCoordinator',
        record: 'CoordinatorAssignment',
        input: { coordinator: free, neighbourhoodCodes: ['310107015002'], startsOn: '2007-03-01' },
      };
    },
    loan: async () => {
      const open =
        '(select count(*) from coordinators.coordinator_secondments s where s.subdistrict_code = c.subdistrict_code and s.ends_on is null)';
      const [full] = await work.owner.unsafe(
        `select c.id, c.subdistrict_code as code from coordinators.coordinators c where c.status = 'ACTIVE' and ${open} = 2 limit 1`,
      );
      const [free] = await work.owner.unsafe(
        `select c.id, c.subdistrict_code as code from coordinators.coordinators c where c.status = 'ACTIVE' and c.subdistrict_code <> '${full?.code}' and c.id <> '${demoCoordinatorId}' order by c.id limit 1`,
      );
      const [id, code] = [String(free?.id), String(free?.code)];
      await work.owner`update coordinators.coordinator_secondments set ends_on = '2007-03-01' where subdistrict_code = ${code} and ends_on is null`;
      await work.owner`update coordinators.coordinator_tasks set assignee_id = ${demoCoordinatorId} where assignee_id = ${id}`;
      const centre = (code: unknown) => unit(`PT-CAC-${String(code).slice(6)}`);
      return {
        viewer: svc,
        mutation: 'secondCoordinator',
        record: 'CoordinatorSecondment',
        input: {
          coordinator: encodeNodeId('Coordinator', String(free?.id)),
          toCentre: centre(free?.code),
          startsOn: '2007-03-01',
        },
        known: { third: encodeNodeId('Coordinator', String(full?.id)), full: centre(full?.code) },
      };
    },
    task: async () => ({
      viewer: viewerOf('HLT'),
      mutation: 'issueTask',
      record: 'CoordinatorTask',
      input: { ...taskInput, subdistrictCode: '310107015', neighbourhoodCode: undefined },
      known: {
        person: await work.find(
          'Migrant',
          `select m.id from public_security.migrants m join access.links l on l.subject_id = m.id and l.holder = 'PT-HLT' and l.until is null where m.subdistrict_code = '310107015' and not m.shielded limit 1`,
        ),
      },
    }),
    report: async () => ({
      viewer: cor,
      mutation: 'reportTask',
      record: 'CoordinatorTask',
      node: await started(),
      input: { result: 'INFORMED' },
    }),
    visit: async () => ({
      viewer: cor,
      mutation: 'recordVisit',
      record: 'Visit',
      input: {
        task: await started(),
        startedAt: '2007-03-01T01:00:00Z',
        endedAt: '2007-03-01T01:30:00Z',
        outcome: 'DONE',
        note: '已宣传',
      },
    }),
    assessment: async () => ({
      viewer: svc,
      mutation: 'assessCoordinator',
      record: 'CoordinatorAssessment',
      input: {
        coordinator: demo,
        period: '2006-10',
        items: [{ criterion: 'ACCURACY', score: '90.0' }],
        total: '90.00',
        grade: 'EXCELLENT',
        assessedByCodes: ['PT-SVB-015'],
      },
    }),
    standard: async () => {
      await work.owner`update coordinators.pay_standards set valid_to = '2007-12-31' where valid_to is null`;
      return {
        viewer: viewerOf('FIN'),
        mutation: 'setPayStandard',
        record: 'PayStandard',
        input: {
          programme: 'TEN_THOUSAND_JOBS',
          category: 'ASSISTANT',
          monthlyWage: '840.00',
          insuranceBase: '1400.00',
          validFrom: '2008-01-01',
        },
      };
    },
    pay: async () => ({
      viewer: svc,
      mutation: 'recordPay',
      record: 'CoordinatorPay',
      input: {
        coordinator: demo,
        month: '2007-03',
        baseWage: '750.00',
        allowances: '200.00',
        socialInsurance: '82.50',
      },
    }),
  };
};

breakRules('coordinators', callsOf);
