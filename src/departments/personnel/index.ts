import type { Department } from '../department.ts';
import { doing } from './doing.ts';
import { records } from './records.ts';

/** The district's personnel bureau (区人事局). */
export const personnel: Department = {
  store: 'personnel',
  unit: 'PT-PER',
  records,
  doing,
};
