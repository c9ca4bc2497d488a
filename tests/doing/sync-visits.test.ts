import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeNodeId } from '../../src/graph/node-id.ts';
import { demoCoordinatorId } from '../../src/identity/personas.ts';
import { keyOf, openDistrict } from '../support/doing.ts';
import { assignedTask, sync } from '../support/field.ts';
import { viewerOf } from '../support/graph.ts';

const [sub, stn, cor] = (['SUB', 'STN', 'COR'] as const).map((code) => viewerOf(code));
let district: Awaited<ReturnType<typeof openDistrict>>;
beforeAll(async () => {
  district = await openDistrict();
});
afterAll(() => district.close());

const states = async (...args: Parameters<typeof sync>) => (await sync(...args)).map(({ state }) => state);
const visitsOf = async (task: string): Promise<number> => {
  const [row] =
    await district.owner`select count(*)::int as count from coordinators.visits where task_id = ${keyOf(task)}`;
  return row!.count;
};
const visit = (task: string, counter: number, more: object = {}) => ({
  counter,
  key: `k${counter}`,
  kind: 'VISIT',
  task,
  outcome: 'DONE',
  ...more,
});

describe('a journal of a device', () => {
  it('is done in the order of its numbers, and once', async () => {
    const task = await assignedTask(district);
    const journal = [
      { counter: 3, key: 'c', kind: 'REPORT', task, result: 'INFORMED' },
      visit(task, 2, { key: 'b', endedAt: '2007-03-01T02:20:00Z', note: '已宣传' }),
      { counter: 1, key: 'a', kind: 'START', task },
    ];
    const first = await sync(district, 'PDA-1', journal);
    expect(first.map(({ counter, state }) => `${counter} ${state}`)).toEqual([
      '3 APPLIED',
      '2 APPLIED',
      '1 APPLIED',
    ]);
    expect(await district.row(task)).toMatchObject({
      status: 'REPORTED',
      result: 'INFORMED',
      record_version: 4,
    });
    expect(await district.row(first[1]!.records.visit!.id)).toMatchObject({
      outcome: 'DONE',
      note: '已宣传',
    });
    expect(await states(district, 'PDA-1', journal)).toEqual(['ALREADY', 'ALREADY', 'ALREADY']);
    expect(await visitsOf(task)).toBe(1);
    expect((await district.row(task)).record_version).toBe(4);
  });

  it('keeps as a conflict what came after the task had moved on, for the station to settle', async () => {
    const task = await assignedTask(district);
    await sync(district, 'PDA-1', [{ counter: 4, key: 'd', kind: 'START', task }]);
    expect(await district.change(sub!, 'cancelTask', task)).toMatchObject({ committed: true });
    const late = visit(task, 5, { personsCaptured: 2, note: '已搬空' });
    const [kept] = await sync(district, 'PDA-1', [late]);
    expect(kept).toMatchObject({ state: 'CONFLICT', records: { fieldReport: { cause: 'CONFLICT' } } });
    const report = kept!.records.fieldReport!.id;
    expect(await district.row(report)).toMatchObject({
      kind: 'VISIT',
      task_id: keyOf(task),
      device: 'PDA-1',
      counter: 5,
      outcome: 'DONE',
      persons_captured: 2,
      note: '已搬空',
      status: 'OPEN',
      station_code: 'PT-STN-015-1',
    });
    const again = await sync(district, 'PDA-1', [late]);
    expect(again[0]).toMatchObject({ state: 'CONFLICT', records: { fieldReport: { id: report } } });
    const work = `{ myWork(kinds: ["FieldReport"]) { items { id event mutation } } }`;
    const { data } = await district.graph.ask(stn!, work);
    expect(data.myWork.items).toContainEqual({ id: report, event: 'settle', mutation: 'settleFieldReport' });
    const settled = await district.change(stn!, 'settleFieldReport', report, { settlement: 'ENTERED' });
    expect(settled.faults).toEqual([]);
    expect(await district.row(report)).toMatchObject({ status: 'SETTLED', settled_on: '2007-03-01' });
    expect(await states(district, 'PDA-1', [late])).toEqual(['CONFLICT']);
    expect(await visitsOf(task)).toBe(0);
  });

  it('conflicts where somebody else has changed the task since, whatever its state', async () => {
    const task = await assignedTask(district);
    expect(
      await states(district, 'PDA-1', [
        { counter: 6, key: 'f', kind: 'START', task },
        { counter: 7, key: 'g', kind: 'REPORT', task, result: 'NOTHING_FOUND' },
      ]),
    ).toEqual(['APPLIED', 'APPLIED']);
    await district.change(sub!, 'returnTask', task);
    // The other device knows nothing of the return.
    const stale = { counter: 1, key: 'a', kind: 'REPORT', task, result: 'INFORMED' };
    expect(await states(district, 'PDA-2', [stale])).toEqual(['CONFLICT']);
    expect(await district.row(task)).toMatchObject({ status: 'IN_PROGRESS', result: null });
    const { record_version: baseVersion } = await district.row(task);
    const fresh = { ...stale, counter: 2, key: 'b', baseVersion };
    expect(await states(district, 'PDA-2', [fresh])).toEqual(['APPLIED']);
  });

  it('keeps a visit to a task that was taken away, without the persons', async () => {
    const task = await assignedTask(district);
    await sync(district, 'PDA-1', [{ counter: 8, key: 'h', kind: 'START', task }]);
    await district.owner`update coordinators.coordinator_tasks set status = 'CREATED', assignee_id = null, record_version = record_version + 1 where id = ${keyOf(task)}`;
    const person = await district.find(
      'Migrant',
      `select id from public_security.migrants where not shielded and subdistrict_code = '310107015' limit 1`,
    );
    const [kept] = await sync(district, 'PDA-1', [
      visit(task, 9, {
        arrivals: [
          { name: '示例甲', sex: 'MALE', citizenIdNumber: '349999198506120039', birthDate: '1985-06-12' },
        ],
        departures: [person],
      }),
    ]);
    expect(kept).toMatchObject({ state: 'REFUSED', userErrors: [], records: { coordinatorTask: null } });
    const row = await district.row(kept!.records.fieldReport!.id);
    expect(row).toMatchObject({
      cause: 'NOT_MINE',
      outcome: 'DONE',
      persons_captured: 1,
      task_id: keyOf(task),
    });
    const text = JSON.stringify(row);
    for (const canary of ['示例甲', '349999198506120039', keyOf(person)]) expect(text).not.toContain(canary);
    expect(await visitsOf(task)).toBe(0);
  });

  it('answers alike for a task of elsewhere and one that is none', async () => {
    const elsewhere = await district.find(
      'CoordinatorTask',
      `select id from coordinators.coordinator_tasks where subdistrict_code <> '310107015' limit 1`,
    );
    const none = encodeNodeId('CoordinatorTask', '01900000-0000-7000-8000-0000000000ff');
    const answers = await sync(district, 'PDA-1', [visit(elsewhere, 10), visit(none, 11)]);
    expect(answers.map(({ state }) => state)).toEqual(['REFUSED', 'REFUSED']);
    for (const { records } of answers) {
      expect(records).toMatchObject({ coordinatorTask: null, visit: null });
      expect((await district.row(records.fieldReport!.id)).task_id).toBeNull();
    }
  });

  it('obeys a shield that was set meanwhile', async () => {
    const person = await district.find(
      'Migrant',
      `select m.id from public_security.migrants m join public_security.residence_registrations r on r.id = m.current_registration_id where m.neighbourhood_code = '310107015001' and not m.shielded limit 1`,
    );
    const task = await assignedTask(district, {
      kind: 'REGISTRATION_VISIT',
      targetPlace: null,
      neighbourhoodCode: null,
      targetMigrant: person,
    });
    expect(await states(district, 'PDA-1', [{ counter: 12, key: 'l', kind: 'START', task }])).toEqual([
      'APPLIED',
    ]);
    await district.owner`update public_security.migrants set shielded = true where id = ${keyOf(person)}`;
    const [kept] = await sync(district, 'PDA-1', [visit(task, 13)]);
    expect(kept).toMatchObject({ state: 'REFUSED', records: { coordinatorTask: null, visit: null } });
    expect(await visitsOf(task)).toBe(0);
  });

  it('does not lose what a device says under a number and key that it has used', async () => {
    const task = await assignedTask(district);
    const start = { counter: 20, key: 'x', kind: 'START', task };
    expect(await states(district, 'PDA-1', [start])).toEqual(['APPLIED']);
    const other = visit(task, 20, { key: 'x', note: '另一事项' });
    expect(await states(district, 'PDA-1', [other, other, start])).toEqual([
      'CONFLICT',
      'CONFLICT',
      'ALREADY',
    ]);
    const [row] =
      await district.owner`select count(*)::int as count from coordinators.field_reports where note = '另一事项'`;
    expect(row!.count).toBe(1);
    expect(await visitsOf(task)).toBe(0);
  });

  it('says what has to be mended, and takes the event afterwards', async () => {
    const task = await assignedTask(district);
    await sync(district, 'PDA-3', [{ counter: 1, key: 'a', kind: 'START', task }]);
    const [answer] = await sync(district, 'PDA-3', [visit(task, 2, { outcome: null })]);
    expect(answer).toMatchObject({
      state: 'REFUSED',
      userErrors: [{ path: ['outcome'], code: 'REQUIRED' }],
      records: { fieldReport: null },
    });
    expect(await states(district, 'PDA-3', [visit(task, 2)])).toEqual(['APPLIED']);
  });

  it('is a coordinator’s alone', async () => {
    const task = await assignedTask(district);
    await expect(sync(district, 'PDA-1', [visit(task, 1)], sub)).rejects.toThrow('SUBDISTRICT may not use');
    await expect(sync(district, 'PDA 1', [], cor)).rejects.toThrow('device has 1 to 64');
    expect((await district.make(cor!, 'settleFieldReport', 'FieldReport', {})).code).toBeDefined();
  });

  it('of another coordinator leaves this one’s tasks alone', async () => {
    const task = await assignedTask(district);
    const [other] =
      await district.owner`select id from coordinators.coordinators where subdistrict_code = '310107015' and id <> ${demoCoordinatorId} and status = 'ACTIVE' limit 1`;
    const stranger = { ...cor!, person: String(other!.id) };
    const [kept] = await sync(district, 'PDA-1', [{ counter: 1, key: 'a', kind: 'START', task }], stranger);
    expect(kept).toMatchObject({ state: 'REFUSED', records: { coordinatorTask: null } });
    expect((await district.row(task)).status).toBe('ASSIGNED');
  });
});
