import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeNodeId } from '../../src/graph/node-id.ts';
import { createViewer } from '../../src/identity/viewer.ts';
import { decision, keyOf, openDistrict } from '../support/doing.ts';
import { viewerOf } from '../support/graph.ts';

const [cac, psb, civ, sub, lss] = (['CAC', 'PSB', 'CIV', 'SUB', 'LSS'] as const).map((code) =>
  viewerOf(code),
);
const registrar = createViewer({ department: 'PSB', unit: 'PT-PSB', sub: 'registrar', posts: ['REGISTRAR'] });
let district: Awaited<ReturnType<typeof openDistrict>>;
beforeAll(async () => {
  district = await openDistrict();
});
afterAll(() => district?.close());

interface Person {
  readonly id: string;
  readonly number: string;
}

/** Persons who stand in one row of the register each: a window serves whoever comes, wherever one lives. */
const used = new Set<string>();
async function person(where = 'true'): Promise<Person> {
  const rows = await district.owner.unsafe(`
    select m.id, m.citizen_id_number as number from public_security.migrants m
    where m.citizen_id_number is not null and m.status = 'ACTIVE' and not m.shielded and m.quality_flags = '{}'
      and (select count(*) from public_security.migrants n where n.citizen_id_number = m.citizen_id_number) = 1
      and not exists (select 1 from public_security.correction_requests c where c.person_id = m.id) and ${where} order by m.id limit 40`);
  const found = rows.find(({ id }) => !used.has(id));
  if (!found) throw new Error(`Nobody in the synthetic district is so: ${where}`);
  used.add(found.id);
  return {
    id: encodeNodeId('Migrant', String(found.id)),
    number: String(found.number),
  };
}

const ask = ({ number }: Person, claim: object) =>
  district.make(cac!, 'correctOwnData', 'CorrectionRequest', {
    personCitizenIdNumber: number,
    proofKind: 'RESIDENT_ID',
    proofNumber: number,
    ...claim,
  });
const accept = (viewer: typeof registrar, id: string) =>
  district.change(viewer, 'decideCorrection', id, { event: 'ACCEPT' });
const flags = async ({ id }: Person) => (await district.row(id)).quality_flags;

/** What the register answers for: the claim, the column that changes, the value after it. */
const claims = [
  ['claimedName', '示例新名', 'name'],
  ['claimedMobilePhone', '13800001234', 'mobile_phone'],
  ['claimedEducationLevel', 'POSTGRADUATE', 'education_level'],
] as const;
const unmarried = `not exists (select 1 from civil_affairs.marriage_registrations r where m.id in (r.party_a_id, r.party_b_id))`;

