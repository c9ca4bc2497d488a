import type { StatisticsPlan } from '../src/statistics/plan.ts';
import { takeSnapshot } from '../src/statistics/snapshot.ts';
import type { Pools } from '../src/store/pools.ts';

/** Months before the district's day that are counted at the first start. */
const months = 4;

/**
 * Publishes the statistics of the synthetic district's last months, as `npm run snapshot` does.
 * @param today the district's calendar day
 * @returns the number of cells
 */
export async function seedStatistics(pools: Pools, plan: StatisticsPlan, today: string): Promise<number> {
  let cells = 0;
  for (const month of monthsBefore(today))
    for (const store of plan.stores) {
      const [known] = await pools.ownerOf(
        'statistics',
      )`select 1 from statistics.snapshots where month = ${month} and store = ${store}`;
      if (!known) cells += (await takeSnapshot(pools, plan, store, month, today)).cells;
    }
  return cells;
}

function monthsBefore(today: string): string[] {
  const [year = 0, month = 0] = today.split('-').map(Number);
  return Array.from({ length: months }, (_, i) =>
    new Date(Date.UTC(year, month - 1 - months + i, 1)).toISOString().slice(0, 7),
  );
}
