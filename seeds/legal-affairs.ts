import * as t from '../src/departments/legal-affairs/tables.ts';
import { arrearsRows, inspectionRows } from './labour.ts';
import type { Seed } from './load.ts';
import { permitApplications } from './permits/applications.ts';
import { dateOf, dayNumber } from './world/dates.ts';
import { places } from './world/places.ts';
import { decisionOf } from './world/sites.ts';
import { seedId, type World } from './world.ts';

/** An act that is under review: whose, and which record decides it. */
interface Act {
  readonly unit: string;
  readonly id: string;
  readonly basis: string;
}

/** Units whose acts are reviewed besides those that the district's stores hold, each twice. */
const others = ['FPC', 'HLR', 'PER', 'EDU', 'HLT', 'CIV', 'CON', 'AIC'];

/** The refusals and penalties that the district holds, a few of each, and acts of the other units. */
function* acts(world: World): Generator<Act> {
  let left = 12;
  for (const a of permitApplications(world)) {
    if (a.status !== 'REJECTED') continue;
    yield { unit: 'PT-PSB', id: a.id, basis: '《上海市居住证暂行规定》' };
    if (--left === 0) break;
  }
  left = 8;
  for (const inspection of inspectionRows(world)) {
    if (inspection.penaltyDecidedOn === null) continue;
    yield { unit: 'PT-LSS', id: inspection.id, basis: '劳动保障监察条例第二十六条' };
    if (--left === 0) break;
  }
  left = 3;
  for (const arrears of arrearsRows(world)) {
    yield { unit: 'PT-LSS', id: arrears.id, basis: '劳动保障监察条例第二十六条' };
    if (--left === 0) break;
  }
  for (const [i, code] of others.entries())
    for (let n = 0; n < 2; n++)
      yield { unit: `PT-${code}`, id: seedId('legalReview', i, 100 + n), basis: '中华人民共和国行政处罚法' };
  for (const [i, place] of places.entries())
    yield {
      unit: `PT-SUB-${place.number}`,
      id: seedId('legalReview', i, 200),
      basis: '流动人口管理有关规定',
    };
}

const subjects = ['COMPETENCE', 'BASIS', 'PROCEDURE', 'FACTS', 'REMEDY_NOTICE'] as const;

/** In one of five the remedy was not told, which the unit then puts right, or has not yet. */
function* reviewRows(world: World) {
  const today = dayNumber(world.today);
  let i = 0;
  for (const act of acts(world)) {
    const isFaulty = i % 5 === 2;
    const decided = dateOf(today - 40 - (i % 60));
    yield {
      id: seedId('legalReview', i),
      unitId: act.unit,
      actRef: `FZ2007-${String(i + 1).padStart(5, '0')}`,
      actId: act.id,
      ...decisionOf(act.unit, decided, act.basis, '示例:依据材料所载事实作出'),
      checks: subjects.map((subject) => ({
        subject,
        isPassed: !(isFaulty && subject === 'REMEDY_NOTICE'),
      })),
      opinion: isFaulty ? '建议补充告知救济途径' : i % 3 === 0 ? '程序合法,依据充分' : null,
      correctedOn: isFaulty && i % 10 === 2 ? dateOf(today - 5 - (i % 20)) : null,
    };
    i += 1;
  }
}

/** Documents that the dossier names, with their dates; where it gives no number, one of the example's own. */
const documents = [
  ['沪编〔2006〕143号', '机构编制批复(示例题名)', '2006-11-20', 'IN_FORCE'],
  ['普府办〔2007〕16号', '关于进一步完善本区来沪人员管理体制的实施方案', '2007-03-01', 'IN_FORCE'],
  ['示例〔2004〕1号', '上海市居住证暂行规定', '2004-08-30', 'IN_FORCE'],
  ['市政府令第123号', '上海市外来从业人员综合保险暂行办法', '2002-07-22', 'AMENDED'],
  ['国务院令第381号', '城市生活无着的流浪乞讨人员救助管理办法', '2003-06-20', 'IN_FORCE'],
  ['示例〔1998〕7号', '暂住人口管理办法(示例)', '1998-05-04', 'REPEALED'],
] as const;

function* documentRows() {
  for (const [i, [docNo, title, issuedOn, status]] of documents.entries())
    yield { id: seedId('normativeDocument', i), docNo, title, issuedOn, status };
}

/** Fills the legal affairs office's store. */
export const seedLegalAffairs: Seed = async (world, sink) => {
  await sink(t.administrativeActReviews, reviewRows(world));
  await sink(t.normativeDocuments, documentRows());
};
