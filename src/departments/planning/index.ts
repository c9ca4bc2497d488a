import type { Department } from '../department.ts';
import { doing } from './doing.ts';
import { records } from './records.ts';

/** Planning and research of three offices (区发展改革委、人口计生委、社区办). */
export const planning: Department = { store: 'planning', unit: 'PT-DRC', records, doing };
