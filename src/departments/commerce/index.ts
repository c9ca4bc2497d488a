import type { Department } from '../department.ts';
import { doing } from './doing.ts';
import { records } from './records.ts';

/** The district's industry and commerce sub-bureau (区工商分局). */
export const commerce: Department = {
  store: 'commerce',
  unit: 'PT-AIC',
  records,
  doing,
};
