import * as t from '../src/departments/construction/tables.ts';
import { demoCoordinatorId } from '../src/identity/personas.ts';
import type { Seed } from './load.ts';
import { dateOf, dayNumber } from './world/dates.ts';
import { hash } from './world/random.ts';
import { buildersOf, coordinatorAt, decisionOf, type Site, sitesOf, workersOf } from './world/sites.ts';
import { placeOf } from './world/territory.ts';
import { type Employer, seedId, type World } from './world.ts';

const h = (world: World, index: number, field: number) => hash(world.seed, 124, index, field);
const provinces = ['340000', '320000', '330000', '360000', '410000', '420000', '510000', '350000'];
const grades = ['THIRD', 'SECOND', 'LABOUR_SUB', 'FIRST', 'SPECIAL'];
const enterpriseId = (builder: Employer) => seedId('constructionEnterprise', builder.index);
/** Cases of the labour bureau stand for one enterprise in twelve (seeds/labour.ts). */
const isSued = (builder: Employer) => builder.index % 12 === 5;

function* enterpriseRows(world: World) {
  const today = dayNumber(world.today);
  for (const e of buildersOf(world)) {
    const filed = e.index % 7 !== 0;
    yield {
      id: enterpriseId(e),
      employerId: e.id,
      homeProvince: provinces[e.index % provinces.length],
      qualificationGrade: grades[h(world, e.index, 1) % grades.length],
      entryFilingNo: filed ? `JH2006${String(e.index).padStart(5, '0')}` : null,
      filingValidTo: filed ? dateOf(today - 40 + (h(world, e.index, 2) % 500)) : null,
      safetyPermitNo: `AQ${String(e.index).padStart(8, '0')}`,
      ...placeOf(e),
    };
  }
}

function* siteRows(world: World) {
  const today = dayNumber(world.today);
  for (const s of sitesOf(world)) {
    const started = today - 30 - (h(world, s.index, 3) % 400);
    yield {
      id: s.id,
      siteNo: s.siteNo,
      name: s.name,
      road: '示例路',
      lane: s.spot.lane,
      building: String(1 + (s.index % 60)),
      room: null,
      ...placeOf(s.spot),
      generalContractorId: enterpriseId(s.contractor),
      startsOn: dateOf(started),
      plannedEndOn: dateOf(started + 500),
      status: ['ACTIVE', 'ACTIVE', 'ACTIVE', 'SUSPENDED', 'ACTIVE', 'COMPLETED'][s.index % 6],
      migrantWorkers: 10 + (h(world, s.index, 4) % 190),
      wageGuaranteeBalance: (h(world, s.index, 5) % 200) * 1_000_000,
      coordinatorId: coordinatorAt(s.spot.neighbourhoodCode, demoCoordinatorId),
    };
  }
}

function* subcontractRows(world: World) {
  const builders = buildersOf(world);
  for (const s of sitesOf(world)) {
    const other = builders[(s.index + 1) % builders.length];
    if (other && other !== s.contractor)
      yield { id: seedId('subcontract', s.index), siteId: s.id, enterpriseId: enterpriseId(other) };
  }
}

const hazards = ['NONE', 'FALL', 'SCAFFOLD', 'ELECTRIC', 'EXCAVATION', 'CRANE', 'FIRE', 'PPE'];

function* inspectionRows(world: World) {
  const today = dayNumber(world.today);
  for (const s of sitesOf(world))
    for (let n = 0; n < 3; n++) {
      const x = h(world, s.index * 3 + n, 6);
      const hazard = hazards[x % hazards.length] ?? 'NONE';
      const on = today - 2 - ((x >>> 8) % 180);
      const severe = hazard === 'CRANE' || hazard === 'EXCAVATION';
      yield {
        id: seedId('safetyInspection', s.index, n),
        siteId: s.id,
        occurredOn: dateOf(on),
        officers: ['con-1', 'con-2'],
        assistedById: n === 0 ? coordinatorAt(s.spot.neighbourhoodCode, demoCoordinatorId) : null,
        hazards: hazard === 'FALL' ? ['FALL', 'PPE'] : [hazard],
        level: severe ? 'HIGH' : hazard === 'NONE' ? 'LOW' : 'MEDIUM',
        stopWork: severe,
        ...decisionOf('PT-CON', severe ? dateOf(on) : null, '建设工程安全生产管理条例', '示例:重大安全隐患'),
        rectifyBy: hazard === 'NONE' ? null : dateOf(on + 10),
        rectifiedOn: hazard !== 'NONE' && x % 3 !== 0 ? dateOf(Math.min(on + 8, today)) : null,
        ...placeOf(s.spot),
      };
    }
}

/** Two a site, and each tenth held elsewhere for whoever comes. */
function* trainings(world: World): Generator<{ site: Site; n: number; elsewhere: boolean }> {
  for (const site of sitesOf(world))
    for (let n = 0; n < 2; n++) yield { site, n, elsewhere: n === 1 && site.index % 10 === 4 };
}

