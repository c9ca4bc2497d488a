import type { StatisticsPlan } from '../src/statistics/plan.ts';
import { type Count, countStore, publish } from '../src/statistics/snapshot.ts';
import type { Pools } from '../src/store/pools.ts';

/** Months before the district's day that are counted at the first start, of every store. */
const months = 3;
/** Years before of which the register is counted in December. */
const years = 4;
const register = 'public_security';

/**
 * Publishes the statistics of the synthetic district's last months, and the register's of some Decembers, as `npm run snapshot` does.
 * @param today the district's calendar day
 * @returns the number of cells
 */
export async function seedStatistics(pools: Pools, plan: StatisticsPlan, today: string): Promise<number> {
  const counts: Count[] = [];
  for (const month of decembersBefore(today)) counts.push(await countStore(pools, plan, register, month));
  for (const month of monthsBefore(today))
    for (const store of plan.stores) counts.push(await countStore(pools, plan, store, month));
  await publish(pools, plan, counts, today);
  return counts.reduce((sum, { cells }) => sum + cells.length, 0);
}

function monthsBefore(today: string): string[] {
  const [year = 0, month = 0] = today.split('-').map(Number);
  return Array.from({ length: months }, (_, i) =>
    new Date(Date.UTC(year, month - 1 - months + i, 1)).toISOString().slice(0, 7),
  );
}

/** Those that are not among the last months. */
function decembersBefore(today: string): string[] {
  const recent = monthsBefore(today);
  const year = Number(today.slice(0, 4));
  return Array.from({ length: years }, (_, i) => `${year - years + i}-12`).filter(
    (month) => !recent.includes(month),
  );
}
