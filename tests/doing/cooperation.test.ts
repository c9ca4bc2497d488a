import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeNodeId } from '../../src/graph/node-id.ts';
import { viewerOf } from '../support/graph.ts';
import { Desk } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk?.close());

const cop = viewerOf('COP');

test('offices of other provinces, their officials and matters are kept by the cooperation office', async () => {
  const addOffice = (fields: object = {}, viewer = cop) =>
    desk.make(viewer, 'upsertLiaisonOffice', 'LiaisonOffice', {
      province: '340000',
      name: '示例省驻沪办事处',
      ...fields,
    });
  expect((await addOffice({}, viewerOf('POP'))).refused).toEqual(['NOT_YOURS']);
  expect((await addOffice({ province: '310000' })).refused).toEqual(['VALIDATION province']);
  const made = await addOffice();
  expect((await addOffice()).refused).toEqual(['VALIDATION name']);
  const change = await desk.change(cop, 'upsertLiaisonOffice', 'LiaisonOffice', made.id!, {
    phone: '021-52560000',
  });
  expect(change.refused).toEqual([]);

  const office = encodeNodeId('LiaisonOffice', made.id!);
  const addContact = (phone: string) =>
    desk.make(cop, 'upsertLiaisonContact', 'LiaisonContact', { office, name: '张示例', phone });
  // A private number is none of an office.
  expect((await addContact('13800000000')).refused).toEqual(['VALIDATION phone']);
  const contact = await addContact('021-52560001');
  expect(contact.refused).toEqual([]);
  expect(
    (await desk.change(cop, 'upsertLiaisonContact', 'LiaisonContact', contact.id!, { duty: '联络员' }))
      .refused,
  ).toEqual([]);

  const open = (subject: string) => desk.make(cop, 'openLiaisonMatter', 'LiaisonMatter', { office, subject });
  expect((await open('核对369999199305010000')).refused).toEqual(['VALIDATION subject']);
  const matter = await open('婚育证明互认');
  const advance = (event: string) =>
    desk.change(cop, 'advanceLiaisonMatter', 'LiaisonMatter', matter.id!, { event });
  expect((await advance('CLOSE')).refused).toEqual(['BAD_TRANSITION']);
  for (const event of ['ASSIGN', 'START', 'FINISH', 'REVIEW', 'CLOSE'])
    expect((await advance(event)).refused).toEqual([]);
  expect(await desk.row('LiaisonMatter', matter.id!)).toMatchObject({ status: 'CLOSED' });
});
