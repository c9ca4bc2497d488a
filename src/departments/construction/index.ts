import type { Department } from '../department.ts';
import { doing } from './doing.ts';
import { records } from './records.ts';
import { statistics } from './statistics.ts';

/** The district's construction and transport commission (区建设交通委). */
export const construction: Department = {
  store: 'construction',
  unit: 'PT-CON',
  records,
  doing,
  statistics,
};
