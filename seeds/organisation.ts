import { appointments, orgUnits, userAccounts } from '../src/departments/organisation/tables.ts';
import { personas } from '../src/identity/personas.ts';
import type { Seed } from './load.ts';
import { nameOf } from './world/names.ts';
import { places } from './world/places.ts';
import { seedId } from './world.ts';

/** The district's bodies in the order of the notice (dossier §4.1): code, kind, Chinese, English. */
const bodies = [
  [
    'LGR',
    'LEADING_GROUP',
    '区人口综合管理领导小组',
    'District Leading Group for Comprehensive Population Management',
  ],
  ['DGO', 'OFFICE', '区政府办公室', 'District Government Office'],
  ['POP', 'OFFICE', '区人口办', 'Population Office'],
  ['DRC', 'DEPARTMENT', '区发展改革委', 'Development and Reform Commission'],
  ['FPC', 'DEPARTMENT', '区人口计生委', 'Population and Family Planning Commission'],
  ['PSB', 'DEPARTMENT', '区公安分局', 'Public Security Sub-bureau'],
  ['LSS', 'DEPARTMENT', '区劳动保障局', 'Labour and Social Security Bureau'],
  ['CSO', 'DEPARTMENT', '区综治办', 'Office for Comprehensive Management of Public Security'],
  ['HLR', 'DEPARTMENT', '区房地局', 'Housing and Land Administration Bureau'],
  ['ITC', 'DEPARTMENT', '区信息委', 'Informatisation Commission'],
  ['FIN', 'DEPARTMENT', '区财政局', 'Finance Bureau'],
  ['PER', 'DEPARTMENT', '区人事局', 'Personnel Bureau'],
  ['EDU', 'DEPARTMENT', '区教育局', 'Education Bureau'],
  ['HLT', 'DEPARTMENT', '区卫生局', 'Health Bureau'],
  ['CIV', 'DEPARTMENT', '区民政局', 'Civil Affairs Bureau'],
  ['CON', 'DEPARTMENT', '区建设交通委', 'Construction and Transport Commission'],
  ['AIC', 'DEPARTMENT', '区工商分局', 'Administration for Industry and Commerce Sub-bureau'],
  ['CMO', 'DEPARTMENT', '区社区办', 'Community Office'],
  ['LAO', 'DEPARTMENT', '区法制办', 'Legislative Affairs Office'],
  ['WOF', 'MASS_ORG', '区妇联', "Women's Federation"],
  ['JUS', 'DEPARTMENT', '区司法局', 'Justice Bureau'],
  ['COP', 'DEPARTMENT', '区合作办', 'Cooperation Office'],
  ['SVC', 'SERVICE_SOCIETY', '普陀社区综合协管服务社', 'Putuo Community Coordinator Service Society'],
] as const;
/** The nineteen member departments of part 三. */
const members = bodies.slice(3, 22).map(([code]) => code);
const since = '2000-01-01';
/** The plan's own bodies begin with it. */
const planDay = '2007-03-01';

interface Unit {
  readonly id: string;
  readonly name: string;
  readonly nameEn: string;
  readonly kind: string;
  readonly level: 'DISTRICT' | 'COMMUNITY';
  readonly parentId: string | null;
  readonly hostedById: string | null;
  readonly plateOfId: string | null;
  readonly territory: readonly string[];
  readonly departmentCode: string | null;
  readonly activeFrom: string;
}

function* units(): Generator<Unit> {
  const all = places.map((p) => p.code);
  for (const [code, kind, name, nameEn] of bodies)
    yield {
      id: `PT-${code}`,
      name,
      nameEn,
      kind,
      level: 'DISTRICT',
      parentId: code === 'POP' ? 'PT-LGR' : code === 'SVC' ? 'PT-POP' : null,
      hostedById: code === 'POP' ? 'PT-CMO' : null,
      plateOfId: null,
      territory: all,
      departmentCode: code,
      activeFrom: ['LGR', 'POP', 'SVC'].includes(code) ? planDay : since,
    };
  for (const place of places) {
    const base = {
      level: 'COMMUNITY',
      hostedById: null,
      plateOfId: null,
      territory: [place.code],
      departmentCode: null,
    } as const;
    const [sub, section] = [`PT-SUB-${place.number}`, `PT-CMS-${place.number}`];
    const short = place.zh;
    yield {
      ...base,
      id: sub,
      name: place.zh,
      nameEn: place.en,
      kind: place.kind,
      parentId: null,
      activeFrom: since,
    };
    yield {
      ...base,
      id: section,
      name: `${short}综治办`,
      nameEn: `${place.en}, comprehensive-management office`,
      kind: 'SECTION',
      parentId: sub,
      activeFrom: since,
    };
    yield {
      ...base,
      id: `PT-SPO-${place.number}`,
      name: `${short}人口综合管理办公室`,
      nameEn: `${place.en}, population office`,
      kind: 'SUB_POPULATION_OFFICE',
      parentId: sub,
      plateOfId: section,
      activeFrom: planDay,
    };
    yield {
      ...base,
      id: `PT-WG-${place.number}`,
      name: `${short}人口综合管理工作小组`,
      nameEn: `${place.en}, population working group`,
      kind: 'WORKING_GROUP',
      parentId: sub,
      activeFrom: planDay,
    };
    yield {
      ...base,
      id: `PT-CAC-${place.number}`,
      name: `${short}社区事务受理中心`,
      nameEn: `${place.en}, community affairs reception centre`,
      kind: 'RECEPTION_CENTRE',
      parentId: sub,
      activeFrom: since,
    };
    yield {
      ...base,
      id: `PT-SVB-${place.number}`,
      name: `${short}综合协管服务分社`,
      nameEn: `${place.en}, coordinators' branch`,
      kind: 'SERVICE_BRANCH',
      parentId: 'PT-SVC',
      activeFrom: planDay,
    };
    for (const [i, station] of place.stations.entries())
      yield {
        ...base,
        id: station,
        name: `${short}示例第${i + 1}派出所`,
        nameEn: `${place.en}, station ${i + 1}`,
        kind: 'POLICE_STATION',
        parentId: 'PT-PSB',
        activeFrom: since,
      };
  }
}

