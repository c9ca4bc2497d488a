import type { Latency } from './latency.ts';

/** What is to be reached when a district has a hundred times as many persons. */
const reach: Readonly<Record<string, number>> = {
  pageOf100: 1.3,
  byNumber: 1.3,
  filterSubdistrict: 2,
  filterDistrict: 4,
  countSubdistrict: 3,
  countDistrict: 3,
};

/** The waiting times of two districts beside each other. */
export function sizesTable(
  small: readonly Latency[],
  large: readonly Latency[],
  sizes: [number, number],
): string {
  const heads = ['question', ...sizes.map((n) => `p50 ms, ${n} persons`), 'ratio', 'reach'];
  const rows = large.map((there) => {
    const here = small.find(({ name }) => name === there.name);
    const ratio = here ? `${(there.p50Ms / here.p50Ms).toFixed(2)}×` : '';
    const wanted = reach[there.name];
    return [
      there.title,
      here?.p50Ms.toFixed(1) ?? '',
      there.p50Ms.toFixed(1),
      ratio,
      wanted === undefined ? '' : `≤ ${wanted}×`,
    ];
  });
  return [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** The same as numbers: large ÷ small, by question. */
export const sizeRatios = (small: readonly Latency[], large: readonly Latency[]): Record<string, number> =>
  Object.fromEntries(
    large.flatMap(({ name, p50Ms }) => {
      const here = small.find((latency) => latency.name === name);
      return here ? [[name, p50Ms / here.p50Ms]] : [];
    }),
  );
