import type { Department } from '../department.ts';
import { doing } from './doing.ts';
import { records } from './records.ts';
import { statistics } from './statistics.ts';

/** The district's health bureau (区卫生局). */
export const health: Department = {
  store: 'health',
  unit: 'PT-HLT',
  records,
  doing,
  statistics,
};
