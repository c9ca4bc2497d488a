import type { Department } from '../department.ts';
import { records } from './records.ts';

/** The access log, answered for by the legal-affairs office (区法制办). */
export const audit: Department = {
  store: 'audit',
  unit: 'PT-LAO',
  sdl: 'audit.graphql',
  records,
};
