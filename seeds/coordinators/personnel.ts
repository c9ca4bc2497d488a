import { dayNumber } from '../world/dates.ts';
import { hash } from '../world/random.ts';
import { seedId, type World } from '../world.ts';
import { type Member, placeOf } from './roster.ts';

/** Invented rates in fen; the last is in force. */
export const standards = [
  { monthlyWage: 69_000, insuranceBase: 110_000, validFrom: '2005-07-01', validTo: '2006-08-31' },
  { monthlyWage: 75_000, insuranceBase: 123_000, validFrom: '2006-09-01', validTo: null },
] as const;

export function* standardRows() {
  for (const [i, standard] of standards.entries())
    yield {
      id: seedId('payStandard', i),
      programme: 'TEN_THOUSAND_JOBS',
      category: 'ASSISTANT',
      ...standard,
    };
}

/** The n months before the day, latest first, as YYYY-MM. */
function monthsBefore(day: string, n: number): string[] {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  return Array.from({ length: n }, (_, i) => {
    const at = year * 12 + (month - 1) - (i + 1);
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
  });
}

const inService = (members: readonly Member[]) => members.filter((m) => m.status !== 'LEFT');

export function* assessmentRows(world: World, members: readonly Member[]) {
  for (const m of inService(members))
    for (const [n, period] of monthsBefore(world.today, 2).entries()) {
      const h = hash(world.seed, 66, m.ordinal, n);
      const scores = [0, 8, 16, 24].map((shift) => 55 + (((h >>> shift) & 255) % 46));
      const total = scores.reduce((sum, score) => sum + score, 0) / 4;
      yield {
        id: seedId('assessment', m.ordinal, n),
        coordinatorId: m.id,
        period,
        items: ['ACCURACY', 'TIMELINESS', 'TASKS', 'SERVICE_ATTITUDE'].map((criterion, i) => ({
          criterion,
          score: `${scores[i]}.0`,
        })),
        total: total.toFixed(2),
        grade: total >= 90 ? 'EXCELLENT' : total >= 75 ? 'GOOD' : total >= 60 ? 'PASS' : 'FAIL',
        assessedByCodes: [`PT-SVB-${m.place.number}`, m.station],
        ...placeOf(m),
      };
    }
}

export function* payRows(world: World, members: readonly Member[]) {
  const wageOf = (month: string) =>
    standards.findLast((s) => dayNumber(s.validFrom) <= dayNumber(`${month}-01`))?.monthlyWage ?? 0;
  for (const m of inService(members))
    for (const [n, month] of monthsBefore(world.today, 3).entries()) {
      const baseWage = wageOf(month);
      const allowances = 20_000 + (hash(world.seed, 67, m.ordinal, n) % 100) * 100;
      const socialInsurance = 8_250;
      yield {
        id: seedId('pay', m.ordinal, n),
        coordinatorId: m.id,
        month,
        baseWage,
        allowances,
        socialInsurance,
        netPay: baseWage + allowances - socialInsurance,
        ...placeOf(m),
      };
    }
}
