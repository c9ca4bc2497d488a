import type { Department } from '../department.ts';
import { doing } from './doing.ts';
import { monthlyFile } from './import/load.ts';
import { records } from './records.ts';
import { statistics } from './statistics.ts';

/** The district's housing and land administration bureau (区房地局). */
export const housing: Department = {
  store: 'housing',
  unit: 'PT-HLR',
  records,
  doing,
  monthlyFile,
  statistics,
};
