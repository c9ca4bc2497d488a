import type { Department } from './department.ts';

/** The registry: one line a department. */
export const departments: readonly Department[] = [];
