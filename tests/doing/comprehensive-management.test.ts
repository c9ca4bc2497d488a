import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeNodeId } from '../../src/graph/node-id.ts';
import { createViewer } from '../../src/identity/viewer.ts';
import { openDistrict } from '../support/doing.ts';
import { viewerOf } from '../support/graph.ts';

const [cso, hlt, aic, sub] = (['CSO', 'HLT', 'AIC', 'SUB'] as const).map((code) => viewerOf(code));
const youth = (sub: string) =>
  createViewer({ department: 'CSO', unit: 'PT-CSO', sub, posts: ['YOUTH_OFFICER'] });
const officer = youth('demo-cso');
const unit = (id: string) => encodeNodeId('OrgUnit', id);
let district: Awaited<ReturnType<typeof openDistrict>>;
beforeAll(async () => {
  district = await openDistrict();
});
afterAll(() => district.close());

const matter = (participants: readonly string[] = ['PT-CSO', 'PT-HLT']) => ({
  title: '示例市场秩序整治',
  kind: 'MARKET_ORDER',
  place: { kind: 'OTHER', name: '示例路市场' },
  subdistrictCode: '310107015',
  participantCodes: participants,
  lead: unit(participants[0]!),
  openedOn: '2007-03-01',
});
const open = (viewer = cso!, participants?: readonly string[]) =>
  district.make(viewer, 'openGovernanceMatter', 'GovernanceMatter', matter(participants));
const assign = (id: string, to: string) =>
  district.make(cso!, 'assignGovernanceAction', 'GovernanceAction', {
    matter: id,
    unit: unit(to),
    what: '清理占道',
    dueOn: '2007-03-20',
  });

describe('a matter of a place', () => {
  it('goes its way with its actions', async () => {
    const id = (await open()).id!;
    expect(await district.row(id)).toMatchObject({ status: 'OPEN', subdistrict_code: '310107015' });
    const action = await assign(id, 'PT-HLT');
    expect(action.effects).toEqual(['advanceMatter DONE']);
    expect((await district.row(id)).status).toBe('ASSIGNED');
    const other = await assign(id, 'PT-CSO');
    expect((await district.change(hlt!, 'completeAction', action.id!)).faults).toEqual([]);
    expect((await district.row(id)).status).toBe('IN_PROGRESS');
    expect((await district.change(hlt!, 'completeAction', action.id!)).faults).toEqual([
      'NOT_READY The action is done already.',
    ]);
    expect((await district.change(aic!, 'completeAction', other.id!)).code).toBe('NOT_YOURS');
    expect((await district.change(cso!, 'completeAction', other.id!)).committed).toBe(true);
    expect((await district.row(id)).status).toBe('DONE');
    expect((await district.change(cso!, 'advanceCase', id, { event: 'REVIEW' })).committed).toBe(true);
    expect((await district.change(cso!, 'closeMatter', id)).committed).toBe(true);
    expect(await district.row(id)).toMatchObject({ status: 'CLOSED', closed_on: '2007-03-01' });
    expect((await assign(id, 'PT-HLT')).faults).toEqual(['NOT_READY The matter is no longer under way.']);
  });

  it('closes at once only without actions', async () => {
    const [idle, busy] = [(await open()).id!, (await open()).id!];
    expect((await district.change(cso!, 'closeMatter', idle)).committed).toBe(true);
    await district.owner`insert into comprehensive_management.governance_actions (id, matter_id, unit_id, what, due_on) values (gen_random_uuid(), ${(await district.row(busy)).id as string}, 'PT-HLT', '清理', '2007-03-20')`;
    expect((await district.change(cso!, 'closeMatter', busy)).faults).toEqual([
      'NOT_READY Actions are assigned: the matter goes its way.',
    ]);
  });

  it('is opened with the own unit, in the own territory, for units that take part', async () => {
    expect((await open(hlt!, ['PT-CSO', 'PT-AIC'])).faults).toEqual([
      'NOT_READY Your unit must be among those that take part.',
    ]);
    const joint = await open(hlt!, ['PT-HLT', 'PT-AIC']);
    expect(joint.faults).toEqual([]);
    expect((await assign(joint.id!, 'PT-EDU')).faults).toEqual([
      'NOT_READY This unit does not take part in the matter.',
    ]);
    const elsewhere = await district.make(sub!, 'openGovernanceMatter', 'GovernanceMatter', {
      ...matter(['PT-SUB-015']),
      subdistrictCode: '310107005',
    });
    expect(elsewhere.code).toBe('NOT_YOURS');
  });
});

