import type { ViewerName } from '../../identity/viewers.ts';

/**
 * A case-bound grant (dossier §6.5): one record, one field group, read only, for at most 30 days, approved by two
 * persons of the owner. Its place in the engine, which issues none yet: whoever makes a request's context looks up
 * the grants of the acting unit and purpose and sets `Context.grants`; the static check lifts a denial to "in
 * granted rows only", and the projection shows the group's values where the row's id is among the records. Never
 * grantable: REPRODUCTIVE_RECORD to anyone, ETHNICITY, ADOPTION_REGISTRATION, MATERNAL_CHILD_HEALTH to
 * FAMILY_PLANNING, PUBLIC_SECURITY and POLICE_STATION.
 */
export interface Grant {
  /** The record that it opens: type and local id. */
  readonly record: string;
  readonly id: string;
  /** The field group that it opens on that record. */
  readonly group: string;
  /** To whom: viewer and acting unit. */
  readonly viewer: ViewerName;
  readonly unit: string;
  /** For which purpose only. */
  readonly purpose: string;
  /** Last calendar day, YYYY-MM-DD. */
  readonly until: string;
}
