import * as t from '../src/departments/personnel/tables.ts';
import { viewers } from '../src/identity/viewers.ts';
import type { Seed } from './load.ts';
import { eachApplication } from './permits/applications.ts';
import { dateOf, dayNumber } from './world/dates.ts';
import { places } from './world/places.ts';
import { hash } from './world/random.ts';
import { personsBy, seedId, type World } from './world.ts';

type Post = readonly [
  unit: string,
  title: string,
  role: string,
  establishment: string,
  quota: number,
  filled: number,
];

/** Posts as the plan sets them (dossier §4.3); a few stand empty. */
function* posts(): Generator<Post> {
  for (const { code, kind } of viewers) {
    if (kind !== 'DISTRICT' && kind !== 'SOCIETY') continue;
    const unit = `PT-${code}`;
    const establishment = code === 'SVC' ? 'CONTRACT' : 'CIVIL_SERVICE';
    yield [unit, '负责人', code === 'LGR' ? 'LEADER' : 'HEAD', establishment, 1, 1];
    yield [unit, '来沪人员管理专职岗位', 'STAFF', establishment, 2, code.charCodeAt(0) % 3 === 0 ? 1 : 2];
  }
  for (const { number, share, stations } of places) {
    yield [`PT-SUB-${number}`, '分管领导', 'LEADER_IN_CHARGE', 'CIVIL_SERVICE', 1, 1];
    // Clause IV-2a: one or two.
    const full = share >= 100 ? 2 : 1;
    yield [`PT-SPO-${number}`, '专职工作人员', 'STAFF', 'CIVIL_SERVICE', full, share === 100 ? 1 : full];
    yield [`PT-CAC-${number}`, '窗口受理', 'STAFF', 'INSTITUTION', 6, share >= 150 ? 5 : 6];
    yield [`PT-SVB-${number}`, '分社主任', 'DIRECTOR', 'CONTRACT', 1, 1];
    for (const station of stations) yield [station, '人口管理民警', 'STAFF', 'CIVIL_SERVICE', 4, 4];
  }
}

function* postRows() {
  let i = 0;
  for (const [unitId, title, role, establishment, quota, filled] of posts())
    yield { id: seedId('staffingPost', i++), unitId, title, role, establishment, quota, filled };
}

const degrees = ['MASTER', 'BACHELOR', 'DOCTOR', 'BACHELOR', 'NONE'];
const disciplines = ['计算机科学', '机械工程', '金融学', '临床医学'];
const titles = ['011', '083', '243', '252'];

function* talents(world: World) {
  for (const { person, type } of eachApplication(world))
    if (type === 'TALENT') yield { person, h: hash(world.seed, 164, person.index, 1) };
}

function* applicationRows(world: World) {
  for (const { person, h } of talents(world)) {
    const employer = person.employer ?? h % Math.max(world.employers, 1);
    yield {
      id: seedId('talentApplication', person.index),
      applicationId: seedId('application', person.index),
      applicantId: person.id,
      degree: degrees[h % degrees.length],
      discipline: disciplines[(h >>> 4) & 3],
      professionalTitle: (h >>> 8) % 3 === 0 ? null : titles[(h >>> 12) & 3],
      sponsorId: seedId('employer', employer),
      card: (h >>> 16) % 10 === 0 ? 'B' : 'A',
      termYears: [1, 3, 3, 5][(h >>> 20) & 3],
      evaluation: (h >>> 24) % 2 === 0 ? '示例:符合引进人才条件' : null,
      shielded: person.shielded,
    };
  }
}

/** Others of the same dwelling come along. */
function* familyRows(world: World) {
  for (const { person } of talents(world))
    for (const index of [person.index - 1, person.index + 1]) {
      if (index < 0 || index >= world.size) continue;
      const other = world.person(index);
      if (other.dwelling !== person.dwelling) continue;
      yield {
        id: seedId('talentFamilyMember', person.index, index > person.index ? 1 : 0),
        talentApplicationId: seedId('talentApplication', person.index),
        personId: other.id,
        shielded: other.shielded || person.shielded,
      };
    }
}

const services = ['HOUSING', 'SPOUSE_JOB', 'CHILD_SCHOOL'];

/** For those who hold a talent permit in force. */
function* serviceRows(world: World) {
  const today = dayNumber(world.today);
  for (const p of personsBy(world, 1)) {
    if (p.permit?.type !== 'TALENT' || p.permit.status !== 'ACTIVE') continue;
    if (p.departedOn !== null || p.duplicateOf !== null) continue;
    const h = hash(world.seed, 166, p.index, 1);
    if (h % 3 === 0) continue;
    yield {
      id: seedId('talentService', p.index),
      personId: p.id,
      kind: services[(h >>> 4) % 3],
      occurredOn: dateOf(Math.max(dayNumber(p.permit.validFrom), today - 1 - ((h >>> 8) % 300))),
      shielded: p.shielded,
    };
  }
}

/** Fills the personnel bureau's store. */
export const seedPersonnel: Seed = async (world, sink) => {
  await sink(t.staffingPosts, postRows());
  await sink(t.talentApplications, applicationRows(world));
  await sink(t.talentFamilyMembers, familyRows(world));
  await sink(t.talentServices, serviceRows(world));
};
