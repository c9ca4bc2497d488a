import * as t from '../src/departments/finance/tables.ts';
import { staffingsOf } from './coordinators/roster.ts';
import type { Seed } from './load.ts';
import type { Place } from './world/places.ts';
import { seedId, type World } from './world.ts';

/** What a coordinator costs in a year, in fen: 24,000 yuan (dossier §4.4), and its parts in hundredths. */
const perHead = 2_400_000;
const parts = { WAGE: 62, SOCIAL_INSURANCE: 26, UNIFORM: 3, TRAINING: 4, OFFICE: 4, OTHER: 1 };
/** The city gives a fixed sum a head. */
const subsidyPerHead = 1_000_000;

interface Budget {
  readonly n: number;
  readonly year: number;
  /** Null for the district. */
  readonly place: Place | null;
  readonly heads: number;
  readonly need: number;
  readonly subsidy: number;
  readonly special: number;
  readonly status: string;
}

/** Last year's and this year's, one a sub-district or town and the sum of all. */
function budgets(world: World): Budget[] {
  const made: Budget[] = [];
  const thisYear = Number(world.today.slice(0, 4));
  for (const year of [thisYear - 1, thisYear]) {
    const open = year === thisYear;
    const of = staffingsOf(world).map(({ place, standard, adjustment }, i): Budget => {
      const heads = standard + adjustment;
      const need = heads * perHead;
      const subsidy = heads * subsidyPerHead;
      // One town was granted more than it needs: a case that the bureau looks for.
      const special = place.number === '101' && open ? need - subsidy + 5_000_000 : Math.floor(need / 3);
      const status = !open ? 'CLOSED' : i % 4 === 3 ? 'REVIEWED' : i % 4 === 2 ? 'APPROVED' : 'EXECUTING';
      return { n: made.length + i, year, place, heads, need, subsidy, special, status };
    });
    const sum = (value: (b: Budget) => number) => of.reduce((total, b) => total + value(b), 0);
    const district = {
      n: made.length + of.length,
      year,
      place: null,
      heads: sum((b) => b.heads),
      need: sum((b) => b.need),
      subsidy: sum((b) => b.subsidy),
      special: sum((b) => b.special),
      status: open ? 'SUBMITTED' : 'CLOSED',
    };
    made.push(...of, district);
  }
  return made;
}

function* budgetRows(world: World) {
  for (const b of budgets(world))
    yield {
      id: seedId('coordinatorBudget', b.n),
      year: b.year,
      unitId: b.place ? `PT-SUB-${b.place.number}` : 'PT-POP',
      headcountBasis: b.heads,
      totalNeed: b.need,
      municipalFixedSubsidy: b.subsidy,
      districtSpecialBudget: b.special,
      status: b.status,
      subdistrictCode: b.place?.code ?? null,
    };
}

function* lineRows(world: World) {
  for (const b of budgets(world))
    for (const [n, [kind, hundredths]] of Object.entries(parts).entries())
      yield {
        id: seedId('budgetLine', b.n, n),
        budgetId: seedId('coordinatorBudget', b.n),
        kind,
        amount: (b.need / 100) * hundredths,
      };
}

/** Four quarters of last year, one of this; in one of seven something was not allowed. */
function* reviewRows(world: World) {
  for (const b of budgets(world)) {
    if (b.status !== 'CLOSED' && b.status !== 'EXECUTING') continue;
    for (let quarter = 1; quarter <= (b.status === 'CLOSED' ? 4 : 1); quarter++) {
      const spent = Math.floor((b.need / 400) * (92 + ((b.n + quarter) % 9)));
      const isFaulty = (b.n + quarter) % 7 === 3;
      yield {
        id: seedId('expenditureReview', b.n, quarter),
        budgetId: seedId('coordinatorBudget', b.n),
        period: `${b.year}Q${quarter}`,
        spent,
        disallowed: isFaulty ? Math.floor(spent / 100) : 0,
        finding: isFaulty ? '部分办公支出无凭证' : null,
      };
    }
  }
}

/** Fills the finance bureau's store. */
export const seedFinance: Seed = async (world, sink) => {
  await sink(t.coordinatorBudgets, budgetRows(world));
  await sink(t.budgetLines, lineRows(world));
  await sink(t.expenditureReviews, reviewRows(world));
};
