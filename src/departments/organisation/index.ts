import type { Department } from '../department.ts';
import { doing } from './doing/index.ts';
import { records } from './records.ts';

/** The organisation of the district, kept by the population office (机构). */
export const organisation: Department = {
  store: 'organisation',
  unit: 'PT-POP',
  records,
  doing,
};
