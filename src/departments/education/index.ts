import type { Department } from '../department.ts';
import { doing } from './doing.ts';
import { records } from './records.ts';
import { statistics } from './statistics.ts';

/** The district's education bureau (区教育局). */
export const education: Department = {
  store: 'education',
  unit: 'PT-EDU',
  records,
  doing,
  statistics,
};
