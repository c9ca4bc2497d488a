import type { Department } from '../department.ts';
import { doing } from './doing.ts';
import { records } from './records.ts';

/** The district's population office (区人口办). */
export const populationOffice: Department = {
  store: 'population_office',
  unit: 'PT-POP',
  records,
  doing,
};
