import type { Department } from '../department.ts';
import { doing } from './doing.ts';
import { records } from './records.ts';

/** The district's informatisation commission (区信息委). */
export const informatisation: Department = {
  store: 'informatisation',
  unit: 'PT-ITC',
  records,
  doing,
};
