import type { ViewerCode } from '../../../src/identity/viewers.ts';
import { isRelation } from '../asking/selection.ts';
import type { Oracle } from '../oracle.ts';
import type { Coordinate } from '../reading/contract.ts';

/** Whether a viewer is to see a field in clear, of a value object all of it. */
export function isClear(oracle: Oracle, viewer: ViewerCode, field: Coordinate): boolean {
  if (field.kind !== 'embed') return oracle.sight(viewer, field).kind === 'CLEAR';
  return field.parts.every((part) => oracle.partSight(viewer, field, part).kind === 'CLEAR');
}

/**
 * A relation that is closed because its records do not exist for the viewer. The database need not refuse it: there is
 * no row at its end.
 */
export const leadsToNothing = (oracle: Oracle, viewer: ViewerCode, field: Coordinate): boolean =>
  isRelation(field) && oracle.presence(viewer, field.target) === 'NONE';
