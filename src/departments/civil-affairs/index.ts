import type { Department } from '../department.ts';
import { doing } from './doing.ts';
import { records } from './records.ts';
import { statistics } from './statistics.ts';

/** The district's civil affairs bureau (区民政局). */
export const civilAffairs: Department = {
  store: 'civil_affairs',
  unit: 'PT-CIV',
  records,
  doing,
  statistics,
};
