import * as t from '../src/departments/civil-affairs/tables.ts';
import { citizenIdCheck } from '../src/identifiers/citizen-id.ts';
import type { Seed } from './load.ts';
import { compactDateOf, dateOf, dayNumber } from './world/dates.ts';
import { childrenOf } from './world/families.ts';
import { nameOf } from './world/names.ts';
import { hash } from './world/random.ts';
import { personsBy, seedId, type World } from './world.ts';

const h = (world: World, index: number, field: number) => hash(world.seed, 120, index, field);
const sources = ['SELF', 'POLICE_GUIDED', 'CITIZEN', 'HOSPITAL'];
const leaveReasons = ['OWN_WISH', 'WENT_HOME', 'FETCHED_BY_FAMILY', 'TO_HOSPITAL', 'HELPED_SELF'];

/** One in four is not known by name. Aid ends within ten days. */
function* aidRows(world: World) {
  const today = dayNumber(world.today);
  for (const p of personsBy(world, 80, 7)) {
    const x = h(world, p.index, 1);
    // One in three is there now.
    const requested = today - 1 - (x % 3 === 0 ? 0 : x % 300);
    const left = requested + 2 + ((x >>> 8) % 8);
    const gone = left <= today;
    const refused = x % 17 === 0;
    const vulnerable = [...(p.ageYears < 18 ? ['MINOR'] : []), ...(x % 5 === 0 ? ['ILL'] : [])];
    yield {
      id: seedId('aidCase', p.index),
      caseNo: `JZ2007${String(p.index).padStart(6, '0')}`,
      personId: p.index % 320 === 7 ? null : p.id,
      requestedOn: dateOf(requested),
      source: sources[(x >>> 12) % sources.length],
      vulnerable: vulnerable.length > 0 ? vulnerable : null,
      services: refused
        ? []
        : ['FOOD', 'SHELTER', ...(x % 3 === 0 ? ['TRAVEL_VOUCHER'] : ['CONTACT_FAMILY'])],
      standardPerDay: 1_500,
      leftOn: !refused && gone ? dateOf(left) : null,
      leaveReason: !refused && gone ? leaveReasons[x % leaveReasons.length] : null,
      belongingsLog: x % 2 === 0 ? '示例:背包一个' : null,
      status: refused ? 'NOT_ELIGIBLE' : gone ? 'LEFT' : 'IN_AID',
    };
  }
}

/** Of a resident, who is in no register of migrants; the county 9999 is unassigned. */
function residentOf(world: World, index: number) {
  const x = h(world, index, 2);
  const birth = compactDateOf(dayNumber(world.today) - 9_000 - (x % 5000));
  const seventeen = `319999${birth}${String(index % 1000).padStart(3, '0')}`;
  return {
    partyBId: null,
    residentName: nameOf(world.seed, index + 3, index % 2 === 0).name,
    residentCitizenIdNumber: seventeen + citizenIdCheck(seventeen),
    residentHukouDivision: '310107',
  };
}

function* marriageRows(world: World) {
  const today = dayNumber(world.today);
  for (const p of personsBy(world, 50, 13)) {
    if (p.ageYears < 22) continue;
    const partner = world.person((p.index + 1) % world.size);
    const both = p.index % 3 === 0 && partner.ageYears >= 22 && partner.sex !== p.sex;
    yield {
      id: seedId('marriage', p.index),
      certNo: `沪普结字${String(p.index).padStart(8, '0')}`,
      partyAId: p.id,
      ...(both
        ? {
            partyBId: partner.id,
            residentName: null,
            residentCitizenIdNumber: null,
            residentHukouDivision: null,
          }
        : residentOf(world, p.index)),
      registeredOn: dateOf(today - 3 - (h(world, p.index, 3) % 700)),
      kind: p.maritalStatus === '40' ? 'DIVORCE' : p.index % 9 === 4 ? 'REISSUE' : 'MARRIAGE',
    };
  }
}

function* adoptionRows(world: World) {
  const today = dayNumber(world.today);
  let n = 0;
  for (const { child, guardian } of childrenOf(world, 1, 13)) {
    n += 1;
    if (n % 30 !== 1) continue;
    yield {
      id: seedId('adoption', child.index),
      certNo: `沪普收字${String(child.index).padStart(8, '0')}`,
      registeredOn: dateOf(Math.max(today - 900, dayNumber(child.birthDate) + 200)),
      adopterId: guardian.id,
      adopteeId: child.id,
    };
  }
}

/** Fills the civil affairs bureau's store. */
export const seedCivilAffairs: Seed = async (world, sink) => {
  await sink(t.aidCases, aidRows(world));
  await sink(t.marriageRegistrations, marriageRows(world));
  await sink(t.adoptionRegistrations, adoptionRows(world));
};
