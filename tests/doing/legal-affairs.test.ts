import { afterAll, beforeAll, expect, test } from 'vitest';
import { viewerOf } from '../support/graph.ts';
import { Desk } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk?.close());

const lao = viewerOf('LAO');

test('an act that was sent is examined once, and put right where it had a fault', async () => {
  const [found] =
    await desk.owner`select id from legal_affairs.administrative_act_reviews order by act_ref limit 1`;
  const id = String(found!.id);
  await desk.owner`update legal_affairs.administrative_act_reviews set checks = '[]', opinion = null, corrected_on = null where id = ${id}`;
  const review = (fields: object, viewer = lao) =>
    desk.change(viewer, 'reviewAct', 'AdministrativeActReview', id, fields);
  const correct = () =>
    desk.change(lao, 'recordActCorrection', 'AdministrativeActReview', id, { correctedOn: '2007-03-01' });
  const checks = [
    { subject: 'COMPETENCE', isPassed: true },
    { subject: 'REMEDY_NOTICE', isPassed: false },
  ];
  expect((await correct()).refused).toEqual(['NOT_READY']);
  expect((await review({ checks }, viewerOf('PSB'))).refused).toEqual(['NOT_YOURS']);
  expect((await review({})).refused).toEqual(['REQUIRED checks']);
  expect((await review({ checks: [] })).refused).toEqual(['REQUIRED checks']);
  expect((await review({ checks, opinion: '请补充救济告知' })).refused).toEqual([]);
  expect((await review({ checks })).refused).toEqual(['NOT_READY']);
  expect((await correct()).refused).toEqual([]);
  expect((await correct()).refused).toEqual(['NOT_READY']);
});

test('a document is recorded, amended and repealed, and its number stands once', async () => {
  const record = (viewer = lao) =>
    desk.make(viewer, 'recordNormativeDocument', 'NormativeDocument', {
      docNo: '普府办〔2007〕99号',
      title: '来沪人员服务办法',
      issuedOn: '2007-03-01',
    });
  expect((await record(viewerOf('POP'))).refused).toEqual(['NOT_YOURS']);
  const { id } = await record();
  expect((await record()).refused).toEqual(['VALIDATION docNo']);
  const change = (event: string) =>
    desk.change(lao, 'changeNormativeDocument', 'NormativeDocument', id!, { event });
  expect((await change('AMEND')).refused).toEqual([]);
  expect((await change('AMEND')).refused).toEqual(['BAD_TRANSITION']);
  expect((await change('REPEAL')).refused).toEqual([]);
  expect((await change('REPEAL')).refused).toEqual(['BAD_TRANSITION']);
});
