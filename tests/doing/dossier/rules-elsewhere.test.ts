import type { Sql } from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { citizenIdCheck } from '../../../src/identifiers/citizen-id.ts';
import type { Viewer } from '../../../src/identity/viewer.ts';
import { actor } from '../../support/acting.ts';
import { type DistrictWork, openDistrictWork } from '../../support/district-work.ts';
import { viewerOf } from '../../support/graph.ts';

// What a value collides with in another territory is answered as what it collides with in the own one, in the same words.

let work: DistrictWork;
let owner: Sql;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ work, owner, close } = await openDistrictWork());
});
afterAll(() => close());

let serial = 700;
const newNumber = () => {
  serial += 2;
  const body = `34999919850612${serial - 1}`;
  return body + citizenIdCheck(body);
};
const person = async (citizenIdNumber: string, subdistrict: string) => {
  const [place] = await owner`select neighbourhood_code as code from housing.dwellings
    where subdistrict_code = ${subdistrict} and neighbourhood_code is not null order by id limit 1`;
  return {
    name: '示例甲',
    sex: 'MALE',
    birthDate: '1985-06-12',
    hukouDivision: '340100',
    citizenIdNumber,
    residenceRegistration: {
      address: { road: '示例路', neighbourhoodCode: String(place?.code) },
      arrivedHereOn: '2007-02-20',
      stayReason: 'WORK',
      dwellingRelation: 'TENANT',
    },
  };
};
const policeCase = (caseNo: string) => ({
  caseNo,
  kind: 'ADMINISTRATIVE',
  category: 'PSAPL-49',
  legalBasis: '治安管理处罚法第四十九条',
  acceptedOn: '2007-02-20',
  occurredSubdistrict: '310107015',
});
const lease = async (contractNo: string, subdistrict: string) => ({
  event: 'record',
  contractNo,
  dwelling: await work.find(
    'Dwelling',
    `select id from housing.dwellings where subdistrict_code = '${subdistrict}' and usage = 'RESIDENTIAL' order by id limit 1`,
  ),
  landlord: { kind: 'PERSON', name: '房东' },
  tenant: { kind: 'PERSON', name: '租客' },
  startsOn: '2007-02-01',
  endsOn: '2008-01-31',
  purpose: 'RESIDENTIAL',
});

test.each<
  [
    what: string,
    mutation: string,
    record: string,
    here: Viewer,
    elsewhere: Viewer,
    own: () => Promise<object>,
    others: () => Promise<object>,
    again: (of: object) => Promise<object>,
  ]
>([
  [
    'an identity number',
    'registerMigrant',
    'Migrant',
    viewerOf('CAC', 'PT-CAC-015'),
    actor('CAC', 'PT-CAC-014', 'WINDOW'),
    () => person(newNumber(), '310107015'),
    () => person(newNumber(), '310107014'),
    (of) => person((of as { citizenIdNumber: string }).citizenIdNumber, '310107015'),
  ],
  [
    'the number of a case',
    'recordPoliceCase',
    'PoliceCase',
    actor('STN', 'PT-STN-015-1', 'CASE_OFFICER'),
    actor('STN', 'PT-STN-014-1', 'CASE_OFFICER'),
    async () => policeCase('PT-STN-015-1-2007-60001'),
    async () => policeCase('PT-STN-014-1-2007-60001'),
    async (of) => ({ ...of }),
  ],
  [
    'the number of a lease',
    'upsertLease',
    'Lease',
    viewerOf('CAC', 'PT-CAC-015'),
    viewerOf('CAC', 'PT-CAC-005'),
    () => lease('GZ-1', '310107015'),
    () => lease('GZ-2', '310107005'),
    (of) => lease((of as { contractNo: string }).contractNo, '310107015'),
  ],
])('%s that is taken elsewhere', async (_, mutation, record, here, elsewhere, own, others, again) => {
  const answers = [];
  for (const [viewer, make] of [
    [here, own],
    [elsewhere, others],
  ] as const) {
    const first = (await make()) as Record<string, unknown>;
    await work.make(viewer, mutation, record, first);
    const { faults, messages, error } = await work.act(
      here,
      mutation,
      record,
      (await again(first)) as Record<string, unknown>,
    );
    answers.push({ faults, messages, error });
  }
  expect(answers[0]?.faults).toHaveLength(1);
  expect(answers[0]?.error).toBeNull();
  expect(answers[1]).toEqual(answers[0]);
});
