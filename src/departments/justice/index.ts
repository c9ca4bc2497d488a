import type { Department } from '../department.ts';
import { doing } from './doing.ts';
import { records } from './records.ts';

/** The district's justice bureau (区司法局). */
export const justice: Department = {
  store: 'justice',
  unit: 'PT-JUS',
  records,
  doing,
};
