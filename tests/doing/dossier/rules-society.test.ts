import { getOrMake } from '../../../src/common/get-or-make.ts';
import { encodeNodeId } from '../../../src/graph/node-id.ts';
import { citizenIdCheck } from '../../../src/identifiers/citizen-id.ts';
import { createViewer } from '../../../src/identity/viewer.ts';
import type { DistrictWork } from '../../support/district-work.ts';
import { viewerOf } from '../../support/graph.ts';
import { breakRules, type Calls } from './break-rules.ts';
import { type Registered, registered } from './persons.ts';

const [civ, cso, jus, wof] = [viewerOf('CIV'), viewerOf('CSO'), viewerOf('JUS'), viewerOf('WOF')];
const youth = createViewer({ department: 'CSO', unit: 'PT-CSO', sub: 'demo-cso', posts: ['YOUTH_OFFICER'] });
const residentOf = (born: string) => {
  const digits = `319999${born}003`;
  return { name: '示例居民', citizenIdNumber: digits + citizenIdCheck(digits), hukouDivision: '310107' };
};

const callsOf = (work: DistrictWork): Calls => {
  const pool = new Map<string, Promise<() => Registered>>();
  /** Somebody whom none of these offices knows, each time another. */
  const somebody = async (where: string) => {
    const who = getOrMake(pool, where, () =>
      registered(
        work.owner,
        `${where} and not exists (select from access.links l where l.holder in ('PT-CIV', 'PT-JUS', 'PT-WOF') and l.subject_id = m.id) and not exists (select from civil_affairs.marriage_registrations r where m.id in (r.party_a_id, r.party_b_id))`,
      ),
    );
    return (await who)();
  };
  const aid = { requestedOn: '2007-03-01', source: 'SELF', services: ['FOOD'], vulnerable: ['ILL'] };
  const aidCase = async () => {
    const { node } = await work.make(civ, 'openAidCase', 'AidCase', aid);
    await work.change(civ, 'assessAid', node);
    return node;
  };
  const legalAid = async (hardshipProof: boolean) =>
    (
      await work.make(jus, 'applyLegalAid', 'LegalAidCase', {
        applicantCitizenIdNumber: (await somebody("m.birth_date < '1970-01-01'")).number,
        matter: 'FAMILY_SUPPORT',
        hardshipProof,
        appliedOn: '2007-03-01',
      })
    ).node;
  const helpPlan = async () => ({
    youngId: (await somebody("birth_date between '1991-04-01' and '1996-01-01'")).id,
    basis: 'FAMILY_REQUEST',
    goals: ['LEARN_A_TRADE'],
    supports: ['TRAINING'],
    startsOn: '2007-03-02',
    reviewOn: '2007-06-01',
  });
  return {
    aid: async () => ({
      viewer: civ,
      mutation: 'openAidCase',
      record: 'AidCase',
      input: { ...aid, personCitizenIdNumber: (await somebody("m.birth_date < '1971-01-01'")).number },
    }),
    giveAid: async () => ({
      viewer: civ,
      mutation: 'decideAid',
      record: 'AidCase',
      node: await aidCase(),
      input: { event: 'GIVE_AID', services: ['FOOD'], standardPerDay: '20.00' },
    }),
    marriage: async () => ({
      viewer: civ,
      mutation: 'registerMarriage',
      record: 'MarriageRegistration',
      input: {
        certNo: '规则1',
        partyACitizenIdNumber: (await somebody("sex = 'MALE' and birth_date < '1980-01-01'")).number,
        resident: residentOf('19800101'),
        registeredOn: '2007-03-01',
        kind: 'MARRIAGE',
      },
      known: {
        youngMan: (await somebody("sex = 'MALE' and birth_date between '1985-06-01' and '1990-01-01'"))
          .number,
        woman: (await somebody("sex = 'FEMALE' and birth_date < '1980-01-01'")).number,
        youngResident: residentOf('19950101'),
      },
    }),
    matter: async () => ({
      viewer: cso,
      mutation: 'openGovernanceMatter',
      record: 'GovernanceMatter',
      input: {
        title: '示例市场秩序整治',
        kind: 'MARKET_ORDER',
        place: { kind: 'OTHER', name: '示例路市场' },
        subdistrictCode: '310107015',
        participantCodes: ['PT-CSO'],
        lead: encodeNodeId('OrgUnit', 'PT-CSO'),
        openedOn: '2007-03-01',
      },
    }),
    youth: async () => ({
      viewer: youth,
      mutation: 'openYouthHelpPlan',
      record: 'YouthHelpPlan',
      input: await helpPlan(),
      known: {
        adult: (await somebody("birth_date < '1985-01-01'")).id,
        infant: (await somebody("birth_date > '2002-01-01'")).id,
      },
    }),
    consent: async () => ({
      viewer: youth,
      mutation: 'consentYouthHelpPlan',
      record: 'YouthHelpPlan',
      node: (await work.make(youth, 'openYouthHelpPlan', 'YouthHelpPlan', await helpPlan())).node,
      input: { guardianConsentOn: '2007-03-01' },
    }),
    grantAid: async () => ({
      viewer: jus,
      mutation: 'decideLegalAid',
      record: 'LegalAidCase',
      node: await legalAid(true),
      input: { event: 'GRANT' },
      known: { unproved: await legalAid(false) },
    }),
    rights: async () => ({
      viewer: wof,
      mutation: 'openWomenRightsCase',
      record: 'WomenRightsCase',
      input: {
        clientCitizenIdNumber: (await somebody("sex = 'FEMALE' and birth_date < '1985-01-01'")).number,
        kind: 'DOMESTIC_VIOLENCE',
        services: ['ADVICE'],
        safeContact: { name: '示例', phone: '13800001234' },
        openedOn: '2007-03-01',
      },
    }),
  };
};

breakRules('society', callsOf);
