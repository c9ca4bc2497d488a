import * as t from '../src/departments/commerce/tables.ts';
import { registrationNumberCheck } from '../src/identifiers/registration-number.ts';
import { demoCoordinatorId } from '../src/identity/personas.ts';
import type { Seed } from './load.ts';
import { operators, placeOfPremises, premisesOf } from './world/businesses.ts';
import { dateOf, dayNumber } from './world/dates.ts';
import { nameOf, surnameOf } from './world/names.ts';
import { hash } from './world/random.ts';
import { at, coordinatorAt, decisionOf, markets } from './world/sites.ts';
import { placeOf, spotOf } from './world/territory.ts';
import { seedId, type World } from './world.ts';

const h = (world: World, index: number, field: number) => hash(world.seed, 132, index, field);

/** Numbers of before July 2007 have thirteen digits; some of the licences changed early. */
function numberOf(index: number): string {
  const thirteen = `3101077${String(index % 1_000_000).padStart(6, '0')}`;
  const fourteen = `${thirteen}0`;
  return index % 60 === 4 ? fourteen + registrationNumberCheck(fourteen) : thirteen;
}

const scopes = ['食品零售', '小型餐饮', '服装零售', '美容美发', '五金零售'];
const states = [
  'IN_FORCE',
  'IN_FORCE',
  'IN_FORCE',
  'IN_FORCE',
  'SUSPENDED',
  'CANCELLED',
  'IN_FORCE',
  'REVOKED',
];

/** How an employer is licensed here; those from elsewhere are licensed there, institutions and households nowhere. */
const licensedAs: Readonly<Record<string, string>> = {
  INDIVIDUAL_BUSINESS: 'INDIVIDUAL_BUSINESS',
  ENTERPRISE: 'PRIVATE_ENTERPRISE',
};

/** Of operators in the register, and of employers, under the number labour has. */
function* licenceRows(world: World) {
  const today = dayNumber(world.today);
  const common = (index: number) => {
    const x = h(world, index, 1);
    const issued = today - 60 - (x % 900);
    return {
      businessScope: scopes[(x >>> 4) % scopes.length],
      road: '示例路',
      building: String(1 + ((x >>> 8) % 60)),
      room: '101',
      issuedOn: dateOf(issued),
      validTo: (x >>> 12) % 4 === 0 ? null : dateOf(issued + 1460),
      status: states[(x >>> 16) % states.length],
    };
  };
  for (const p of operators(world)) {
    const spot = spotOf(p.index / 4);
    yield {
      id: seedId('licence', p.index),
      registrationNo: numberOf(p.index),
      name: `普陀区${p.name}示例商店`,
      kind: p.index % 7 === 0 ? 'PRIVATE_ENTERPRISE' : 'INDIVIDUAL_BUSINESS',
      operatorName: p.name,
      operatorId: p.id,
      employerId: null,
      lane: spot.lane,
      ...placeOf(spot),
      coordinatorId: coordinatorAt(spot.neighbourhoodCode, demoCoordinatorId),
      ...common(p.index),
    };
  }
  for (let i = 0; i < world.employers; i++) {
    const e = world.employer(i);
    const kind = licensedAs[e.kind];
    if (!kind || e.registrationNo.length !== 15) continue;
    yield {
      id: seedId('licence', 10_000_000 + i),
      registrationNo: e.registrationNo,
      name: e.name,
      kind,
      operatorName: e.contactName,
      operatorId: null,
      employerId: e.id,
      lane: e.lane,
      ...placeOf(e),
      coordinatorId: coordinatorAt(e.neighbourhoodCode, demoCoordinatorId),
      ...common(10_000_000 + i),
    };
  }
}

/** Departments that confirm with the sub-bureau (clause AIC-a), two a request. */
const confirming = ['PT-PSB', 'PT-LSS', 'PT-HLT'];

function* checkRows(world: World) {
  const today = dayNumber(world.today);
  let n = 0;
  for (const p of operators(world)) {
    n += 1;
    const on = today - 2 - (h(world, p.index, 2) % 200);
    const asked = [confirming[n % 3] ?? '', confirming[(n + 1) % 3] ?? ''];
    const open = n % 5 === 0;
    const refused = n % 11 === 0;
    const answer = refused ? 'NOT_CONFIRMED' : 'CONFIRMED';
    yield {
      id: seedId('qualificationCheck', p.index),
      applicantId: p.id,
      requestedOn: dateOf(on),
      confirmations: asked.map((unit, i) => ({
        unit,
        result: open && i === 1 ? 'MORE_NEEDED' : answer,
        confirmedOn: open && i === 1 ? null : dateOf(Math.min(on + 5, today)),
      })),
      result: open ? 'MORE_NEEDED' : answer,
      confirmingUnits: [...asked, `PT-CAC-${p.place.number}`],
      shielded: p.shielded,
    };
  }
}