describe('own data that is wrong', () => {
  it.each(claims)(
    '%s goes to the register, which changes it when it accepts',
    async (claim, value, column) => {
      const who = await person();
      const before = (await district.row(who.id))[column];
      const made = await ask(who, { [claim]: value });
      expect(made).toMatchObject({ committed: true, faults: [], effects: ['flagCorrection DONE'] });
      expect(await district.row(made.id!)).toMatchObject({
        authority_unit: 'PT-PSB',
        requested_by_unit: cac!.unit,
        status: 'REQUESTED',
      });
      expect((await district.row(who.id))[column]).toBe(before);
      expect(await flags(who)).toEqual(['CORRECTION_ASKED']);
      expect((await accept({ ...psb!, posts: [] }, made.id!)).code).toBe('NOT_YOURS');
      expect((await accept(registrar, made.id!)).effects.toSorted()).toEqual([
        'carryCorrection DONE',
        'flagCorrection DONE',
      ]);
      expect((await district.row(who.id))[column]).toBe(value);
      expect(await flags(who)).toEqual([]);
      expect((await accept(registrar, made.id!)).code).toBe('BAD_TRANSITION');
    },
  );

  it('a marital status goes to civil affairs where the marriage is registered here, else to the register', async () => {
    const married = await person(`not (${unmarried})`);
    const single = await person(`${unmarried} and m.marital_status = 'UNMARRIED'`);
    const asked = await ask(married, { claimedMaritalStatus: 'DIVORCED' });
    const other = await ask(single, { claimedMaritalStatus: 'DIVORCED' });
    expect((await district.row(asked.id!)).authority_unit).toBe('PT-CIV');
    expect((await district.row(other.id!)).authority_unit).toBe('PT-PSB');
    expect((await accept(registrar, asked.id!)).code).toBe('NOT_YOURS');
    const before = (await district.row(married.id)).marital_status;
    expect((await accept(civ!, asked.id!)).committed).toBe(true);
    // Civil affairs puts its own record right, and tells the register no value.
    expect((await district.row(married.id)).marital_status).toBe(before);
    expect((await accept(registrar, other.id!)).committed).toBe(true);
    expect((await district.row(single.id)).marital_status).toBe('DIVORCED');
  });

  it('a dwelling is put right when the move is registered', async () => {
    const who = await person();
    const elsewhere = await district.find(
      'Dwelling',
      `select id from housing.dwellings where subdistrict_code = '310107015' and id not in (select dwelling_id from public_security.residence_registrations where dwelling_id is not null and person_id = '${keyOf(who.id)}') order by id limit 1`,
    );
    const made = await ask(who, { claimedDwelling: elsewhere });
    expect(made.faults).toEqual([]);
    expect((await accept(registrar, made.id!)).faults).toEqual([
      'NOT_READY Register the move first: the register does not say yet that the person lives there.',
    ]);
    await district.owner`update public_security.residence_registrations set dwelling_id = ${keyOf(elsewhere)} where id = ${String((await district.row(who.id)).current_registration_id)}`;
    expect((await accept(registrar, made.id!)).committed).toBe(true);
  });

  it('is refused with grounds, reasons, decider and remedy, which legal affairs is told', async () => {
    const who = await person();
    const made = await ask(who, { claimedName: '示例别名' });
    const name = (await district.row(who.id)).name;
    const refuse = (given: object) =>
      district.change(registrar, 'decideCorrection', made.id!, { event: 'REFUSE', ...given });
    const { remedyNotice: _, ...part } = decision;
    expect((await refuse({ decision: part })).faults).toEqual([
      'decision.remedyNotice REQUIRED decision.remedyNotice is needed.',
    ]);
    expect((await refuse({ decision })).effects.toSorted()).toEqual([
      'flagCorrection DONE',
      'reportAct DONE',
    ]);
    expect((await district.row(who.id)).name).toBe(name);
    expect(await flags(who)).toEqual([]);
  });

  it('is refused by civil affairs where it answers for the value, and by nobody else', async () => {
    const who = await person(`not (${unmarried})`);
    const made = await ask(who, { claimedMaritalStatus: 'DIVORCED' });
    const refuse = (viewer: typeof registrar) =>
      district.change(viewer, 'decideCorrection', made.id!, { event: 'REFUSE', decision });
    expect((await refuse(registrar)).code).toBe('NOT_YOURS');
    expect(await refuse(civ!)).toMatchObject({ committed: true, faults: [] });
    expect(await district.row(made.id!)).toMatchObject({ status: 'REFUSED', decided_by: civ!.person });
    expect(await flags(who)).toEqual([]);
  });

  it('is one value a request, well formed, and one open request a field', async () => {
    const who = await person();
    expect((await ask(who, {})).faults).toEqual([
      'VALIDATION Claim one value; each has a request of its own.',
    ]);
    expect((await ask(who, { claimedName: '甲', claimedSex: 'MALE' })).committed).toBe(false);
    expect((await ask(who, { claimedMobilePhone: '12' })).faults).toEqual([
      'claimedMobilePhone VALIDATION This is no telephone number.',
    ]);
    const first = await ask(who, { claimedMobilePhone: '13800001234' });
    const second = await ask(who, { claimedMobilePhone: '13800001235' });
    expect([first.committed, second.committed]).toEqual([true, false]);
    expect((await ask(who, { claimedName: '示例' })).committed).toBe(true);
    expect((await district.change(cac!, 'withdrawCorrection', first.id!)).committed).toBe(true);
    expect(await flags(who)).toEqual(['CORRECTION_ASKED']);
  });

  it('is read by window and authority, with both values; others see that something is asked', async () => {
    const who = await person();
    const { id } = await ask(who, { claimedMobilePhone: '13800009999' });
    const read = async (viewer: typeof registrar) => {
      const { data } = await district.graph.ask(
        viewer,
        'query($id: ID!) { correctionRequest(id: $id) { claimedMobilePhone person { mobilePhone } } }',
        { id },
      );
      return data?.correctionRequest ?? null;
    };
    const held = (await district.row(who.id)).mobile_phone;
    expect(await read(registrar)).toEqual({
      claimedMobilePhone: '13800009999',
      person: { mobilePhone: held },
    });
    expect(await read(cac!)).toMatchObject({ claimedMobilePhone: '13800009999' });
    for (const viewer of [sub!, lss!, civ!, viewerOf('CAC', 'PT-CAC-005')])
      expect(await read(viewer)).toBeNull();
    const { data } = await district.graph.ask(sub!, 'query($id: ID!) { migrant(id: $id) { qualityFlags } }', {
      id: who.id,
    });
    expect(data.migrant.qualityFlags).toEqual(['CORRECTION_ASKED']);
    const work = await district.graph.ask(
      registrar,
      '{ myWork(kinds: ["CorrectionRequest"]) { items { id event } } }',
    );
    expect(work.data.myWork.items).toContainEqual({ id, event: 'accept' });
  });

  it('hides what was claimed with the whereabouts of the person', async () => {
    const who = await person();
    const { id } = await ask(who, { claimedMobilePhone: '13800007777' });
    const read = async (viewer: typeof registrar) =>
      (
        await district.graph.ask(
          viewer,
          'query($id: ID!) { correctionRequest(id: $id) { claimedMobilePhone } }',
          {
            id,
          },
        )
      ).data?.correctionRequest ?? null;
    const claimed = { claimedMobilePhone: '13800007777' };
    expect(await read(cac!)).toEqual(claimed);
    await district.owner`update public_security.migrants set shielded = true where id = ${keyOf(who.id)}`;
    expect(await read(cac!)).toBeNull();
    expect(await read(registrar)).toEqual(claimed);
  });
});
