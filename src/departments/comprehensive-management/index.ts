import type { Department } from '../department.ts';
import { doing } from './doing.ts';
import { records } from './records.ts';

/** The district's office for comprehensive management of public security (区综治办). */
export const comprehensiveManagement: Department = {
  store: 'comprehensive_management',
  unit: 'PT-CSO',
  records,
  doing,
};
