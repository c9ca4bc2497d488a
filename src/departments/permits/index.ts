import type { Department } from '../department.ts';
import { doing } from './doing/index.ts';
import { records } from './records.ts';
import { statistics } from './statistics.ts';

/** Residence permits: issued by the public security sub-bureau, accepted at the windows (居住证). */
export const permits: Department = {
  store: 'permits',
  unit: 'PT-PSB',
  records,
  doing,
  statistics,
};
