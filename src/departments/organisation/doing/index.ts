import type { DepartmentDoing } from '../../../contract/doing/department-doing.ts';
import { grantFills, grantGuards } from './grants.ts';
import { accountGuards, appointmentGuards, postEffects, unitGuards } from './posts.ts';

/** Conditions and effects of units, posts, accounts and case-bound grants. */
export const doing: DepartmentDoing = {
  guards: {
    Appointment: appointmentGuards,
    OrgUnit: unitGuards,
    UserAccount: accountGuards,
    AccessGrant: grantGuards,
  },
  fills: grantFills,
  effects: postEffects,
};
