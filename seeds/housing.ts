import {
  dwellings,
  leaseFilings,
  leaseOccupancies,
  leases,
  propertyInspections,
} from '../src/departments/housing/tables.ts';
import { demoCoordinatorId } from '../src/identity/personas.ts';
import type { Seed } from './load.ts';
import { isUnresolved } from './public-security/people.ts';
import { dateOf, dayNumber } from './world/dates.ts';
import { hasOtherUse, patrolOf } from './world/patrols.ts';
import { isDemoArea, placeOf } from './world/territory.ts';
import { type Dwelling, seedId, type World } from './world.ts';
import { writtenCells } from './written-cells.ts';

/** Persons of a dwelling: those between the first of it and the first of the next. */
const personsOf = (index: number) => [Math.ceil(index * 1.8), Math.ceil((index + 1) * 1.8)] as const;

function* all(world: World): Generator<Dwelling> {
  for (let i = 0; i < world.dwellings; i++) yield world.dwelling(i);
}

function* leased(world: World): Generator<Dwelling> {
  for (const dwelling of all(world)) if (dwelling.leased) yield dwelling;
}

/** Open registrations that name the dwelling: not of those who left, nor of those whose address was not found. */
function occupants(world: World, d: Dwelling): number {
  const [first, next] = personsOf(d.index);
  let count = 0;
  for (let i = first; i < Math.min(next, world.size); i++) {
    const person = world.person(i);
    if (person.departedOn === null && !isUnresolved(person)) count += 1;
  }
  return count;
}

/** The window's answer to a filing that was asked for; null where nobody has asked. */
interface SeedFiling {
  readonly status: 'SUBMITTED' | 'SUPPLEMENT_REQUIRED' | 'REFUSED' | 'FILED' | 'EXPIRED';
  readonly state: 'IN_PROGRESS' | 'REFUSED' | 'FILED' | 'EXPIRED';
  readonly submittedOn: string;
  readonly decidedOn: string | null;
}

/** Due within thirty days of the contract; a lease without one is the defect that users look for. */
function filingOf(world: World, d: Dwelling): SeedFiling | null {
  const today = dayNumber(world.today);
  const submitted = dayNumber(d.startsOn) + (d.index % 28);
  if (submitted > today || (!d.filed && d.index % 5 !== 0)) return null;
  const submittedOn = dateOf(submitted);
  const decided = submitted + 7;
  if (!d.filed && d.index % 2 === 0)
    return { status: 'SUPPLEMENT_REQUIRED', state: 'IN_PROGRESS', submittedOn, decidedOn: null };
  if (decided > today) return { status: 'SUBMITTED', state: 'IN_PROGRESS', submittedOn, decidedOn: null };
  const decidedOn = dateOf(decided);
  if (!d.filed) return { status: 'REFUSED', state: 'REFUSED', submittedOn, decidedOn };
  const state = d.endsOn < world.today ? 'EXPIRED' : 'FILED';
  return { status: state, state, submittedOn, decidedOn };
}

/** Whose whereabouts only the registrar sees. */
const isShielded = (person: number) => person % 2000 === 777;

function* dwellingRows(world: World) {
  for (const d of all(world)) {
    yield {
      id: d.id,
      road: d.road,
      lane: d.lane,
      building: d.building,
      room: d.room,
      ...placeOf(d),
      usage: d.usage,
      floorArea: d.floorArea,
      rooms: d.rooms,
      titleCertNo: d.index % 4 === 0 ? null : `PT${String(d.index).padStart(8, '0')}`,
      ownerKind: 'PERSON',
      ownerName: d.landlordName,
      ownerPhone: `1380000${String(d.index % 10_000).padStart(4, '0')}`,
      occupancyCount: occupants(world, d),
      structureSafety: ['A', 'A', 'B', 'C'][d.index % 4],
    };
  }
}

