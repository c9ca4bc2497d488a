import { encodeNodeId } from '../../../src/graph/node-id.ts';
import type { DistrictWork } from '../../support/district-work.ts';
import { viewerOf } from '../../support/graph.ts';
import { breakRules, type Calls } from './break-rules.ts';

const per = viewerOf('PER');

const callsOf = (work: DistrictWork): Calls => {
  /** A client of the bureau, with or without a talent permit. */
  const person = async (hasTalent: boolean, nth = 0) => {
    const [found] = await work.owner`select l.subject_id as id from access.links l
      join public_security.migrants m on m.id = l.subject_id and not m.shielded
      where l.holder = 'PT-PER' and l.until is null order by l.subject_id offset ${nth} limit 1`;
    await work.owner`delete from permits.permit_events where permit_id in (select id from permits.residence_permits where holder_id = ${found?.id})`;
    await work.owner`delete from permits.residence_permits where holder_id = ${found?.id}`;
    if (hasTalent)
      await work.owner`insert into permits.residence_permits (id, permit_no, holder_id, type, valid_from, valid_to)
        values (gen_random_uuid(), 'TALENTRULE01', ${found?.id}, 'TALENT', '2007-01-01', '2007-12-31')`;
    return encodeNodeId('Migrant', String(found?.id));
  };
  return {
    post: async () => ({
      viewer: per,
      mutation: 'allocatePost',
      record: 'StaffingPost',
      input: {
        unit: encodeNodeId('OrgUnit', 'PT-SPO-015'),
        title: '规则岗位',
        role: 'STAFF',
        establishment: 'CIVIL_SERVICE',
        quota: 2,
        filled: 1,
      },
    }),
    talent: async () => {
      const [row] =
        await work.owner`insert into permits.permit_applications (id, application_no, applicant_id, permit_type, action, accepted_at_unit, status, submitted_on)
        select gen_random_uuid(), '310107000200702289999', l.subject_id, 'TALENT', 'NEW', 'PT-PER', 'SUBMITTED', '2007-02-28'
        from access.links l join public_security.migrants m on m.id = l.subject_id and not m.shielded
        where l.holder = 'PT-PER' and l.until is null order by l.subject_id offset 3 limit 1 returning id`;
      return {
        viewer: per,
        mutation: 'acceptTalentApplication',
        record: 'TalentApplication',
        input: {
          application: encodeNodeId('PermitApplication', String(row?.id)),
          degree: 'MASTER',
          professionalTitle: '012',
          sponsor: await work.find('Employer', 'select id from labour.employers order by id limit 1'),
          card: 'A',
          termYears: 3,
        },
      };
    },
    service: async () => ({
      viewer: per,
      mutation: 'recordTalentService',
      record: 'TalentService',
      input: { person: await person(true), kind: 'HOUSING', occurredOn: '2007-03-01' },
      known: { noTalent: await person(false, 1) },
    }),
  };
};

breakRules('personnel', callsOf);
