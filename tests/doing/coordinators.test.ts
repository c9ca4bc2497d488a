import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeNodeId } from '../../src/graph/node-id.ts';
import { demoCoordinatorId } from '../../src/identity/personas.ts';
import { openDistrict } from '../support/doing.ts';
import { viewerOf } from '../support/graph.ts';

const [svc, sub, pop, cor, fin, fpc] = (['SVC', 'SUB', 'POP', 'COR', 'FIN', 'FPC'] as const).map((code) =>
  viewerOf(code),
);
const branch = viewerOf('SVC', 'PT-SVB-005');
const demo = encodeNodeId('Coordinator', demoCoordinatorId);
const unit = (id: string) => encodeNodeId('OrgUnit', id);
let district: Awaited<ReturnType<typeof openDistrict>>;
beforeAll(async () => {
  district = await openDistrict();
});
afterAll(() => district.close());

const placeTask = (more: object = {}) =>
  district.make(sub!, 'issueTask', 'CoordinatorTask', {
    kind: 'DISEASE_PREVENTION',
    targetPlace: '示例路1弄口',
    neighbourhoodCode: '310107015001',
    dueOn: '2007-03-20',
    ...more,
  });

const candidate = (badgeNo: string) =>
  district.make(svc!, 'hireCoordinator', 'Coordinator', {
    badgeNo,
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

describe('a task of a coordinator', () => {
  it('goes from its issuer to the coordinator and back, and closes by itself', async () => {
    const id = (await placeTask()).id!;
    expect(await district.row(id)).toMatchObject({
      status: 'CREATED',
      issued_by_id: 'PT-SUB-015',
      subdistrict_code: '310107015',
      station_code: 'PT-STN-015-1',
    });
    expect((await district.change(sub!, 'assignTask', id, { assignee: demo })).faults).toEqual([]);
    for (const [actor, mutation, input] of [
      [cor, 'startTask', {}],
      [cor, 'reportTask', { result: 'INFORMED' }],
      [sub, 'returnTask', {}],
      [cor, 'reportTask', { result: 'NOTHING_FOUND' }],
    ] as const)
      expect((await district.change(actor!, mutation, id, input)).committed, mutation).toBe(true);
    expect((await district.change(sub!, 'verifyTask', id)).effects).toEqual(['closeTask DONE']);
    expect(await district.row(id)).toMatchObject({ status: 'CLOSED', closed_on: '2007-03-01' });
  });

  it('is visited by whoever has begun it', async () => {
    const id = (await placeTask()).id!;
    const visit = { task: id, startedAt: '2007-03-01T01:00:00Z', outcome: 'DONE' };
    await district.change(sub!, 'assignTask', id, { assignee: demo });
    const early = await district.make(cor!, 'recordVisit', 'Visit', visit);
    expect(early.faults).toEqual(['NOT_READY The task is not yours, or you have not started it.']);
    await district.change(cor!, 'startTask', id);
    const made = await district.make(cor!, 'recordVisit', 'Visit', visit);
    expect(await district.row(made.id!)).toMatchObject({
      coordinator_id: demoCoordinatorId,
      outcome: 'DONE',
    });
  });

  it('goes only to somebody in service whose area covers the target', async () => {
    const id = (await placeTask({ neighbourhoodCode: '310107015009' })).id!;
    expect((await district.change(sub!, 'assignTask', id, { assignee: demo })).faults).toEqual([
      'NOT_READY The target does not lie in the area of this coordinator.',
    ]);
    const away = await district.find(
      'Coordinator',
      `select id from coordinators.coordinators where subdistrict_code = '310107015' and status = 'LEFT'`,
    );
    expect((await district.change(sub!, 'assignTask', id, { assignee: away })).faults).toEqual([
      'NOT_READY The coordinator is not in active service.',
    ]);
  });

  it('has a cap for each coordinator', async () => {
    await district.owner`insert into coordinators.coordinator_tasks (id, kind, issued_by_id, assignee_id, target_place, due_on, status, subdistrict_code, neighbourhood_code)
      select gen_random_uuid(), 'DISEASE_PREVENTION', 'PT-SUB-015', ${demoCoordinatorId}, '示例路', '2007-04-01', 'ASSIGNED', '310107015', '310107015001' from generate_series(1, 40)`;
    const id = (await placeTask()).id!;
    expect((await district.change(sub!, 'assignTask', id, { assignee: demo })).faults).toEqual([
      'NOT_READY A coordinator has at most 40 tasks under way.',
    ]);
    await district.owner`update coordinators.coordinator_tasks set status = 'CANCELLED', closed_on = '2007-03-01' where target_place = '示例路' and status = 'ASSIGNED'`;
  });

  it('is of a kind that the issuer gives, about a target that the kind allows', async () => {
    const ofFpc = await district.make(fpc!, 'issueTask', 'CoordinatorTask', {
      kind: 'BUSINESS_CHECK',
      targetPlace: '示例路1弄口',
      subdistrictCode: '310107015',
      dueOn: '2007-03-20',
    });
    expect(ofFpc.faults).toEqual(['kind VALIDATION This unit does not give tasks of this kind.']);
    const person = await district.find(
      'Migrant',
      `select id from public_security.migrants where subdistrict_code = '310107015' and not shielded limit 1`,
    );
    expect((await placeTask({ targetPlace: null, targetMigrant: person })).faults).toEqual([
      'targetMigrant VALIDATION Only tasks of registration and permits are about a person.',
    ]);
    expect((await placeTask({ targetMigrant: person })).faults).toEqual([
      'targetPlace VALIDATION Name one target: a person, a dwelling, an employer or a place.',
    ]);
  });
});

describe('service', () => {
  it('begins on a free approved post, and is counted', async () => {
    const id = (await candidate('XG90001')).id!;
    expect(await district.row(id)).toMatchObject({ status: 'CANDIDATE', subdistrict_code: '310107015' });
    const full = await district.change(svc!, 'hireCoordinator', id, { hiredOn: '2007-03-01' });
    expect(full.faults).toEqual(['NOT_READY No approved post of this year is free.']);
    const allocation = await district.find(
      'CoordinatorAllocation',
      `select id from coordinators.coordinator_allocations where subdistrict_code = '310107015' and status = 'APPROVED'`,
    );
    const { actual_headcount: before } = await district.row(allocation);
    expect((await district.change(pop!, 'supersedeAllocation', allocation)).committed).toBe(true);
    const proposed = await district.make(sub!, 'proposeAdjustment', 'CoordinatorAllocation', {
      unit: unit('PT-SUB-015'),
      year: 2007,
      migrantCount: 501,
      countedOn: '2007-02-28',
      adjustment: 20,
      adjustmentReason: 'WORKLOAD',
    });
    expect(await district.row(proposed.id!)).toMatchObject({ standard_headcount: 2, approved_headcount: 22 });
    expect((await district.change(pop!, 'approveAdjustment', proposed.id!)).committed).toBe(true);
    const hired = await district.change(svc!, 'hireCoordinator', id, { hiredOn: '2007-03-01' });
    expect(hired.effects).toEqual(['recountPosts DONE']);
    expect((await district.row(proposed.id!)).actual_headcount).toBe(Number(before) + 1);
  });

  it('turns into a loan to the own centre, and back; it ends with nothing under way', async () => {
    const id = (await candidate('XG90002')).id!;
    expect((await district.change(svc!, 'hireCoordinator', id, { hiredOn: '2007-03-01' })).committed).toBe(
      true,
    );
    const area = { coordinator: id, neighbourhoodCodes: ['310107015002'], startsOn: '2007-03-01' };
    const assigned = await district.make(svc!, 'assignCoordinator', 'CoordinatorAssignment', area);
    expect(assigned.faults).toEqual([]);
    const task = (await placeTask({ neighbourhoodCode: '310107015002' })).id!;
    expect((await district.change(sub!, 'assignTask', task, { assignee: id })).faults).toEqual([]);
    const loan = (centre: string) =>
      district.make(svc!, 'secondCoordinator', 'CoordinatorSecondment', {
        coordinator: id,
        toCentre: unit(centre),
        startsOn: '2007-03-01',
      });
    expect((await loan('PT-CAC-005')).faults).toEqual([
      'toCentre VALIDATION A coordinator is lent to the reception centre of the own sub-district.',
    ]);
    const busy = 'NOT_READY Tasks are still under way: give them to another coordinator first.';
    expect((await loan('PT-CAC-015')).faults).toEqual([busy]);
    expect((await district.change(svc!, 'leaveCoordinator', id)).faults).toEqual([busy]);
    expect((await district.change(sub!, 'reassignTask', task, { assignee: demo })).faults).toEqual(
      ['NOT_READY The target does not lie in the area of this coordinator.'].slice(1),
    );
    const lent = await loan('PT-CAC-015');
    expect([...lent.effects].sort()).toEqual(['endArea DONE', 'markSeconded DONE']);
    expect((await district.row(id)).status).toBe('SECONDED');
    expect((await district.row(assigned.id!)).ends_on).toBe('2007-03-01');
    const again = await district.make(sub!, 'assignCoordinator', 'CoordinatorAssignment', area);
    expect(again.faults).toEqual(['NOT_READY The coordinator is not in active service.']);
    expect(
      (
        await district.change(
          svc!,
          'changeCoordinatorArea',
          assigned.id!,
          area && { neighbourhoodCodes: ['310107015003'] },
        )
      ).faults,
    ).toEqual(['NOT_READY The assignment has ended.']);
    expect((await district.change(svc!, 'endSecondment', lent.id!)).effects).toEqual(['markBack DONE']);
    expect((await district.row(id)).status).toBe('ACTIVE');
    expect((await district.change(svc!, 'endSecondment', lent.id!)).faults).toEqual([
      'NOT_READY The secondment has ended.',
    ]);
    expect((await district.change(svc!, 'suspendCoordinator', id)).committed).toBe(true);
    expect((await district.change(svc!, 'resumeCoordinator', id)).committed).toBe(true);
    expect((await district.change(svc!, 'leaveCoordinator', id)).committed).toBe(true);
    expect(await district.row(id)).toMatchObject({ status: 'LEFT', left_on: '2007-03-01' });
  });

  it('lends a centre two coordinators at the most', async () => {
    const full = await district.find(
      'Coordinator',
      `select c.id from coordinators.coordinators c where c.status = 'ACTIVE' and (select count(*) from coordinators.coordinator_secondments s where s.subdistrict_code = c.subdistrict_code and s.ends_on is null) = 2 limit 1`,
    );
    const { subdistrict_code: code } = await district.row(full);
    const loan = await district.make(svc!, 'secondCoordinator', 'CoordinatorSecondment', {
      coordinator: full,
      toCentre: unit(`PT-CAC-${String(code).slice(6)}`),
      startsOn: '2007-03-01',
    });
    expect(loan.faults).toEqual(['toCentre VALIDATION Two coordinators are on loan to this centre already.']);
  });

  it('is a branch’s in its own territory only', async () => {
    const area = { coordinator: demo, neighbourhoodCodes: ['310107015002'], startsOn: '2007-03-01' };
    const made = await district.make(branch, 'assignCoordinator', 'CoordinatorAssignment', area);
    expect(made.committed).toBe(false);
    expect(made.faults).toEqual([
      'coordinator NOT_FOUND coordinator: there is no such record that you may use.',
    ]);
  });
});

describe('a month', () => {
  it('is assessed when it is over', async () => {
    const assess = (period: string) =>
      district.make(svc!, 'assessCoordinator', 'CoordinatorAssessment', {
        coordinator: demo,
        period,
        items: [{ criterion: 'ACCURACY', score: '90.0' }],
        total: '90.00',
        grade: 'EXCELLENT',
        assessedByCodes: ['PT-SVB-015'],
      });
    expect((await assess('2007-03')).faults).toEqual(['NOT_READY A month is assessed when it is over.']);
    const made = await assess('2006-11');
    expect(await district.row(made.id!)).toMatchObject({
      subdistrict_code: '310107015',
      items: [{ criterion: 'ACCURACY', score: '90.0' }],
    });
  });

  it('is paid by the standard', async () => {
    const pay = (baseWage: string) =>
      district.make(svc!, 'recordPay', 'CoordinatorPay', {
        coordinator: demo,
        month: '2007-03',
        baseWage,
        allowances: '200.00',
        socialInsurance: '82.50',
      });
    expect((await pay('751.00')).faults).toEqual([
      'baseWage VALIDATION The base wage is not that of the pay standard of this month.',
    ]);
    const made = await pay('750.00');
    expect(made.faults).toEqual([]);
    expect(Number((await district.row(made.id!)).net_pay)).toBe(75_000 + 20_000 - 8_250);
  });

  it('has one pay standard', async () => {
    const set = (validFrom: string) =>
      district.make(fin!, 'setPayStandard', 'PayStandard', {
        programme: 'TEN_THOUSAND_JOBS',
        category: 'ASSISTANT',
        monthlyWage: '840.00',
        insuranceBase: '1400.00',
        validFrom,
      });
    expect((await set('2007-04-01')).faults).toEqual([
      'validFrom VALIDATION Another standard is in force on some of these days: end it first.',
    ]);
    const held = await district.find(
      'PayStandard',
      `select id from coordinators.pay_standards where valid_to is null`,
    );
    expect((await district.change(fin!, 'setPayStandard', held, { validTo: '2007-03-31' })).committed).toBe(
      true,
    );
    expect((await set('2007-04-01')).committed).toBe(true);
  });
});
