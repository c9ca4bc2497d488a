import type { Department } from '../department.ts';
import { doing } from './doing/index.ts';
import { monthlyFile } from './import/load.ts';
import { records } from './records.ts';
import { resolvers } from './resolvers.ts';
import { statistics } from './statistics.ts';

/** The district's public security sub-bureau: the population register and recorded cases (普陀公安分局). */
export const publicSecurity: Department = {
  store: 'public_security',
  unit: 'PT-PSB',
  records,
  monthlyFile,
  statistics,
  exactLookups: [['Migrant', 'citizenIdNumber']],
  doing,
  resolvers,
};
