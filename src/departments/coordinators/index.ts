import type { Department } from '../department.ts';
import { doing } from './doing.ts';
import { records } from './records.ts';
import { resolvers } from './resolvers.ts';
import { statistics } from './statistics.ts';

/** The coordinators' service society and its branches (普陀社区综合协管服务社). */
export const coordinators: Department = {
  store: 'coordinators',
  unit: 'PT-SVC',
  records,
  doing,
  resolvers,
  statistics,
};
