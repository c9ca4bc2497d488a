import type { Department } from '../department.ts';
import { doing } from './doing.ts';
import { records } from './records.ts';

/** The district's women's federation (区妇联). */
export const womensFederation: Department = {
  store: 'womens_federation',
  unit: 'PT-WOF',
  records,
  doing,
};
