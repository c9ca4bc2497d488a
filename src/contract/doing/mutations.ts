import type { DoMatrix, Transition } from './transition.ts';

/** A mutation, as its rows of the do-matrix say. */
export interface Mutation {
  readonly name: string;
  readonly transitions: readonly Transition[];
  /** The record types that it acts on. */
  readonly records: readonly string[];
  /**
   * Record types of which it makes a row besides the one that it is called after: `registerMigrant` makes the person and
   * the first stay. Their link to it is set by itself.
   */
  readonly parts: readonly string[];
  /** The record is made by it, at least by some of its rows. */
  readonly makes: boolean;
  /** It changes a record that is there. */
  readonly changes: boolean;
  /** The caller says which event: several can be meant. */
  readonly choosesEvent: boolean;
  /** The mutation that does it once for each row of a list. */
  readonly list: string | null;
  /** The events that the caller can name. */
  readonly events: readonly string[];
}

/** The mutation whose events print a document of the record, and change nothing else. */
export const printingMutation = 'issueDocument';

/** The mutations of the do-matrix, in the order of their names. */
export function mutationsOf({ byMutation }: DoMatrix): readonly Mutation[] {
  return [...byMutation]
    .map(([name, transitions]) => mutationOf(name, transitions))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function mutationOf(name: string, transitions: readonly Transition[]): Mutation {
  const eventsWhere = (makes: boolean) => [
    ...new Set(transitions.filter(({ from }) => (from === 'NEW') === makes).map(({ event }) => event)),
  ];
  const [making, changing] = [eventsWhere(true), eventsWhere(false)];
  const made = [...new Set(transitions.filter(({ from }) => from === 'NEW').map(({ record }) => record))];
  const main = made.find((record) => name.endsWith(record)) ?? made[0];
  const parts = making.length === 1 && changing.length === 0 ? made.filter((record) => record !== main) : [];
  return {
    name,
    transitions,
    parts,
    records: [...new Set(transitions.map(({ record }) => record))].filter(
      (record) => !parts.includes(record),
    ),
    list: transitions.find(({ listMutation }) => listMutation !== null)?.listMutation ?? null,
    makes: making.length > 0,
    changes: changing.length > 0,
    choosesEvent: making.length > 1 || changing.length > 1,
    events: [...new Set([...making, ...changing])],
  };
}

/** What a mutation does an event by: its name, and what its input takes as `event`; null where the input has none. */
export function calledBy(
  mutations: ReadonlyMap<string, Mutation>,
  { mutation, event }: Pick<Transition, 'mutation' | 'event'>,
): { readonly mutation: string; readonly inputEvent: string | null } {
  const name = mutation ?? '';
  return { mutation: name, inputEvent: mutations.get(name)?.choosesEvent ? constant(event) : null };
}

/** `decidePermit` → `DecidePermit`. */
export const capital = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
/** `PermitApplication` → `permitApplication`. */
export const small = (name: string): string => `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
/** `returnForReview` → `RETURN_FOR_REVIEW`. */
export const constant = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase();
