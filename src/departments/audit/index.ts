import type { Department } from '../department.ts';
import { records } from './records.ts';
import { resolvers } from './resolvers.ts';

/** The access log, answered for by the legal-affairs office (区法制办). */
export const audit: Department = {
  store: 'audit',
  unit: 'PT-LAO',
  records,
  resolvers,
};
