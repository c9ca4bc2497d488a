import * as t from '../src/departments/cooperation/tables.ts';
import type { Seed } from './load.ts';
import { dateOf, dayNumber } from './world/dates.ts';
import { nameOf } from './world/names.ts';
import { seedId, type World } from './world.ts';

/** The provinces that most of the district's migrants come from. */
const provinces = [
  ['340000', '安徽省'],
  ['320000', '江苏省'],
  ['330000', '浙江省'],
  ['360000', '江西省'],
  ['410000', '河南省'],
  ['420000', '湖北省'],
  ['510000', '四川省'],
  ['350000', '福建省'],
] as const;

function* officeRows() {
  for (const [i, [province, name]] of provinces.entries()) {
    // Some have their seat in the district.
    const isHere = i % 4 === 1;
    yield {
      id: seedId('liaisonOffice', i),
      province,
      name: `${name}示例驻沪办事处`,
      addressRoad: '示例路',
      addressLane: String(11 + i * 7),
      addressBuilding: String(1 + i),
      addressRoom: '301',
      addressNeighbourhoodCode: isHere ? '310107015004' : null,
      addressSubdistrictCode: isHere ? '310107015' : null,
      phone: `021-5550${String(i).padStart(4, '0')}`,
    };
  }
}

const duties = ['劳务输出服务', '法律援助与维权', '计划生育协作'];

function* contactRows() {
  for (const i of provinces.keys())
    for (const [n, duty] of duties.entries())
      yield {
        id: seedId('liaisonContact', i, n),
        officeId: seedId('liaisonOffice', i),
        name: nameOf(1971, i * duties.length + n, n !== 1).name,
        duty,
        phone: `021-5550${String(i).padStart(4, '0')}-${n + 1}`,
      };
}

const subjects = [
  '务工人员职业培训合作',
  '欠薪纠纷协调机制',
  '婚育证明网上核对',
  '春运返乡服务',
  '子女转学材料衔接',
];
const states = ['OPEN', 'ASSIGNED', 'IN_PROGRESS', 'DONE', 'REVIEWED', 'CLOSED'];

function* matterRows(world: World) {
  const today = dayNumber(world.today);
  for (let i = 0; i < 40; i++)
    yield {
      id: seedId('liaisonMatter', i),
      officeId: seedId('liaisonOffice', i % provinces.length),
      subject: `${subjects[i % subjects.length]}(${Math.floor(i / subjects.length) + 1})`,
      openedOn: dateOf(today - 3 - i * 8),
      status: states[(i * 5) % states.length],
    };
}

/** Fills the cooperation office's store. */
export const seedCooperation: Seed = async (world, sink) => {
  await sink(t.liaisonOffices, officeRows());
  await sink(t.liaisonContacts, contactRows());
  await sink(t.liaisonMatters, matterRows(world));
};