function* trainingRows(world: World) {
  const today = dayNumber(world.today);
  for (const { site, n, elsewhere } of trainings(world)) {
    const place = placeOf(site.spot);
    yield {
      id: seedId('siteTraining', site.index, n),
      siteId: elsewhere ? null : site.id,
      topic: ['SAFETY', 'SKILL', 'LAW'][(site.index + n) % 3],
      occurredOn: dateOf(today - 5 - (h(world, site.index, 7 + n) % 150)),
      hours: `${2 + (site.index % 14)}.5`,
      attendeeCount: workersOf(world, site.contractor).length,
      ...(elsewhere ? { subdistrictCode: null, stationCode: null, neighbourhoodCode: null } : place),
    };
  }
}

function* attendanceRows(world: World) {
  for (const { site, n } of trainings(world))
    for (const [w, worker] of workersOf(world, site.contractor).entries()) {
      const passed = (site.index + w) % 7 !== 0;
      yield {
        id: seedId('trainingAttendance', site.index, n * 16 + w),
        trainingId: seedId('siteTraining', site.index, n),
        personId: worker.id,
        passed,
        certNo: passed ? `PX${site.index}-${n}-${w}` : null,
        shielded: worker.shielded,
      };
    }
}

function* penaltyRows(world: World) {
  const today = dayNumber(world.today);
  for (const [i, e] of buildersOf(world).entries()) {
    const decided = today - 10 - ((i * 29) % 160);
    const open = i % 5 === 3;
    const published = !open && decided + 70 < today;
    yield {
      id: seedId('constructionPenalty', e.index),
      enterpriseId: enterpriseId(e),
      ...decisionOf(
        'PT-CON',
        open ? null : dateOf(decided),
        '建设工程安全生产管理条例',
        '示例:未落实安全措施',
      ),
      amount: open ? null : (1 + (i % 5)) * 500_000,
      status: open ? 'INVESTIGATING' : published ? 'CLOSED' : 'EXECUTING',
      publishedOn: published ? dateOf(decided + 65) : null,
      ...placeOf(e),
    };
  }
}

/** One site in three, and all first sites of enterprises that the labour bureau has a case of. */
function* disputes(world: World): Generator<Site> {
  const builders = buildersOf(world).length;
  for (const s of sitesOf(world))
    if (s.index % 3 === 2 || (s.index < builders && isSued(s.contractor))) yield s;
}

function* disputeRows(world: World) {
  const today = dayNumber(world.today);
  const builders = buildersOf(world).length;
  for (const s of disputes(world)) {
    const x = h(world, s.index, 9);
    const transferred = s.index < builders && isSued(s.contractor);
    const status = transferred
      ? 'TRANSFERRED'
      : (['MEDIATING', 'AGREED', 'CLOSED', 'REPORTED'][x % 4] ?? 'REPORTED');
    const reported = today - 8 - ((x >>> 4) % 100);
    const workers = workersOf(world, s.contractor).length;
    const claimed = Math.max(1, workers) * (30_000 + ((x >>> 12) % 30) * 10_000);
    yield {
      id: seedId('siteDispute', s.index),
      siteId: s.id,
      enterpriseId: enterpriseId(s.contractor),
      workerCount: Math.max(1, workers),
      amountClaimed: claimed,
      amountPaid: status === 'CLOSED' ? claimed : 0,
      reportedOn: dateOf(reported),
      mediatedOn: status === 'REPORTED' || transferred ? null : dateOf(reported + 6),
      status,
      transferredToId: transferred ? seedId('arrearsCase', s.contractor.index) : null,
      referredToUnits: transferred ? ['PT-LSS'] : x % 3 === 0 ? ['PT-JUS'] : [],
      ...placeOf(s.spot),
    };
  }
}

function* workerRows(world: World) {
  for (const s of disputes(world))
    for (const [w, worker] of workersOf(world, s.contractor).entries())
      yield {
        id: seedId('disputeWorker', s.index, w),
        disputeId: seedId('siteDispute', s.index),
        personId: worker.id,
        shielded: worker.shielded,
      };
}

/** Fills the construction commission's store. */
export const seedConstruction: Seed = async (world, sink) => {
  await sink(t.constructionEnterprises, enterpriseRows(world));
  await sink(t.constructionSites, siteRows(world));
  await sink(t.siteSubcontracts, subcontractRows(world));
  await sink(t.safetyInspections, inspectionRows(world));
  await sink(t.siteTrainings, trainingRows(world));
  await sink(t.trainingAttendances, attendanceRows(world));
  await sink(t.constructionPenalties, penaltyRows(world));
  await sink(t.siteWageDisputes, disputeRows(world));
  await sink(t.disputeWorkers, workerRows(world));
};
