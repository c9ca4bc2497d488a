import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeNodeId } from '../../src/graph/node-id.ts';
import type { Viewer } from '../../src/identity/viewer.ts';
import { viewerOf } from '../support/graph.ts';
import { Desk } from './desk.ts';

let desk: Desk;
let recordRef: string;
beforeAll(async () => {
  desk = await Desk.open();
  const [row] = await desk.owner`select id from public_security.migrants order by id limit 1`;
  recordRef = encodeNodeId('Migrant', String(row!.id));
});
afterAll(() => desk?.close());

const wof = viewerOf('WOF');
const psb = viewerOf('PSB');
const as = (viewer: Viewer, person: string): Viewer => ({ ...viewer, person });
const asked = (fields: object = {}, viewer = wof) =>
  desk.make(viewer, 'requestAccessGrant', 'AccessGrant', {
    fieldGroup: 'CONTACT',
    recordRef,
    purpose: 'AID',
    legalBasis: '妇女权益保障法',
    validTo: '2007-03-31T15:00:00Z',
    ...fields,
  });
const decide = (viewer: Viewer, mutation: string, id: string, fields: object = {}) =>
  desk.change(viewer, mutation, 'AccessGrant', id, fields);
/** What both walls ask. */
const kept = (id: string) => desk.owner`select 1 from access.grants where id = ${id}`;
const request = async (fields: object = {}) => {
  const { id, refused } = await asked(fields);
  expect(refused).toEqual([]);
  return id!;
};

