import { encodeNodeId } from '../../../src/graph/node-id.ts';
import { actor } from '../../support/acting.ts';
import { type DistrictWork, decision } from '../../support/district-work.ts';
import { viewerOf } from '../../support/graph.ts';
import { breakRules, type Calls } from './break-rules.ts';

const itc = viewerOf('ITC');
const psb = actor('PSB', 'PT-PSB');
const officer = actor('STN', 'PT-STN-015-1', 'CASE_OFFICER');

const callsOf = (work: DistrictWork): Calls => {
  const person = (born: string) =>
    work.find(
      'Migrant',
      `select id from public_security.migrants where station_code = 'PT-STN-015-1' and status = 'ACTIVE' and not shielded and birth_date ${born} limit 1`,
    );
  let cases = 70000;
  const caseInput = () => ({
    caseNo: `PT-STN-015-1-2007-${++cases}`,
    kind: 'ADMINISTRATIVE',
    category: 'PSAPL-49',
    legalBasis: '治安管理处罚法第四十九条',
    acceptedOn: '2007-02-20',
    occurredSubdistrict: '310107015',
  });
  const policeCase = async () =>
    (await work.make(officer, 'recordPoliceCase', 'PoliceCase', caseInput())).node;
  const sentBatch = async () => {
    const { node } = await work.make(psb, 'buildImportBatch', 'RegistrationImportBatch', {
      period: '2005-03',
    });
    await work.change(psb, 'submitImportBatch', node);
    return { node, rows: Number((await work.row('RegistrationImportBatch', node)).rowsSent) };
  };
  return {
    batch: async () => ({
      viewer: psb,
      mutation: 'buildImportBatch',
      record: 'RegistrationImportBatch',
      input: { period: '2005-02' },
    }),
    checkedBatch: async () => {
      const { node, rows } = await sentBatch();
      return {
        viewer: itc,
        mutation: 'loadImportBatch',
        record: 'RegistrationImportBatch',
        node,
        input: {
          event: 'VALIDATE',
          rowsAccepted: rows,
          rowsRejected: 0,
          rejectReasons: [],
          timelinessRate: 0.9,
          accuracyRate: 0.95,
        },
        known: { oneMore: rows + 1 },
      };
    },
    policeCase: async () => {
      const taken = await work.row('PoliceCase', await policeCase());
      return {
        viewer: actor('PSB', 'PT-PSB', 'CASE_OFFICER'),
        mutation: 'recordPoliceCase',
        record: 'PoliceCase',
        input: { ...caseInput(), station: encodeNodeId('OrgUnit', 'PT-STN-015-1') },
        known: { takenNo: taken.caseNo, bureau: encodeNodeId('OrgUnit', 'PT-LSS') },
      };
    },
    decide: async () => {
      const node = await policeCase();
      await work.change(officer, 'advanceCase', node, { event: 'INVESTIGATE' });
      return {
        viewer: officer,
        mutation: 'advanceCase',
        record: 'PoliceCase',
        node,
        input: { event: 'DECIDE', decision },
      };
    },
    party: async () => ({
      viewer: officer,
      mutation: 'addPoliceCaseParty',
      record: 'PoliceCaseParty',
      input: { policeCase: await policeCase(), person: await person("< '1980-01-01'"), role: 'WITNESS' },
      known: { minor: await person("> '1995-01-01'") },
    }),
  };
};

breakRules('police', callsOf);
