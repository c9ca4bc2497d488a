import type { Department } from '../department.ts';
import { records } from './records.ts';

/** The district's cooperation office (区合作办). */
export const cooperation: Department = {
  store: 'cooperation',
  unit: 'PT-COP',
  records,
};
