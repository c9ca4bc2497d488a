import type { Department } from '../department.ts';

/** Published statistics of all stores, kept by the population office (区人口办). */
export const statistics: Department = {
  store: 'statistics',
  unit: 'PT-POP',
  records: {},
};