function* premisesRows(world: World) {
  for (const { index, ...p } of premisesOf(world))
    yield {
      ...p,
      road: '示例路',
      building: String(1 + (index % 60)),
      room: '101',
      coordinatorId: coordinatorAt(p.neighbourhoodCode, demoCoordinatorId),
    };
}

function* marketRows() {
  for (const m of markets)
    yield {
      id: m.id,
      name: m.name,
      road: '示例路',
      lane: m.spot.lane,
      building: '2',
      room: '1',
      ...placeOf(m.spot),
      stalls: 20 + ((m.index * 17) % 90),
      coordinatorId: coordinatorAt(m.spot.neighbourhoodCode, demoCoordinatorId),
    };
}

const findings = ['NONE', 'BEYOND_SCOPE', 'COUNTERFEIT', 'SANITATION_REFERRED', 'FIRE_REFERRED'];

function* inspectionRows(world: World) {
  const today = dayNumber(world.today);
  const row = (key: number, place: ReturnType<typeof at>, unlicensed: boolean) => {
    const x = h(world, key, 4);
    const finding = unlicensed ? 'NO_LICENCE' : (findings[x % findings.length] ?? 'NONE');
    const on = today - 1 - ((x >>> 8) % 160);
    return {
      id: seedId('premisesInspection', key),
      ...place,
      occurredOn: dateOf(on),
      assistedById: coordinatorAt(place.neighbourhoodCode, demoCoordinatorId),
      findings: [finding],
      rectifyBy: finding === 'NONE' ? null : dateOf(on + 20),
      rectifiedOn: finding !== 'NONE' && x % 2 === 0 ? dateOf(Math.min(on + 15, today)) : null,
    };
  };
  for (const p of premisesOf(world)) yield row(p.index, placeOfPremises(p), p.licenceId === null);
  for (const m of markets)
    yield row(10_000_000 + m.index, at('MARKET', m.name, m.spot, { marketId: m.id }), false);
}

const caseKinds = ['UNDERGROUND_PROCESSING', 'COUNTERFEIT', 'UNLICENSED', 'OTHER'];
const caseStates = ['INVESTIGATING', 'DECIDED', 'CLOSED', 'UNDER_REMEDY', 'ACCEPTED'];
const partners = ['PT-PSB', 'PT-HLT'];

/** Against every fourth of the premises, and in markets and dwellings. */
function* caseRows(world: World) {
  const today = dayNumber(world.today);
  let n = 0;
  for (const p of premisesOf(world)) {
    if (p.index % 4 !== 1 && p.index >= 9) continue;
    const market = markets[p.index % markets.length];
    const d = world.dwelling((p.index * 23) % world.dwellings);
    const place =
      n % 4 === 1 && market
        ? at('MARKET', market.name, market.spot, { marketId: market.id })
        : n % 4 === 3
          ? at('DWELLING', `示例路${d.lane}弄`, d, { dwellingId: d.id })
          : placeOfPremises(p);
    const status = caseStates[n % caseStates.length] ?? 'ACCEPTED';
    const accepted = today - 9 - ((n * 11) % 250);
    const decided =
      status === 'INVESTIGATING' || status === 'ACCEPTED' ? null : dateOf(Math.min(accepted + 20, today));
    const informed = n % 3 === 0;
    yield {
      id: seedId('commerceCase', p.index),
      caseNo: `PTAIC2007${String(p.index).padStart(6, '0')}`,
      kind: caseKinds[n % caseKinds.length],
      subjectKind: 'PERSON',
      subjectName: nameOf(world.seed, p.index + 5, n % 2 === 0).name,
      subjectIdentityNumber: null,
      subjectPhone: `1380000${String((n * 41) % 10_000).padStart(4, '0')}`,
      ...place,
      acceptedOn: dateOf(accepted),
      ...decisionOf('PT-AIC', decided, '无照经营查处取缔办法', '示例:无照从事经营活动'),
      status,
      informantKind: informed ? 'PERSON' : null,
      informantName: informed ? `${surnameOf(p.index)}知情` : null,
      informantIdentityNumber: null,
      informantPhone: informed ? `1380000${String((n * 53) % 10_000).padStart(4, '0')}` : null,
      jointUnits: [
        ...(n % 2 === 0 ? [partners[(n / 2) % 2] ?? ''] : []),
        ...(status === 'UNDER_REMEDY' ? ['PT-LAO'] : []),
      ],
    };
    n += 1;
  }
}

/** Fills the industry and commerce sub-bureau's store. */
export const seedCommerce: Seed = async (world, sink) => {
  await sink(t.businessLicences, licenceRows(world));
  await sink(t.qualificationChecks, checkRows(world));
  await sink(t.smallPremises, premisesRows(world));
  await sink(t.markets, marketRows());
  await sink(t.premisesInspections, inspectionRows(world));
  await sink(t.commerceCases, caseRows(world));
};