interface Post {
  readonly id: string;
  readonly unitId: string;
  readonly holderName: string;
  readonly role: string;
  readonly isConcurrent: boolean;
  readonly viaAppointmentId: string | null;
  readonly dutyLine: string | null;
  readonly startsOn: string;
}

/** Posts as the plan sets them (dossier §4.3): each concurrent one by virtue of a post at home. */
function posts(): Post[] {
  const out: Post[] = [];
  const add = (
    unitId: string,
    role: string,
    via: Post | null = null,
    dutyLine: string | null = null,
  ): Post => {
    const index = out.length;
    const holderName = via?.holderName ?? nameOf(1921, index, index % 3 !== 0).name;
    const post = {
      id: seedId('appointment', index),
      unitId,
      holderName,
      role,
      isConcurrent: via !== null,
      viaAppointmentId: via?.id ?? null,
      dutyLine,
      startsOn: planDay,
    };
    out.push(post);
    return post;
  };
  const heads = new Map(members.map((code) => [code, add(`PT-${code}`, 'HEAD')]));
  const directorOfCommunityOffice = add('PT-CMO', 'DIRECTOR');
  add('PT-DGO', 'HEAD');
  add('PT-LGR', 'LEADER', null, '人口综合管理');
  for (const code of members) add('PT-LGR', 'MEMBER', heads.get(code) ?? null);
  add('PT-POP', 'DIRECTOR', directorOfCommunityOffice);
  add('PT-POP', 'FULL_TIME_DEPUTY');
  for (const code of ['DRC', 'PSB', 'HLR', 'CSO']) {
    const inCharge = add(`PT-${code}`, 'LEADER_IN_CHARGE', null, '来沪人员管理');
    add('PT-POP', 'DEPUTY_DIRECTOR', inCharge, code);
  }
  add('PT-SVC', 'DIRECTOR');
  for (const place of places) {
    const chief = add(`PT-SUB-${place.number}`, 'CHIEF_EXECUTIVE');
    const security = add(`PT-SUB-${place.number}`, 'LEADER_IN_CHARGE', null, '综合治理');
    const stationDeputy = add(place.stations[0] ?? '', 'LEADER_IN_CHARGE', null, '人口管理');
    for (const station of place.stations) add(station, 'HEAD');
    add(`PT-WG-${place.number}`, 'LEADER', chief);
    add(`PT-WG-${place.number}`, 'DEPUTY_LEADER', security, '综合治理');
    add(`PT-WG-${place.number}`, 'DEPUTY_LEADER', stationDeputy, '派出所');
    add(`PT-SPO-${place.number}`, 'STAFF');
    if (place.share >= 100) add(`PT-SPO-${place.number}`, 'STAFF');
    add(`PT-CAC-${place.number}`, 'HEAD');
    add(`PT-SVB-${place.number}`, 'DIRECTOR');
  }
  return out;
}

/** One account a demonstration persona; the public security deputy may also act for the population office. */
const accounts = () =>
  personas.map((persona) => ({
    id: persona.person,
    holderName: persona.name,
    homeUnitId: persona.unit,
    functions: persona.code === 'COR' ? ['COORDINATOR'] : persona.code === 'CAC' ? ['WINDOW'] : ['ANALYST'],
    actingUnitCodes: persona.code === 'PSB' ? ['PT-PSB', 'PT-POP'] : persona.units,
    status: 'ACTIVE',
    lastLoginAt: null,
  }));

/** The organisation of 2007: the nine sub-districts and towns of that year, not today's. */
export const seedOrganisation: Seed = async (_world, sink) => {
  await sink(orgUnits, units());
  await sink(appointments, posts());
  await sink(userAccounts, accounts());
};