/** Contracts that say another name or telephone than the register: disagreements (dossier §8.3). */
const asContracted = (d: Dwelling) => d.index % 89 === 12;
const hasOldPhone = (d: Dwelling) => d.index % 7 === 2;
const oldPhone = (d: Dwelling) => `1380000${String((d.index * 13 + 1) % 10_000).padStart(4, '0')}`;

function* leaseRows(world: World) {
  for (const d of leased(world)) {
    const tenant = world.person(d.tenant);
    const filing = filingOf(world, d);
    yield {
      id: seedId('lease', d.index),
      contractNo: `SD${String(d.index).padStart(10, '0')}`,
      dwellingId: d.id,
      landlordName: d.landlordName,
      landlordPhone: `1380000${String((d.index * 7) % 10_000).padStart(4, '0')}`,
      tenantName: asContracted(d) ? `${tenant.surname}小${tenant.name.slice(-1)}` : tenant.name,
      tenantIdentityNumber: tenant.citizenIdNumber,
      tenantDocumentKind: tenant.citizenIdNumber === null ? null : 'RESIDENT_ID',
      asWritten: writtenCells(d.index, '备案状态', '正在办'),
      tenantPhone: hasOldPhone(d) ? oldPhone(d) : tenant.mobilePhone,
      tenantMigrantId: tenant.id,
      startsOn: d.startsOn,
      endsOn: d.endsOn,
      monthlyRent: d.rent,
      deposit: d.rent,
      purpose: hasOtherUse(d) ? 'NON_RESIDENTIAL' : d.usage,
      status: d.endsOn < world.today ? 'ENDED' : 'IN_FORCE',
      filingStatus: filing?.state ?? 'NOT_FILED',
      filingUnit: filing ? `PT-CAC-${d.place.number}` : null,
      filingClosedOn: filing?.decidedOn ?? null,
      ...placeOf(d),
      shielded: isShielded(d.tenant),
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
        personId: seedId('migrant', i),
        ...placeOf(d),
        shielded: isShielded(i),
      };
  }
}

function* filingRows(world: World) {
  for (const d of leased(world)) {
    const filing = filingOf(world, d);
    if (!filing) continue;
    const given = filing.status === 'FILED' || filing.status === 'EXPIRED';
    const refused = filing.status === 'REFUSED';
    yield {
      id: seedId('filing', d.index),
      filingNo: given ? `BA${String(d.index).padStart(10, '0')}` : null,
      leaseId: seedId('lease', d.index),
      kind: 'NEW',
      status: filing.status,
      acceptedByUnit: `PT-CAC-${d.place.number}`,
      tenantMigrantId: seedId('migrant', d.tenant),
      submittedOn: filing.submittedOn,
      decidedOn: filing.decidedOn,
      certificateValidTo: given ? d.endsOn : null,
      refusalReason: refused ? 'AREA_RULE' : null,
      decisionLegalBasis: refused ? '上海市居住房屋租赁管理实施办法' : null,
      decisionReasons: refused ? '示例:人均居住面积不符合规定' : null,
      decisionDecidedBy: refused ? 'PT-HLR' : null,
      decisionDecidedOn: refused ? filing.decidedOn : null,
      decisionRemedyNotice: refused ? '可申请行政复议或提起行政诉讼' : null,
      ...placeOf(d),
      shielded: isShielded(d.tenant),
    };
  }
}

function* inspectionRows(world: World) {
  for (const d of all(world)) {
    const patrol = patrolOf(world, d);
    if (!patrol) continue;
    const { on, finding, severity, rectifiedOn } = patrol;
    yield {
      id: seedId('propertyInspection', d.index),
      dwellingId: d.id,
      inspectedOn: dateOf(on),
      inspectedBy: isDemoArea(d.neighbourhoodCode) ? demoCoordinatorId : 'PT-HLR/inspector',
      findings: [finding],
      severity,
      rectifyBy: finding === 'NONE' ? null : dateOf(on + 30),
      rectifiedOn: rectifiedOn === null ? null : dateOf(rectifiedOn),
      ...placeOf(d),
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
