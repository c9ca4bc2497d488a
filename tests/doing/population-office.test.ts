import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeNodeId } from '../../src/graph/node-id.ts';
import { viewerOf } from '../support/graph.ts';
import { Desk } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk?.close());

const pop = viewerOf('POP');
const lss = viewerOf('LSS');
const unit = (id: string) => encodeNodeId('OrgUnit', id);

describe('an assessment (dossier 5.6)', () => {
  const step = (viewer: typeof pop, mutation: string, id: string, fields: object = {}) =>
    desk.change(viewer, mutation, 'Assessment', id, fields);
  const open = async (period: string) => {
    const done = await desk.make(pop, 'openAssessment', 'Assessment', {
      target: unit('PT-LSS'),
      period,
      scheme: '2007年考核办法',
    });
    expect(done.refused).toEqual([]);
    return done.id!;
  };
  const scores = [
    { indicator: 'REGISTRATION_TIMELINESS', weight: 60, score: '90.0' },
    { indicator: 'SERVICE_ON_TIME', weight: 40, score: '80.0' },
  ];

  test('goes from the report of the unit over the scores to the publication', async () => {
    const id = await open('2008');
    expect((await step(viewerOf('PSB'), 'selfReport', id, { selfReport: '已完成' })).refused).toEqual([
      'NOT_YOURS',
    ]);
    expect((await step(lss, 'selfReport', id, { selfReport: '已完成' })).refused).toEqual([]);
    expect((await step(lss, 'scoreAssessment', id, { scores, total: '86.00' })).refused).toEqual([
      'NOT_YOURS',
    ]);
    expect((await step(pop, 'scoreAssessment', id, { scores, total: '87.00' })).refused).toEqual([
      'VALIDATION scores',
      'VALIDATION total',
    ]);
    expect((await step(pop, 'scoreAssessment', id, { scores, total: '86.00' })).refused).toEqual([]);
    const lgr = viewerOf('LGR');
    expect((await step(lgr, 'publishAssessment', id)).refused).toEqual(['BAD_TRANSITION']);
    expect((await step(lss, 'commentAssessment', id, { comment: '无异议' })).refused).toEqual([]);
    expect((await step(pop, 'publishAssessment', id)).refused).toEqual(['NOT_YOURS']);
    expect((await step(lgr, 'publishAssessment', id)).refused).toEqual([]);
    expect((await desk.row('Assessment', id)).status).toBe('PUBLISHED');
  });

  test('stands after ten days without a comment', async () => {
    const id = await open('2009');
    await step(lss, 'selfReport', id, { selfReport: '已完成' });
    await step(pop, 'scoreAssessment', id, { scores, total: '86.00' });
    expect(await desk.bySystem('Assessment', id, 'letStand')).toBe(true);
    expect((await desk.row('Assessment', id)).status).toBe('COMMENTED');
  });

  test('is one a unit and period, and by the population office', async () => {
    const fields = { target: unit('PT-LSS'), period: '2006H1', scheme: '办法' };
    expect((await desk.make(pop, 'openAssessment', 'Assessment', fields)).refused).toEqual([
      'VALIDATION target',
      'VALIDATION period',
    ]);
    expect((await desk.make(lss, 'openAssessment', 'Assessment', fields)).refused).toEqual(['NOT_YOURS']);
    const wrong = { ...fields, period: '2007Q1' };
    expect((await desk.make(pop, 'openAssessment', 'Assessment', wrong)).refused).toEqual([
      'VALIDATION period',
    ]);
  });
});

