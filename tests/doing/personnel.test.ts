import type { Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeNodeId } from '../../src/graph/node-id.ts';
import { type DistrictWork, openDistrictWork } from '../support/district-work.ts';
import { viewerOf } from '../support/graph.ts';

const [per, lss] = [viewerOf('PER'), viewerOf('LSS')];
let close: () => Promise<void>;
let owner: Sql;
let work: DistrictWork;

beforeAll(async () => {
  ({ owner, work, close } = await openDistrictWork());
});
afterAll(() => close());

describe('posts', () => {
  it('are allocated and amended by the personnel bureau', async () => {
    const input = {
      unit: encodeNodeId('OrgUnit', 'PT-LSS'),
      title: '测试岗位',
      role: 'STAFF',
      establishment: 'CIVIL_SERVICE',
      quota: 3,
      filled: 1,
    };
    const made = await work.make(per, 'allocatePost', 'StaffingPost', input);
    await work.change(per, 'allocatePost', made.node, { filled: 3 });
    const over = await work.attempt(per, 'allocatePost', made.node, { filled: 4 });
    expect(over.faults).toEqual(['filled VALIDATION']);
    expect((await work.act(lss, 'allocatePost', 'StaffingPost', input)).error).toBe('NOT_YOURS');
  });
});

describe('a talent', () => {
  const sponsor = () => work.find('Employer', 'select id from labour.employers order by id limit 1');
  const part = async (node: string) => ({
    application: node,
    degree: 'MASTER',
    sponsor: await sponsor(),
    card: 'A',
    termYears: 3,
  });
  const submitted = async () => {
    const [row] =
      await owner`insert into permits.permit_applications (id, application_no, applicant_id, permit_type, action, accepted_at_unit, status, submitted_on)
        select gen_random_uuid(), '310107' || lpad((floor(random() * 1e10)::bigint)::text, 11, '0') || lpad((1 + floor(random() * 9998))::int::text, 4, '0'), l.subject_id, 'TALENT', 'NEW', 'PT-PER', 'SUBMITTED', '2007-02-28'
        from access.links l join public_security.migrants m on m.id = l.subject_id and not m.shielded where l.holder = 'PT-PER' and l.until is null
        order by random() limit 1 returning id, applicant_id`;
    return { node: encodeNodeId('PermitApplication', String(row?.id)), applicant: String(row?.applicant_id) };
  };

  it('is accepted with the part of the bureau, evaluated once, and comes with family', async () => {
    const { node, applicant } = await submitted();
    const made = await work.make(per, 'acceptTalentApplication', 'TalentApplication', await part(node));
    expect(made.effects).toEqual([{ effect: 'acceptPermitApplication', store: 'permits', state: 'DONE' }]);
    expect((await work.row('TalentApplication', made.node)).applicantId).toBe(applicant);
    expect(await work.row('PermitApplication', node)).toMatchObject({ acceptedOn: '2007-03-01' });
    const person = encodeNodeId('Migrant', applicant);
    await work.make(per, 'addTalentFamilyMember', 'TalentFamilyMember', {
      talentApplication: made.node,
      person,
    });
    await work.change(per, 'evaluateTalent', made.node, { evaluation: '合格' });
    const twice = await work.attempt(per, 'evaluateTalent', made.node, { evaluation: '优秀' });
    expect(twice.messages).toEqual(['The talent has been evaluated already.']);
    const late = await work.act(per, 'addTalentFamilyMember', 'TalentFamilyMember', {
      talentApplication: made.node,
      person,
    });
    expect(late.faults).not.toEqual([]);
  });

  it('is nobody whose application is not a submitted one for a talent permit', async () => {
    const { node } = await submitted();
    await work.make(per, 'acceptTalentApplication', 'TalentApplication', await part(node));
    const again = await work.act(per, 'acceptTalentApplication', 'TalentApplication', await part(node));
    expect(again.messages).toEqual(['This is no submitted application for a talent permit.']);
  });

  it('is served while a talent permit is held', async () => {
    const { applicant } = await submitted();
    await owner`delete from permits.permit_events where permit_id in (select id from permits.residence_permits where holder_id = ${applicant})`;
    await owner`delete from permits.residence_permits where holder_id = ${applicant}`;
    const input = { person: encodeNodeId('Migrant', applicant), kind: 'HOUSING', occurredOn: '2007-03-01' };
    const none = await work.act(per, 'recordTalentService', 'TalentService', input);
    expect(none.messages).toEqual(['This person holds no talent permit.']);
    await owner`insert into permits.residence_permits (id, permit_no, holder_id, type, valid_from, valid_to) values (gen_random_uuid(), 'TALENTTEST02', ${applicant}, 'TALENT', '2007-01-01', '2007-12-31')`;
    await work.make(per, 'recordTalentService', 'TalentService', input);
  });
});
