import * as t from '../src/departments/justice/tables.ts';
import type { Seed } from './load.ts';
import { dateOf, dayNumber } from './world/dates.ts';
import { hash } from './world/random.ts';
import { at, decisionOf } from './world/sites.ts';
import { spotOf } from './world/territory.ts';
import { personsBy, seedId, type World } from './world.ts';

const h = (world: World, index: number, field: number) => hash(world.seed, 139, index, field);
const kinds = ['WAGE', 'LEASE', 'NEIGHBOUR', 'FAMILY', 'INJURY', 'CONSUMER', 'OTHER'];
const open = ['MEDIATING', 'ACCEPTED', 'REPORTED', 'FAILED', 'AGREED'] as const;

/** Between a tenant and the lessor, or a worker and the employer, by the committee of where the person lives. */
function* mediationRows(world: World) {
  const today = dayNumber(world.today);
  for (const p of personsBy(world, 40, 6)) {
    if (p.ageYears < 18) continue;
    const x = h(world, p.index, 1);
    const accepted = today - 3 - (x % 260);
    const closed = (x >>> 8) % 3 !== 0 && accepted + 30 < today;
    const state = open[(x >>> 12) % open.length] ?? 'REPORTED';
    const agreed = closed ? x % 4 !== 0 : state === 'AGREED';
    const lease = world.dwelling(p.dwelling).leased && x % 2 === 0;
    const against = lease
      ? { kind: 'PERSON' as const, name: world.dwelling(p.dwelling).landlordName }
      : { kind: 'ORGANISATION' as const, name: world.employer(p.employer ?? 0).name };
    yield {
      id: seedId('mediation', p.index),
      caseNo: `TJ2007${String(p.index).padStart(6, '0')}`,
      committeeId: `PT-SUB-${p.place.number}`,
      subdistrictCode: p.subdistrictCode,
      kind: lease ? 'LEASE' : p.employer === null ? (kinds[x % kinds.length] ?? 'OTHER') : 'WAGE',
      parties: [
        { kind: 'PERSON' as const, name: p.name, identityNumber: p.citizenIdNumber, phone: p.mobilePhone },
        { ...against, identityNumber: null, phone: null },
      ],
      acceptedOn: dateOf(accepted),
      result: closed
        ? agreed
          ? 'AGREED'
          : 'FAILED'
        : agreed
          ? 'AGREED'
          : state === 'FAILED'
            ? 'FAILED'
            : null,
      agreementNo: agreed ? `XY2007${String(p.index).padStart(6, '0')}` : null,
      closedOn: closed ? dateOf(accepted + 28) : null,
      status: closed ? 'CLOSED' : state,
    };
  }
}

const matters = ['WAGES', 'WORK_INJURY', 'FAMILY_SUPPORT', 'CRIMINAL_DEFENCE', 'STATE_COMPENSATION', 'OTHER'];
const outcomes = ['WON', 'SETTLED', 'LOST', 'ENDED_EARLY'];

function* aidRows(world: World) {
  const today = dayNumber(world.today);
  for (const p of personsBy(world, 45, 9)) {
    if (p.ageYears < 18) continue;
    const x = h(world, p.index, 2);
    const matter =
      p.employer === null ? (matters[x % matters.length] ?? 'OTHER') : x % 2 === 0 ? 'WAGES' : 'WORK_INJURY';
    const applied = today - 4 - ((x >>> 4) % 250);
    const refused = x % 9 === 0;
    const assigned = !refused && applied + 7 < today;
    const closed = assigned && (x >>> 12) % 3 === 0 && applied + 60 < today;
    yield {
      id: seedId('legalAid', p.index),
      caseNo: `FY2007${String(p.index).padStart(6, '0')}`,
      applicantId: p.id,
      matter,
      // Claims to wages and for injuries at work need no proof.
      hardshipProof: matter !== 'WAGES' && matter !== 'WORK_INJURY',
      ...decisionOf('PT-JUS', refused ? dateOf(applied + 3) : null, '法律援助条例', '示例:不符合援助条件'),
      lawyer: assigned ? '示例律师' : null,
      appliedOn: dateOf(applied),
      assignedOn: assigned ? dateOf(applied + 6) : null,
      closedOn: closed ? dateOf(applied + 55) : null,
      outcome: closed ? outcomes[x % outcomes.length] : null,
      opponentUnitId: matter === 'STATE_COMPENSATION' ? 'PT-PSB' : x % 30 === 2 ? 'PT-LSS' : null,
      status: refused ? 'REFUSED' : closed ? 'CLOSED' : assigned ? 'ASSIGNED' : 'APPLIED',
    };
  }
}

const topics = ['LABOUR_RIGHTS', 'TENANCY', 'FAMILY', 'LEGAL_AID', 'PUBLIC_ORDER'];

function* activityRows(world: World) {
  const today = dayNumber(world.today);
  for (let i = 0; i < 54; i++)
    yield {
      id: seedId('legalEducation', i),
      topic: topics[i % topics.length],
      ...at('OTHER', `示例路${spotOf(i).lane}弄广场`, spotOf(i)),
      occurredOn: dateOf(today - 4 - i * 6),
      attendance: 25 + ((i * 17) % 120),
    };
}

/** Fills the justice bureau's store. */
export const seedJustice: Seed = async (world, sink) => {
  await sink(t.mediationCases, mediationRows(world));
  await sink(t.legalAidCases, aidRows(world));
  await sink(t.legalEducationActivities, activityRows(world));
};
