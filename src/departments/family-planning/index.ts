import type { Department } from '../department.ts';
import { doing } from './doing.ts';
import { records } from './records.ts';

/** The district's population and family planning commission (区人口计生委). */
export const familyPlanning: Department = {
  store: 'family_planning',
  unit: 'PT-FPC',
  records,
  doing,
};
