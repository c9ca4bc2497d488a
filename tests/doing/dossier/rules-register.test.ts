import { encodeNodeId } from '../../../src/graph/node-id.ts';
import { citizenIdCheck } from '../../../src/identifiers/citizen-id.ts';
import { actor } from '../../support/acting.ts';
import type { DistrictWork } from '../../support/district-work.ts';
import { viewerOf } from '../../support/graph.ts';
import { breakRules, type Calls } from './break-rules.ts';

const cac = viewerOf('CAC');
const psb = actor('PSB', 'PT-PSB');
const registrar = actor('PSB', 'PT-PSB', 'REGISTRAR');

let serial = 500;
/** A number that nobody has, of a man from a county that is none. */
function newNumber(): string {
  serial += 2;
  const body = `34999919850612${serial - 1}`;
  return body + citizenIdCheck(body);
}
/** The same with another check digit. */
const wrongly = (number: string) =>
  number.slice(0, 17) + '0123456789X'[('0123456789X'.indexOf(number.at(-1)!) + 1) % 11];

const callsOf = (work: DistrictWork): Calls => {
  const place = async (subdistrict: string) => {
    const [found] = await work.owner`select id, neighbourhood_code as code from housing.dwellings
      where subdistrict_code = ${subdistrict} and neighbourhood_code is not null order by id limit 1`;
    return { neighbourhoodCode: String(found?.code), dwelling: encodeNodeId('Dwelling', String(found?.id)) };
  };
  const facts = () => ({
    name: '示例甲',
    sex: 'MALE',
    birthDate: '1985-06-12',
    hukouDivision: '340100',
    citizenIdNumber: newNumber(),
  });
  const stay = async (subdistrict = '310107015') => {
    const { neighbourhoodCode, dwelling } = await place(subdistrict);
    return {
      address: { road: '示例路', building: '3', room: '201', neighbourhoodCode },
      dwelling,
      arrivedHereOn: '2007-02-20',
      stayReason: 'WORK',
      dwellingRelation: 'TENANT',
    };
  };
  const register = async () => ({
    viewer: cac,
    mutation: 'registerMigrant',
    record: 'Migrant',
    input: { ...facts(), residenceRegistration: await stay() },
  });
  /** A person who lives here since a while, and the number of the card. */
  const resident = async () => {
    const call = await register();
    const { node } = await work.make(cac, 'registerMigrant', 'Migrant', call.input);
    return { node, number: call.input.citizenIdNumber };
  };
  const stayOf = async (person: string) =>
    encodeNodeId('ResidenceRegistration', String((await work.row('Migrant', person)).currentRegistrationId));
  const household = async () => {
    const { node: head } = await resident();
    const { dwelling } = await place('310107015');
    const made = await work.make(psb, 'openHousehold', 'Household', { dwelling, head });
    return { household: made.node, head };
  };
  const person = (born: string) =>
    work.find(
      'Migrant',
      `select id from public_security.migrants where station_code = 'PT-STN-015-1' and status = 'ACTIVE' and not shielded and birth_date ${born} limit 1`,
    );
  return {
    register: async () => {
      const call = await register();
      const { number: taken } = await resident();
      return { ...call, known: { wrongCheck: wrongly(call.input.citizenIdNumber), taken } };
    },
    merge: async () => {
      const [{ node }, { node: other }] = [await resident(), await resident()];
      return {
        viewer: registrar,
        mutation: 'mergeMigrants',
        record: 'Migrant',
        node,
        input: { mergedInto: other },
        known: { itself: node },
      };
    },
    document: async () => ({
      viewer: psb,
      mutation: 'recordMigrantDocument',
      record: 'MigrantDocument',
      input: {
        person: (await resident()).node,
        kind: 'RESIDENT_ID',
        number: newNumber(),
        validFrom: '2005-01-01',
        validTo: '2015-01-01',
      },
      known: { wrongCheck: wrongly(newNumber()) },
    }),
    move: async () => ({
      viewer: psb,
      mutation: 'moveRegistration',
      record: 'ResidenceRegistration',
      input: {
        person: (await resident()).node,
        ...(await stay('310107014')),
        arrivedHereOn: '2007-02-25',
        arrivedShanghaiOn: '2007-02-01',
        expectedUntil: '2008-01-01',
        source: 'WINDOW',
      },
      known: { nowhere: encodeNodeId('Dwelling', '00000000-0000-4000-8000-000000000000') },
    }),
    leave: async () => ({
      viewer: psb,
      mutation: 'closeRegistration',
      record: 'ResidenceRegistration',
      node: await stayOf((await resident()).node),
      input: { departedOn: '2007-02-28' },
    }),
    member: async () => {
      const { household: own } = await household();
      const { head: elsewhere } = await household();
      return {
        viewer: psb,
        mutation: 'addHouseholdMember',
        record: 'HouseholdMember',
        input: {
          household: own,
          person: (await resident()).node,
          relationToHead: 'SPOUSE',
          startsOn: '2007-03-01',
        },
        known: { memberElsewhere: elsewhere },
      };
    },
    guardian: async () => {
      const { household: own } = await household();
      const [found] =
        await work.owner`select id from public_security.household_members where household_id = ${String((await work.row('Household', own)).id)}`;
      return {
        viewer: psb,
        mutation: 'recordGuardianship',
        record: 'Guardianship',
        input: {
          guardianMember: encodeNodeId('HouseholdMember', String(found?.id)),
          child: await person("> '1995-01-01'"),
          startsOn: '2007-03-01',
        },
        known: { adult: await person("< '1980-01-01'") },
      };
    },
  };
};

breakRules('register', callsOf);
