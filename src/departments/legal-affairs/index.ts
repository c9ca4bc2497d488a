import type { Department } from '../department.ts';
import { doing } from './doing.ts';
import { records } from './records.ts';

/** The district's legal affairs office (区法制办). */
export const legalAffairs: Department = {
  store: 'legal_affairs',
  unit: 'PT-LAO',
  records,
  doing,
};
