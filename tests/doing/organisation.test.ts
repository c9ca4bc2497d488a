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
const per = viewerOf('PER');
const itc = viewerOf('ITC');
const unit = (id: string) => encodeNodeId('OrgUnit', id);
const appoint = (viewer: typeof pop, of: string, fields: object) =>
  desk.make(viewer, 'recordAppointment', 'Appointment', {
    unit: unit(of),
    holderName: '王示例',
    role: 'STAFF',
    isConcurrent: false,
    startsOn: '2007-03-01',
    ...fields,
  });
const postOf = async (of: string, role: string) => {
  const [row] =
    await desk.owner`select id, holder_name, via_appointment_id as via from organisation.appointments where unit_id = ${of} and role = ${role} and ends_on is null order by id limit 1`;
  return row!;
};
const end = (id: string, viewer = per) =>
  desk.change(viewer, 'endAppointment', 'Appointment', id, { endsOn: '2007-03-01' });

describe('posts (dossier 4.3)', () => {
  test('are recorded by personnel and the population office, and by nobody else', async () => {
    expect((await appoint(per, 'PT-LSS', {})).refused).toEqual([]);
    expect((await appoint(pop, 'PT-LSS', { role: 'MEMBER' })).refused).toEqual([]);
    expect((await appoint(viewerOf('PSB'), 'PT-PSB', {})).refused).toEqual(['NOT_YOURS']);
    expect((await appoint(per, 'PT-LSS', { holderName: undefined })).refused).toEqual([
      'REQUIRED holderName',
    ]);
  });

  test('by virtue of another end with it', async () => {
    const director = await postOf('PT-CMO', 'DIRECTOR');
    const concurrent = await postOf('PT-POP', 'DIRECTOR');
    expect(concurrent.via).toBe(director.id);
    expect((await end(director.id)).effects).toEqual(['endConcurrentPosts DONE']);
    expect(await postOf('PT-POP', 'FULL_TIME_DEPUTY')).toBeDefined();
    const row = await desk.row('Appointment', concurrent.id);
    expect(row.ends_on).not.toBeNull();
    expect((await end(director.id)).refused).toEqual(['NOT_READY']);

    // A new director of the community office directs the population office, and nobody else can.
    const lss = await postOf('PT-LSS', 'HEAD').catch(() => undefined);
    const next = await appoint(per, 'PT-CMO', { role: 'DIRECTOR', holderName: '赵示例' });
    const seat = (via: string, holderName: string) =>
      appoint(pop, 'PT-POP', {
        role: 'DIRECTOR',
        holderName,
        isConcurrent: true,
        viaAppointment: encodeNodeId('Appointment', via),
      });
    expect((await appoint(pop, 'PT-POP', { role: 'DIRECTOR' })).refused).toEqual(['NOT_READY']);
    if (lss) expect((await seat(lss.id, lss.holder_name)).refused).toEqual(['NOT_READY']);
    expect((await seat(next.id!, '钱示例')).refused).toEqual(['VALIDATION viaAppointment']);
    expect((await seat(next.id!, '赵示例')).refused).toEqual([]);
    expect((await appoint(per, 'PT-CMO', { role: 'DIRECTOR', holderName: '孙示例' })).committed).toBe(false);
  });

  test('of a concurrent deputy come from four departments, one of each', async () => {
    const deputy = (via: string) =>
      appoint(pop, 'PT-POP', {
        role: 'DEPUTY_DIRECTOR',
        holderName: '吴示例',
        isConcurrent: true,
        viaAppointment: encodeNodeId('Appointment', via),
      });
    const own = await appoint(per, 'PT-PSB', { role: 'STAFF', holderName: '吴示例' });
    expect((await deputy(own.id!)).refused).toEqual(['NOT_READY']);
    const [held] =
      await desk.owner`select a.id from organisation.appointments a join organisation.appointments v on v.id = a.via_appointment_id where a.unit_id = 'PT-POP' and v.unit_id = 'PT-PSB' and a.ends_on is null`;
    expect((await end(held!.id, pop)).refused).toEqual([]);
    expect((await deputy(own.id!)).refused).toEqual([]);
    const other = await appoint(per, 'PT-EDU', { role: 'STAFF', holderName: '吴示例' });
    expect((await deputy(other.id!)).refused).toEqual(['NOT_READY']);
  });
});

describe('units', () => {
  const change = (id: string, fields: object, viewer = pop) =>
    desk.change(viewer, 'changeOrgUnit', 'OrgUnit', id, fields);
  const close = (id: string, viewer = pop) =>
    desk.change(viewer, 'closeOrgUnit', 'OrgUnit', id, { activeTo: '2007-03-31' });

  test('are changed by the population office, without a circle in the tree', async () => {
    expect((await change('PT-SUB-015', { nameEn: 'Changshou' })).refused).toEqual([]);
    expect((await change('PT-SUB-015', { nameEn: 'X' }, per)).refused).toEqual(['NOT_YOURS']);
    expect((await change('PT-SVC', { parent: unit('PT-SVB-015') })).refused).toEqual(['VALIDATION parent']);
  });

  test('are closed when nobody holds a post there and nothing below is open; the row stays', async () => {
    expect((await close('PT-SVC')).refused).toContain('NOT_READY');
    await desk.owner`update organisation.appointments set ends_on = '2007-03-01' where unit_id = 'PT-SVB-005' and ends_on is null and starts_on <= '2007-03-01'`;
    expect((await close('PT-SVB-005')).refused).toEqual([]);
    expect((await close('PT-SVB-005')).refused).toEqual(['NOT_READY']);
    await desk.owner`update organisation.org_units set active_from = '2006-01-01', active_to = '2007-02-28' where id = 'PT-SVB-005'`;
    expect((await appoint(per, 'PT-SVB-005', {})).refused).toEqual(['NOT_READY']);
  });
});

describe('accounts', () => {
  const set = (id: string, event: string, viewer = itc) =>
    desk.change(viewer, 'setUserAccountStatus', 'UserAccount', id, { event });

  test('are locked, opened and closed by informatisation', async () => {
    const [account] =
      await desk.owner`select id from organisation.user_accounts where status = 'ACTIVE' order by id limit 1`;
    const id = String(account!.id);
    expect((await set(id, 'LOCK', per)).refused).toEqual(['NOT_YOURS']);
    expect((await set(id, 'LOCK')).refused).toEqual([]);
    expect((await set(id, 'UNLOCK')).refused).toEqual([]);
    const change = (actingUnits: string[]) =>
      desk.change(itc, 'changeUserAccount', 'UserAccount', id, { actingUnits: actingUnits.map(unit) });
    expect((await change(['PT-LSS', 'PT-POP'])).refused).toEqual([]);
    expect((await desk.row('UserAccount', id)).acting_unit_codes).toEqual(['PT-LSS', 'PT-POP']);
    expect((await change([])).refused).toEqual(['VALIDATION actingUnits']);
    expect((await change(['PT-XXX'])).refused).toEqual(['NOT_FOUND actingUnits']);
    expect((await set(id, 'CLOSE')).refused).toEqual([]);
    expect((await set(id, 'UNLOCK')).refused).toEqual(['BAD_TRANSITION']);
  });
});
