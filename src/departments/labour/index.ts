import type { Department } from '../department.ts';
import { doing } from './doing.ts';
import { monthlyFile } from './import/load.ts';
import { records } from './records.ts';
import { statistics } from './statistics.ts';

/** The district's labour and social security bureau (区劳动保障局). */
export const labour: Department = {
  store: 'labour',
  unit: 'PT-LSS',
  records,
  doing,
  monthlyFile,
  statistics,
};