describe('help for a young person', () => {
  const propose = async (born: string) => {
    const [young] = await district.owner.unsafe(
      `select id::text from public_security.migrants where birth_date ${born} order by id limit 1`,
    );
    return district.make(officer, 'openYouthHelpPlan', 'YouthHelpPlan', {
      youngId: young?.id,
      basis: 'FAMILY_REQUEST',
      goals: ['LEARN_A_TRADE'],
      supports: ['TRAINING'],
      startsOn: '2007-03-02',
      reviewOn: '2007-06-01',
    });
  };

  it('waits for the guardian, runs, and is sealed', async () => {
    const made = await propose(`between '1990-04-01' and '1996-01-01'`);
    expect(made.faults).toEqual([]);
    const id = made.id!;
    const row = await district.row(id);
    expect(row.status).toBe('PROPOSED');
    expect(Number(String(row.comes_of_age_on).slice(0, 4)) - 2007).toBeLessThanOrEqual(
      18 - Number(row.age_at_start),
    );
    expect((await district.change(officer, 'advanceCase', id, { event: 'BEGIN' })).code).toBe(
      'BAD_TRANSITION',
    );
    expect((await district.change(youth('another'), 'endYouthHelpPlan', id)).code).toBe('NOT_YOURS');
    const steps = [
      ['consentYouthHelpPlan', { guardianConsentOn: '2007-03-01' }],
      ['advanceCase', { event: 'BEGIN' }],
      ['reviewYouthHelpPlan', { goals: ['BACK_TO_SCHOOL'] }],
      ['continueYouthHelpPlan', { reviewOn: '2007-09-01' }],
      ['endYouthHelpPlan', {}],
    ] as const;
    for (const [mutation, input] of steps)
      expect((await district.change(officer, mutation, id, input)).faults, mutation).toEqual([]);
    const sealed = await district.change(officer, 'sealYouthHelpPlan', id);
    expect(sealed).toMatchObject({ committed: true, id: null, effects: ['sealPlan DONE'] });
    expect(await district.row(id)).toMatchObject({ status: 'SEALED', is_sealed: true });
  });

  it('is for minors, and ends without consent', async () => {
    expect((await propose(`< '1985-01-01'`)).faults).toEqual([
      'youngId VALIDATION Help is for those of 6 to 17 years.',
    ]);
    const id = (await propose(`between '1991-04-01' and '1997-01-01'`)).id!;
    expect((await district.change(officer, 'declineYouthHelpPlan', id)).committed).toBe(true);
    expect((await district.row(id)).is_sealed).toBe(true);
  });
});

it('records activities of residents and for young people', async () => {
  const place = { kind: 'OTHER', name: '示例广场' };
  const common = { place, subdistrictCode: '310107015', occurredOn: '2007-02-20' };
  const safety = await district.make(cso!, 'recordSafetyActivity', 'CommunitySafetyActivity', {
    ...common,
    kind: 'PATROL',
  });
  const young = await district.make(cso!, 'recordYouthActivity', 'YouthPreventionActivity', {
    ...common,
    topic: 'LAW',
    participantCodes: ['PT-EDU'],
  });
  expect([safety.faults, young.faults]).toEqual([[], []]);
});