describe('a case-bound grant (dossier 6.5)', () => {
  test('is asked of the department that answers for the group, and approved by two of its persons', async () => {
    const id = await request();
    expect(await desk.row('AccessGrant', id)).toMatchObject({
      grantee_id: 'PT-WOF',
      owner_id: 'PT-PSB',
      requested_by: wof.person,
      record_ref: recordRef,
      status: 'REQUESTED',
    });
    expect((await decide(viewerOf('LSS'), 'approveAccessGrant', id)).refused).toEqual(['NOT_YOURS']);
    expect((await decide(wof, 'approveAccessGrant', id)).refused).toEqual(['NOT_YOURS']);
    // Whoever asked is told so before it is tried.
    expect(await desk.offered(as(psb, wof.person), 'AccessGrant', id)).toEqual(['approve?', 'deny']);
    expect((await decide(as(psb, wof.person), 'approveAccessGrant', id)).refused).toEqual(['NOT_READY']);
    expect(await desk.offered(as(psb, 'psb-1'), 'AccessGrant', id)).toEqual(['approve', 'deny']);
    expect((await decide(as(psb, 'psb-1'), 'approveAccessGrant', id)).refused).toEqual([]);
    expect((await desk.row('AccessGrant', id)).status).toBe('APPROVED');
    expect(await desk.offered(as(psb, 'psb-1'), 'AccessGrant', id)).toEqual(['approve?', 'deny']);
    expect((await decide(as(psb, 'psb-1'), 'approveAccessGrant', id)).refused).toEqual(['NOT_READY']);
    expect(await desk.offered(as(psb, 'psb-2'), 'AccessGrant', id)).toEqual(['approve', 'deny']);
    expect((await decide(as(psb, 'psb-2'), 'approveAccessGrant', id)).refused).toEqual([]);
    expect(await desk.row('AccessGrant', id)).toMatchObject({
      status: 'ACTIVE',
      approved_by: 'psb-1',
      second_approved_by: 'psb-2',
    });
    expect(await kept(id)).toHaveLength(1);
    await desk.on('2007-03-30', 'AccessGrant');
    expect((await desk.row('AccessGrant', id)).status).toBe('ACTIVE');
    await desk.on('2007-04-01', 'AccessGrant');
    expect((await desk.row('AccessGrant', id)).status).toBe('EXPIRED');
    expect(await kept(id)).toHaveLength(0);
  });

  test('is denied with a reason, by the owner', async () => {
    const id = await request();
    expect((await decide(psb, 'denyAccessGrant', id)).refused).toEqual(['REQUIRED reason']);
    expect((await decide(psb, 'denyAccessGrant', id, { reason: '  ' })).refused).toEqual(['REQUIRED reason']);
    expect((await decide(wof, 'denyAccessGrant', id, { reason: '撤回' })).refused).toEqual(['NOT_YOURS']);
    expect((await decide(psb, 'denyAccessGrant', id, { reason: '依据不足' })).refused).toEqual([]);
    const [event] = await desk.owner`select reason from access.record_events
      where record_type = 'AccessGrant' and record_id = ${id} and event = 'deny'`;
    expect(event!.reason).toBe('依据不足');
    expect((await decide(psb, 'approveAccessGrant', id)).refused).toEqual(['BAD_TRANSITION']);
  });

  test('is taken back by the owner while it is in force', async () => {
    const id = await request();
    expect((await decide(psb, 'revokeAccessGrant', id)).refused).toEqual(['BAD_TRANSITION']);
    await decide(as(psb, 'psb-1'), 'approveAccessGrant', id);
    await decide(as(psb, 'psb-2'), 'approveAccessGrant', id);
    expect((await decide(psb, 'revokeAccessGrant', id)).refused).toEqual([]);
    expect((await desk.row('AccessGrant', id)).status).toBe('REVOKED');
    expect(await desk.bySystem('AccessGrant', id, 'expire')).toBe(false);
  });

  test.each([
    ['after thirty days', '2007-04-01T15:00:00Z'],
    ['today', '2007-02-28T15:59:00Z'],
  ])('does not end %s', async (_, validTo) => {
    expect((await asked({ validTo })).refused).toEqual(['VALIDATION validTo']);
  });

  test.each(['ETHNICITY', 'REPRODUCTIVE_RECORD', 'ADOPTION_REGISTRATION'])(
    'of %s is given to nobody',
    async (fieldGroup) => {
      expect((await asked({ fieldGroup })).refused).toEqual(['VALIDATION fieldGroup']);
    },
  );

  test('of clinical records is not given to police or family planning, but to others', async () => {
    const fields = {
      fieldGroup: 'MATERNAL_CHILD_HEALTH',
      recordRef: encodeNodeId('MaternalRecord', 'any'),
    };
    for (const code of ['PSB', 'FPC', 'STN'] as const)
      expect((await asked(fields, viewerOf(code))).refused).toEqual(['VALIDATION fieldGroup']);
    expect((await asked(fields, viewerOf('CIV'))).refused).toEqual([]);
  });

  test('names a record, and is of another unit', async () => {
    for (const ref of ['', 'r', encodeNodeId('Migrant', '')])
      expect((await asked({ recordRef: ref })).committed).toBe(false);
    const wrong = { recordRef: encodeNodeId('Dwelling', 'any') };
    expect((await asked(wrong)).refused).toEqual(['VALIDATION']);
    expect((await asked({}, psb)).refused).toEqual(['VALIDATION fieldGroup']);
  });

  test('needs the consent of the client where the group is that of a client', async () => {
    const jus = viewerOf('JUS');
    const made = await asked(
      { fieldGroup: 'AID_CASE', purpose: 'RIGHTS_PROTECTION', recordRef: encodeNodeId('AidCase', 'any') },
      jus,
    );
    const civ = viewerOf('CIV');
    const approve = (person: string, fields: object = {}) =>
      decide(as(civ, person), 'approveAccessGrant', made.id!, fields);
    expect((await approve('civ-1')).refused).toEqual(['NOT_READY']);
    expect((await approve('civ-1', { consentOn: '2007-03-02' })).refused).toEqual(['NOT_READY']);
    expect((await approve('civ-1', { consentOn: '2007-02-27' })).refused).toEqual([]);
    expect((await approve('civ-2')).refused).toEqual([]);
    expect(await desk.row('AccessGrant', made.id!)).toMatchObject({ status: 'ACTIVE' });
  });
});
