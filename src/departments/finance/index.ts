import type { Department } from '../department.ts';
import { doing } from './doing.ts';
import { records } from './records.ts';
import { statistics } from './statistics.ts';

/** The district's finance bureau (区财政局). */
export const finance: Department = {
  store: 'finance',
  unit: 'PT-FIN',
  records,
  doing,
  statistics,
};
