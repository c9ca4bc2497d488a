import type { DepartmentDoing } from '../../../contract/doing/department-doing.ts';
import { exportEffects, exportFills, exportGuards } from './exports.ts';
import { grantFills, grantGuards } from './grants.ts';
import { accountGuards, appointmentGuards, postEffects, unitGuards } from './posts.ts';

/** Conditions and effects of units, posts, accounts, case-bound grants and exports. */
export const doing: DepartmentDoing = {
  guards: {
    Appointment: appointmentGuards,
    OrgUnit: unitGuards,
    UserAccount: accountGuards,
    AccessGrant: grantGuards,
    ExportRequest: exportGuards,
  },
  fills: { ...grantFills, ...exportFills },
  effects: { ...postEffects, ...exportEffects },
};
