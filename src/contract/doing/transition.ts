import type { PostFunction } from '../../identity/viewer.ts';
import type { ViewerName } from '../../identity/viewers.ts';

/** Which rows an actor may act on; the tokens of the column `territory`. */
export type TerritoryRule =
  | { readonly kind: 'everywhere' | 'subdistrict' | 'station' | 'neighbourhood' | 'own' }
  /** The property holds the acting unit, or the acting person. */
  | { readonly kind: 'unit' | 'person'; readonly property: string };

/** A field of the record that the actor gives. */
export interface InputField {
  readonly field: string;
  readonly required: boolean;
}

/** What an event does besides the change of state. */
export type Effect =
  /** A column of the row itself: `today`, `now`, `person`, `unit`, `null`, a day so much later, or a code. */
  | { readonly kind: 'set'; readonly property: string; readonly value: string }
  /** A function of a department, which the system runs from the outbox; in which store it writes. */
  | { readonly kind: 'function'; readonly name: string; readonly store: string };

/** One row of the do-matrix: who may let which event happen to a record in which state. */
export interface Transition {
  /** `schema/machines/permit-application.tsv:7`. */
  readonly where: string;
  readonly record: string;
  /** NEW: the event makes the record. ANY: in every state, or the record has none. */
  readonly from: 'NEW' | 'ANY' | readonly string[];
  readonly event: string;
  /** The state after it; null where it stays, or the record has none. */
  readonly to: string | null;
  /** Empty where the system acts by itself. */
  readonly viewers: ReadonlySet<ViewerName>;
  readonly bySystem: boolean;
  /** One of these is needed; any post will do where there is none. */
  readonly posts: readonly PostFunction[];
  readonly territory: readonly TerritoryRule[];
  readonly input: readonly InputField[];
  readonly guards: readonly string[];
  readonly effects: readonly Effect[];
  /** By when: `dueOn`, `acceptedOn+60wd`. */
  readonly deadline: string | null;
  /** It is the actor's duty in that state, so it makes a work item. */
  readonly awaited: boolean;
  readonly adverse: boolean;
  /** Null for what only the system does. */
  readonly mutation: string | null;
  /** The mutation that does it once for each row of a list. */
  readonly listMutation: string | null;
  readonly clause: string;
  readonly title: string;
}

/** The do-matrix. */
export interface DoMatrix {
  readonly transitions: readonly Transition[];
  /** By record type, in the order of the tables. */
  readonly byRecord: ReadonlyMap<string, readonly Transition[]>;
  /** By mutation, in the order of the tables. */
  readonly byMutation: ReadonlyMap<string, readonly Transition[]>;
}

/** Whether the event can happen to a record in the state. */
export const leavesFrom = ({ from }: Transition, state: string | null): boolean =>
  from === 'ANY' || (from !== 'NEW' && state !== null && from.includes(state));

/** A do-matrix without rows. */
export const noMatrix: DoMatrix = { transitions: [], byRecord: new Map(), byMutation: new Map() };
