import { afterAll, beforeAll, expect, test } from 'vitest';
import { viewerOf } from '../support/graph.ts';
import { Desk } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk?.close());

const drc = viewerOf('DRC');
const cmo = viewerOf('CMO');

test('an indicator of the plan is added and changed by the commission, once a year', async () => {
  const item = { year: 2008, indicator: 'COORDINATORS', target: '480', unitOfMeasure: '人' };
  const add = (viewer = drc) => desk.make(viewer, 'upsertPlanItem', 'DevelopmentPlanItem', item);
  expect((await add(cmo)).refused).toEqual(['NOT_YOURS']);
  const { id, refused } = await add();
  expect(refused).toEqual([]);
  expect((await add()).refused).toEqual(['VALIDATION year', 'VALIDATION indicator']);
  const change = (fields: object) => desk.change(drc, 'upsertPlanItem', 'DevelopmentPlanItem', id!, fields);
  expect((await change({ actual: '460' })).refused).toEqual([]);
  expect((await change({ year: 2009 })).refused).toEqual(['VALIDATION year']);
  const row = await desk.row('DevelopmentPlanItem', id!);
  expect([Number(row.target), Number(row.actual)]).toEqual([480, 460]);
});

test('a study is its office’s, and stands once its summary is published', async () => {
  const record = (viewer: typeof drc) =>
    desk.make(viewer, 'recordStudy', 'PopulationStudy', { title: '社区人口研究', kind: 'COMMUNITY' });
  expect((await record(viewerOf('LSS'))).refused).toEqual(['NOT_YOURS']);
  const { id } = await record(cmo);
  expect((await desk.row('PopulationStudy', id!)).owner_id).toBe('PT-CMO');
  const change = (viewer: typeof drc, fields: object) =>
    desk.change(viewer, 'changeStudy', 'PopulationStudy', id!, fields);
  const publish = (viewer: typeof drc) => desk.change(viewer, 'publishStudy', 'PopulationStudy', id!);
  expect((await change(drc, { summary: '摘要' })).refused).toEqual(['NOT_YOURS']);
  expect((await publish(cmo)).refused).toEqual(['NOT_READY']);
  expect((await change(cmo, { summary: '联系人13800000000' })).refused).toEqual(['VALIDATION summary']);
  const datasets = [
    { measure: 'count', groupedBy: 'SUBDISTRICT', snapshotOn: '2007-02-28', isSuppressed: false },
  ];
  expect((await change(cmo, { datasets })).refused).toEqual(['VALIDATION datasets']);
  expect(
    (await change(cmo, { summary: '摘要', datasets: [{ ...datasets[0], isSuppressed: true }] })).refused,
  ).toEqual([]);
  expect((await publish(cmo)).refused).toEqual([]);
  expect((await change(cmo, { summary: '另一摘要' })).refused).toEqual(['NOT_READY']);
  expect((await publish(cmo)).refused).toEqual(['NOT_READY']);
});
