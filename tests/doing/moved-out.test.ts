import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeNodeId } from '../../src/graph/node-id.ts';
import { createViewer, type Viewer } from '../../src/identity/viewer.ts';
import { Desk } from './desk.ts';

// "After a person moves out: records this SUB itself created stay readable 90 days, then only as aggregates" (dossier
// §6.3). What a sub-district makes about persons are checks of certificates.

let desk: Desk;
let checks: { id: string; person: string; number: string }[];
let home: { id: string; place: string };

const official = (code: 'SUB' | 'CAC', unit: string): Viewer =>
  createViewer({ department: code, unit, sub: `${unit}-1`, name: '示例', posts: ['FP_OFFICER', 'WINDOW'] });
const old = official('SUB', 'PT-SUB-015');
let next: Viewer;

beforeAll(async () => {
  desk = await Desk.open();
  const rows = await desk.owner<{ id: string; person: string; number: string }[]>`
    select c.id::text, m.id::text as person, m.citizen_id_number as number from family_planning.certificate_checks c
    join public_security.migrants m on m.id = c.person_id join public_security.residence_registrations r on r.id = m.current_registration_id
    where c.checked_by_id = 'PT-SUB-015' and c.subdistrict_code = '310107015' and m.status = 'ACTIVE' and not m.shielded
    and m.citizen_id_number is not null and r.arrived_here_on < '2007-02-01'
    and (select count(*) from public_security.residence_registrations o where o.person_id = m.id and o.status <> 'CLOSED') = 1
    and (select count(*) from public_security.migrants n where n.citizen_id_number = m.citizen_id_number) = 1
    and (select count(*) from family_planning.certificate_checks o where o.person_id = m.id) = 1
    order by c.id limit 4`;
  checks = [...rows];
  expect(checks.length).toBe(4);
  const [dwelling] = await desk.owner<{ id: string; place: string }[]>`
    select id::text, subdistrict_code as place from housing.dwellings
    where subdistrict_code <> '310107015' and neighbourhood_code is not null order by id limit 1`;
  home = dwelling!;
  next = official('SUB', `PT-SUB-${home.place.slice(6)}`);
});
afterAll(() => desk?.close());

/** Whether a sub-district reads a check; and the person of it. */
async function reads(viewer: Viewer, id: string) {
  const { data } = await desk.graph.ask(
    viewer,
    `{ certificateCheck(id: "${encodeNodeId('CertificateCheck', id)}") { result person { id } } }`,
  );
  return { check: data?.certificateCheck != null, person: data?.certificateCheck?.person != null };
}

/** The same by SQL of the role's own, on a day. */
async function roleReads(viewer: Viewer, id: string, today: string): Promise<boolean> {
  return desk.owner.begin(async (tx) => {
    const says = {
      unit: viewer.unit,
      subdistrict: viewer.subdistrict ?? '',
      posts: viewer.posts.join(),
      today,
    };
    for (const [name, value] of Object.entries(says))
      await tx`select set_config(${`laihu.${name}`}, ${value}, true)`;
    await tx.unsafe('set local role laihu_subdistrict');
    const rows = await tx`select id from family_planning.certificate_checks where id = ${id}`;
    return rows.length === 1;
  });
}

async function moveAway({ number }: { number: string }): Promise<void> {
  const window = official('CAC', `PT-CAC-${home.place.slice(6)}`);
  const moved = await desk.make(window, 'moveRegistration', 'ResidenceRegistration', {
    personCitizenIdNumber: number,
    dwelling: encodeNodeId('Dwelling', home.id),
    arrivedHereOn: '2007-02-28',
    stayReason: 'WORK',
    dwellingRelation: 'TENANT',
  });
  expect(moved.refused).toEqual([]);
}

describe('who moves to another sub-district', () => {
  test('is gone at once; the check that the old one made is read for ninety days', async () => {
    const [check] = checks;
    expect(await reads(old, check!.id)).toEqual({ check: true, person: true });
    expect(await reads(next, check!.id)).toEqual({ check: false, person: false });
    await moveAway(check!);
    expect(await reads(next, check!.id)).toEqual({ check: true, person: true });
    expect(await reads(old, check!.id)).toEqual({ check: true, person: false });
    // Another sub-district, or the old one without the post, never.
    expect((await reads(official('SUB', 'PT-SUB-102'), check!.id)).check).toBe(false);
    expect((await reads({ ...old, posts: [] }, check!.id)).check).toBe(false);
    // Nor does the old one do anything to it.
    expect(await desk.offered(old, 'CertificateCheck', check!.id)).toEqual([]);
    desk.today = '2007-05-30';
    expect((await reads(old, check!.id)).check).toBe(true);
    expect(await roleReads(old, check!.id, '2007-05-30')).toBe(true);
    desk.today = '2007-05-31';
    expect((await reads(old, check!.id)).check).toBe(false);
    expect(await roleReads(old, check!.id, '2007-05-31')).toBe(false);
    desk.today = '2007-03-01';
  });

  test('shows the old one nothing that is written afterwards', async () => {
    const [, check] = checks;
    await desk.owner`update family_planning.certificate_checks set result = 'MISSING' where id = ${check!.id}`;
    await moveAway(check!);
    expect((await reads(old, check!.id)).check).toBe(true);
    const again = await desk.change(next, 'recordCertificateCheck', 'CertificateCheck', check!.id, {
      result: 'VALID',
      checkedOn: '2007-03-01',
      noticeGiven: true,
    });
    expect(again.refused).toEqual([]);
    expect((await reads(next, check!.id)).check).toBe(true);
    expect((await reads(old, check!.id)).check).toBe(false);
    expect(await roleReads(old, check!.id, '2007-03-01')).toBe(false);
  });

  test('is hidden from it by a shield', async () => {
    const [, , check] = checks;
    await moveAway(check!);
    expect(await roleReads(old, check!.id, '2007-03-01')).toBe(true);
    await desk.owner`update public_security.migrants set shielded = true where id = ${check!.person}`;
    expect((await reads(old, check!.id)).check).toBe(false);
    expect(await roleReads(old, check!.id, '2007-03-01')).toBe(false);
  });

  test('and comes back is no former resident', async () => {
    const [, , , check] = checks;
    await moveAway(check!);
    await desk.owner`update public_security.migrants set subdistrict_code = '310107015', station_code = null, neighbourhood_code = null where id = ${check!.person}`;
    const row = await desk.row('CertificateCheck', check!.id);
    expect(row).toMatchObject({ subdistrict_code: '310107015', former_subdistrict: null, left_on: null });
    expect(await reads(old, check!.id)).toEqual({ check: true, person: true });
  });
});
