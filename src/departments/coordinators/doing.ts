import type { DepartmentDoing } from '../../contract/doing/department-doing.ts';
import { effects } from './doing/effects.ts';
import { fills } from './doing/fills.ts';
import { guards } from './doing/guards.ts';

/** Conditions and effects of coordinators, their posts, areas, tasks and pay (dossier §5.5, §5.6). */
export const doing: DepartmentDoing = { guards, fills, effects };