describe('a matter between units', () => {
  const advance = (viewer: typeof pop, id: string, event: string, fields: object = {}) =>
    desk.change(viewer, 'advanceCoordinationMatter', 'CoordinationMatter', id, { event, ...fields });

  test('is brought up by any unit, assigned, done, reviewed and closed', async () => {
    const made = await desk.make(viewerOf('EDU'), 'openCoordinationMatter', 'CoordinationMatter', {
      subject: '入学信息核对口径',
      dueOn: '2007-04-30',
    });
    const id = made.id!;
    expect(await desk.row('CoordinationMatter', id)).toMatchObject({
      raised_by_id: 'PT-EDU',
      status: 'OPEN',
    });
    expect((await advance(pop, id, 'ASSIGN')).refused).toEqual(['REQUIRED assignedTo']);
    expect((await advance(lss, id, 'ASSIGN', { assignedTo: [unit('PT-LSS')] })).refused).toEqual([
      'NOT_YOURS',
    ]);
    expect((await advance(pop, id, 'ASSIGN', { assignedTo: [unit('PT-LSS')] })).refused).toEqual([]);
    expect((await advance(viewerOf('EDU'), id, 'START')).refused).toEqual(['NOT_YOURS']);
    for (const [viewer, event] of [
      [lss, 'START'],
      [lss, 'FINISH'],
      [pop, 'SEND_BACK'],
      [lss, 'FINISH'],
      [pop, 'REVIEW'],
      [pop, 'CLOSE'],
    ] as const)
      expect((await advance(viewer, id, event)).refused).toEqual([]);
    expect((await advance(pop, id, 'CLOSE')).refused).toEqual(['BAD_TRANSITION']);
  });

  test('names no person', async () => {
    const subject = '核实369999199305010000的登记';
    const made = await desk.make(lss, 'openCoordinationMatter', 'CoordinationMatter', { subject });
    expect(made.refused).toEqual(['VALIDATION subject']);
  });
});

describe('policies and inspections', () => {
  test('a measure is recorded and changed by the office, its progress told by who carries it out', async () => {
    const made = await desk.make(pop, 'recordPolicyMeasure', 'PolicyMeasure', {
      title: '窗口提速措施',
      kind: 'MEASURE',
      responsible: [unit('PT-LSS')],
      dueOn: '2007-06-30',
    });
    const id = made.id!;
    const tell = (viewer: typeof pop, progress: number) =>
      desk.change(viewer, 'recordProgress', 'PolicyMeasure', id, { progress });
    expect((await tell(viewerOf('PSB'), 10)).refused).toEqual(['NOT_YOURS']);
    expect((await tell(lss, 101)).refused).toEqual(['VALIDATION progress']);
    expect((await tell(lss, 60)).refused).toEqual([]);
    const change = (viewer: typeof pop) =>
      desk.change(viewer, 'changePolicyMeasure', 'PolicyMeasure', id, { dueOn: '2007-07-31' });
    expect((await change(lss)).refused).toEqual(['NOT_YOURS']);
    expect((await change(pop)).refused).toEqual([]);
    expect((await tell(pop, 100)).refused).toEqual([]);
    expect((await tell(lss, 90)).refused).toEqual(['NOT_READY']);
    expect((await desk.row('PolicyMeasure', id)).progress).toBe(100);
  });

  test('an inspection of a unit is recorded when it has been made, and settled once', async () => {
    const record = (fields: object, viewer = pop) =>
      desk.make(viewer, 'recordSupervision', 'SupervisionInspection', {
        target: unit('PT-LSS'),
        occurredOn: '2007-02-28',
        findings: ['DATA_LATE'],
        rectifyBy: '2007-03-30',
        ...fields,
      });
    expect((await record({ occurredOn: '2007-03-02' })).refused).toEqual(['NOT_READY']);
    expect((await record({ findings: ['NONE', 'DATA_LATE'] })).refused).toEqual(['VALIDATION findings']);
    expect((await record({}, lss)).refused).toEqual(['NOT_YOURS']);
    const { id } = await record({});
    const close = () => desk.change(pop, 'closeSupervision', 'SupervisionInspection', id!);
    expect((await close()).refused).toEqual([]);
    expect((await close()).refused).toEqual(['NOT_READY']);
  });
});
