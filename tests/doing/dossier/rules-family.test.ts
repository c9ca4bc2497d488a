import { getOrMake } from '../../../src/common/get-or-make.ts';
import { encodeNodeId } from '../../../src/graph/node-id.ts';
import type { DistrictWork } from '../../support/district-work.ts';
import { viewerOf } from '../../support/graph.ts';
import { breakRules, type Calls } from './break-rules.ts';
import { type Registered, registered } from './persons.ts';

const [fpc, officer] = [viewerOf('FPC'), viewerOf('SUB')];

const callsOf = (work: DistrictWork): Calls => {
  const pool = new Map<string, Promise<() => Registered>>();
  /** A woman of Changshou Road, each time another. */
  const person = async (born: string) => {
    const who = getOrMake(pool, born, () =>
      registered(
        work.owner,
        `m.subdistrict_code = '310107015' and m.sex = 'FEMALE' and m.birth_date ${born} and not exists (select from family_planning.family_planning_records r where r.person_id = m.id)`,
      ),
    );
    return (await who)();
  };
  const woman = () => person("between '1965-01-01' and '1985-01-01'");
  const adult = async () => (await woman()).number;
  const plan = {
    title: '示例联合查验',
    plannedOn: '2007-03-01',
    participantCodes: ['PT-PSB'],
    territory: ['310107015'],
    legalBasis: '示例办法',
  };
  const notice = async () => ({ personCitizenIdNumber: await adult(), toDivision: '349999' });
  return {
    record: async () => {
      const personCitizenIdNumber = await adult();
      const [old, young] = [(await person("< '1955-01-01'")).number, (await person("> '1992-01-01'")).number];
      return {
        viewer: fpc,
        mutation: 'upsertFpRecord',
        record: 'FamilyPlanningRecord',
        input: {
          personCitizenIdNumber,
          homeCommission: '示例县计生委',
          consentOn: '2007-03-01',
          childrenCount: 1,
          serviceContact: { name: '示例', phone: '13800001234' },
        },
        known: { old, young },
      };
    },
    certificate: async () => ({
      viewer: fpc,
      mutation: 'upsertCertificate',
      record: 'MarriageFertilityCertificate',
      input: {
        certificateNo: '示例婚育9001',
        holderCitizenIdNumber: await adult(),
        issuingDivision: '349999',
        issuedOn: '2006-05-01',
      },
    }),
    check: async () => ({
      viewer: officer,
      mutation: 'recordCertificateCheck',
      record: 'CertificateCheck',
      input: {
        person: (await woman()).node,
        result: 'MISSING',
        checkedOn: '2007-03-01',
        noticeGiven: true,
        followUpBy: '2007-03-31',
      },
    }),
    checkFor: async () => ({
      viewer: fpc,
      mutation: 'recordCertificateCheck',
      record: 'CertificateCheck',
      input: {
        personCitizenIdNumber: await adult(),
        checkedBy: encodeNodeId('OrgUnit', 'PT-SUB-015'),
        result: 'MISSING',
        checkedOn: '2007-03-01',
        noticeGiven: true,
      },
      known: { elsewhere: encodeNodeId('OrgUnit', 'PT-SUB-014') },
    }),
    service: async () => ({
      viewer: fpc,
      mutation: 'recordFpService',
      record: 'FamilyPlanningService',
      input: {
        personCitizenIdNumber: await adult(),
        consentOn: '2007-02-20',
        kind: 'COUNSELLING',
        occurredOn: '2007-02-20',
        provider: '示例服务站',
      },
    }),
    notice: async () => ({
      viewer: fpc,
      mutation: 'draftPregnancyNotice',
      record: 'PregnancyNotice',
      input: await notice(),
    }),
    informed: async () => ({
      viewer: fpc,
      mutation: 'informWoman',
      record: 'PregnancyNotice',
      node: (await work.make(fpc, 'draftPregnancyNotice', 'PregnancyNotice', await notice())).node,
      input: { informedOn: '2007-02-28' },
    }),
    plan: async () => ({
      viewer: fpc,
      mutation: 'planJointCheck',
      record: 'JointCheckAction',
      input: plan,
    }),
    counts: async () => ({
      viewer: fpc,
      mutation: 'planJointCheck',
      record: 'JointCheckAction',
      node: (await work.make(fpc, 'planJointCheck', 'JointCheckAction', plan)).node,
      input: { checkedCount: 5, issuesCount: 1 },
    }),
  };
};

breakRules('family', callsOf);
