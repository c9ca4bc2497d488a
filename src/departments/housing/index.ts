import type { Department } from '../department.ts';
import { records } from './records.ts';

/** The district's housing and land administration bureau (区房地局). */
export const housing: Department = { store: 'housing', unit: 'PT-HLR', sdl: 'housing.graphql', records };
