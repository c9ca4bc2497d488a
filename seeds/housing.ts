import { dwellings, leaseFilings, leaseOccupancies, leases, propertyInspections } from '../src/departments/housing/tables.ts';
import type { Seed } from './load.ts';
import { dateOf, dayNumber } from './world/dates.ts';
import { hash } from './world/random.ts';
import { type Dwelling, seedId, type World } from './world.ts';

/** Persons of a dwelling: those between the first of it and the first of the next. */
const personsOf = (index: number) => [Math.ceil(index * 1.8), Math.ceil((index + 1) * 1.8)] as const;

const place = ({ subdistrictCode, stationCode, neighbourhoodCode }: Dwelling) => ({ subdistrictCode, stationCode, neighbourhoodCode });

function* all(world: World): Generator<Dwelling> {
  for (let i = 0; i < world.dwellings; i++) yield world.dwelling(i);
}

function* leased(world: World): Generator<Dwelling> {
  for (const dwelling of all(world)) if (dwelling.leased) yield dwelling;
}

function* dwellingRows(world: World) {
  for (const d of all(world)) {
    const [first, next] = personsOf(d.index);
    yield {
      id: d.id,
      road: d.road,
      lane: d.lane,
      building: d.building,
      room: d.room,
      ...place(d),
      usage: d.usage,
      floorArea: d.floorArea,
      rooms: d.rooms,
      titleCertNo: d.index % 4 === 0 ? null : `PT${String(d.index).padStart(8, '0')}`,
      ownerKind: 'PERSON',
      ownerName: d.landlordName,
      ownerPhone: `1380000${String(d.index % 10_000).padStart(4, '0')}`,
      occupancyCount: Math.max(0, Math.min(next, world.size) - Math.min(first, world.size)),
      structureSafety: ['A', 'A', 'B', 'C'][d.index % 4],
    };
  }
}

function* leaseRows(world: World) {
  const today = dayNumber(world.today);
  for (const d of leased(world)) {
    const tenant = world.person(d.tenant);
    yield {
      id: seedId('lease', d.index),
      contractNo: `SD${String(d.index).padStart(10, '0')}`,
      dwellingId: d.id,
      landlordName: d.landlordName,
      landlordPhone: `1380000${String((d.index * 7) % 10_000).padStart(4, '0')}`,
      tenantName: tenant.name,
      tenantIdentityNumber: tenant.citizenIdNumber,
      tenantPhone: tenant.mobilePhone,
      tenantMigrantId: tenant.id,
      startsOn: d.startsOn,
      endsOn: d.endsOn,
      monthlyRent: d.rent,
      deposit: d.rent,
      // A few are let for another use than the dwelling's: a defect that inspections find.
      purpose: d.index % 211 === 5 ? 'NON_RESIDENTIAL' : d.usage,
      status: dayNumber(d.endsOn) < today ? 'ENDED' : 'IN_FORCE',
      filingStatus: !d.filed ? 'NOT_FILED' : dayNumber(d.endsOn) < today ? 'EXPIRED' : 'FILED',
      ...place(d),
    };
  }
}

function* occupancyRows(world: World) {
  for (const d of leased(world)) {
    const [first, next] = personsOf(d.index);
    for (let i = first; i < Math.min(next, world.size); i++)
      yield {
        id: seedId('occupancy', i),
        leaseId: seedId('lease', d.index),
        migrantId: seedId('migrant', i),
        ...place(d),
        shielded: i % 2000 === 777,
      };
  }
}

function* filingRows(world: World) {
  const today = dayNumber(world.today);
  for (const d of leased(world)) {
    const submitted = dayNumber(d.startsOn) + (d.index % 28);
    if (submitted > today || (!d.filed && d.index % 5 !== 0)) continue;
    const decided = submitted + 7;
    const over = dayNumber(d.endsOn) < today;
    yield {
      id: seedId('filing', d.index),
      filingNo: d.filed ? `BA${String(d.index).padStart(10, '0')}` : null,
      leaseId: seedId('lease', d.index),
      kind: 'NEW',
      status: !d.filed ? (d.index % 2 === 0 ? 'SUPPLEMENT_REQUIRED' : 'REFUSED') : over ? 'EXPIRED' : 'FILED',
      acceptedByUnit: `PT-CAC-${d.place.number}`,
      tenantMigrantId: seedId('migrant', d.tenant),
      submittedOn: dateOf(submitted),
      decidedOn: !d.filed && d.index % 2 === 0 ? null : dateOf(decided),
      certificateValidTo: d.filed ? d.endsOn : null,
      refusalReason: !d.filed && d.index % 2 === 1 ? 'AREA_RULE' : null,
      ...place(d),
    };
  }
}

const findings = ['NONE', 'UNFILED_LEASE', 'OVER_OCCUPANCY', 'UNSAFE_WIRING', 'GAS_RISK', 'BLOCKED_EXIT', 'USE_CHANGED'];

function* inspectionRows(world: World) {
  const today = dayNumber(world.today);
  for (const d of all(world)) {
    if (d.index % 10 !== 3) continue;
    const h = hash(world.seed, 34, d.index, 1);
    const finding = findings[h % findings.length] ?? 'NONE';
    const on = today - 1 - (h % 200);
    yield {
      id: seedId('propertyInspection', d.index),
      dwellingId: d.id,
      inspectedOn: dateOf(on),
      inspectedBy: `coordinator-${d.place.number}`,
      findings: [finding],
      severity: finding === 'NONE' ? 'LOW' : (['LOW', 'MEDIUM', 'HIGH'][(h >>> 8) % 3] ?? 'LOW'),
      rectifyBy: finding === 'NONE' ? null : dateOf(on + 30),
      rectifiedOn: finding !== 'NONE' && (h >>> 12) % 2 === 0 ? dateOf(Math.min(on + 20, today)) : null,
      ...place(d),
    };
  }
}

/** Fills the housing bureau's store. */
export const seedHousing: Seed = async (world, sink) => {
  await sink(dwellings, dwellingRows(world));
  await sink(leases, leaseRows(world));
  await sink(leaseOccupancies, occupancyRows(world));
  await sink(leaseFilings, filingRows(world));
  await sink(propertyInspections, inspectionRows(world));
};
