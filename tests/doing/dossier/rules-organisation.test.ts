import { encodeNodeId } from '../../../src/graph/node-id.ts';
import type { DistrictWork } from '../../support/district-work.ts';
import { viewerOf } from '../../support/graph.ts';
import { breakRules, type Calls } from './break-rules.ts';

const [pop, itc, per] = [viewerOf('POP'), viewerOf('ITC'), viewerOf('PER')];
const [psb, wof] = [viewerOf('PSB'), viewerOf('WOF')];
const unit = (id: string) => encodeNodeId('OrgUnit', id);

const callsOf = (work: DistrictWork): Calls => {
  const grant = async () => ({
    fieldGroup: 'CONTACT',
    recordRef: await work.find('Migrant', 'select id from public_security.migrants order by id limit 1'),
    purpose: 'AID',
    legalBasis: '妇女权益保障法',
    validTo: '2007-03-31T15:00:00Z',
  });
  return {
    unit: async () => ({
      viewer: pop,
      mutation: 'changeOrgUnit',
      record: 'OrgUnit',
      node: unit('PT-SVC'),
      input: { nameEn: 'Society' },
      known: { below: unit('PT-SVB-015'), itself: unit('PT-SVC') },
    }),
    office: async () => ({
      viewer: pop,
      mutation: 'changeOrgUnit',
      record: 'OrgUnit',
      node: unit('PT-POP'),
      input: { hostedBy: unit('PT-CMO') },
      known: { elsewhere: unit('PT-PSB') },
    }),
    plate: async () => ({
      viewer: pop,
      mutation: 'changeOrgUnit',
      record: 'OrgUnit',
      node: unit('PT-SPO-015'),
      input: { plateOf: unit('PT-CMS-015') },
      known: { elsewhere: unit('PT-CMS-014') },
    }),
    close: async () => {
      await work.owner`update organisation.appointments set ends_on = '2007-03-01' where unit_id = 'PT-SVB-005' and ends_on is null`;
      return {
        viewer: pop,
        mutation: 'closeOrgUnit',
        record: 'OrgUnit',
        node: unit('PT-SVB-005'),
        input: { activeTo: '2007-03-31' },
      };
    },
    appointment: async () => ({
      viewer: per,
      mutation: 'recordAppointment',
      record: 'Appointment',
      input: {
        unit: unit('PT-LSS'),
        holderName: '王示例',
        role: 'STAFF',
        isConcurrent: false,
        startsOn: '2007-03-01',
      },
    }),
    account: async () => ({
      viewer: itc,
      mutation: 'changeUserAccount',
      record: 'UserAccount',
      node: await work.find(
        'UserAccount',
        `select id from organisation.user_accounts where status = 'ACTIVE' order by id limit 1`,
      ),
      input: { actingUnits: [unit('PT-LSS')] },
    }),
    grant: async () => ({
      viewer: wof,
      mutation: 'requestAccessGrant',
      record: 'AccessGrant',
      input: await grant(),
    }),
    approve: async () => ({
      viewer: { ...psb, person: 'psb-1' },
      mutation: 'approveAccessGrant',
      record: 'AccessGrant',
      node: (await work.make(wof, 'requestAccessGrant', 'AccessGrant', await grant())).node,
      input: {},
      known: { requester: { ...psb, person: wof.person } },
    }),
  };
};

breakRules('organisation', callsOf);
