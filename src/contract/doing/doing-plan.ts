import type { ViewerName } from '../../identity/viewers.ts';
import { getRecord, type Model, type RecordField, type RecordModel } from '../model/record.ts';
import type { DepartmentDoing, EffectFunction, Fill, Guard, Paper } from './department-doing.ts';
import { type Mutation, mutationsOf, printingMutation } from './mutations.ts';
import { storedStates } from './stored-states.ts';
import type { DoMatrix, Effect, Transition } from './transition.ts';

/** A record type to which something can happen. */
export interface DoneRecord {
  readonly record: RecordModel;
  readonly transitions: readonly Transition[];
  /** The property that holds the state; null where the record has none. */
  readonly state: string | null;
  readonly guards: Readonly<Record<string, Guard>>;
  /** The fills of the whole plan, by name. */
  readonly fills: ReadonlyMap<string, Fill>;
  /** What its events print, by event. */
  readonly papers: Readonly<Record<string, Paper>>;
}

/** The do-matrix joined with the model and with what the departments say of it. */
export interface DoingPlan {
  readonly records: ReadonlyMap<string, DoneRecord>;
  readonly mutations: ReadonlyMap<string, Mutation>;
  readonly effects: ReadonlyMap<string, EffectFunction>;
  readonly fills: ReadonlyMap<string, Fill>;
}

type FollowingEffect = Extract<Effect, { kind: 'function' }>;

/** The functions that a transition names and that the system runs from the outbox: fills are of the row itself. */
export const beyondRow = (
  { effects }: Pick<Transition, 'effects'>,
  fills: ReadonlyMap<string, Fill>,
): readonly FollowingEffect[] =>
  effects.filter((effect) => effect.kind === 'function' && !fills.has(effect.name)) as FollowingEffect[];

/** How events name the state before, as `from` of a transition: a dash for a new record, an asterisk for any. */
export const statesBefore = (from: Transition['from']): readonly string[] =>
  from === 'NEW' ? ['–'] : from === 'ANY' ? ['*'] : from;

/**
 * What follows from an event, each once: whoever's row it was, as the outbox is filled.
 * @param was the state before; null of a new record, or one without states
 */
export const followingOf = (
  { transitions, fills, record }: DoneRecord,
  event: string,
  was: string | null,
): readonly string[] => {
  const isIt = (row: Transition) =>
    row.event === event && statesBefore(row.from).some((state) => state === '*' || state === (was ?? '–'));
  const found = transitions.filter(isIt).flatMap((row) => beyondRow(row, fills));
  return [...new Set(found.map(({ name, store }) => `${name} ${store || record.store}`))];
};

/** Which property holds the state where it is not `status`. */
const otherStates: Readonly<Record<string, string>> = {
  ApplicationMaterial: 'state',
  DepartmentOpinion: 'result',
  InsuranceContribution: 'state',
  QualificationCheck: 'result',
};

/**
 * Joins the do-matrix with the model.
 * @throws Error that lists every row that does not fit, and every function that no row names
 */
export function planDoing(
  matrix: DoMatrix,
  model: Model,
  departments: readonly { readonly store: string; readonly doing?: DepartmentDoing | undefined }[],
  codesOf: (type: string) => readonly string[],
): DoingPlan {
  const faults: string[] = [];
  const effects = new Map<string, EffectFunction>();
  const guards = new Map<string, Readonly<Record<string, Guard>>>();
  const fills = new Map<string, Fill>();
  const papers = new Map<string, Readonly<Record<string, Paper>>>();
  for (const { doing, store } of departments) {
    for (const [name, effect] of Object.entries(doing?.effects ?? {})) {
      if (effects.has(name)) faults.push(`${store}: the effect ${name} stands in another department too`);
      effects.set(name, effect);
    }
    for (const [record, own] of Object.entries(doing?.guards ?? {})) guards.set(record, own);
    for (const [record, own] of Object.entries(doing?.papers ?? {})) papers.set(record, own);
    for (const [name, fill] of Object.entries(doing?.fills ?? {})) {
      if (fills.has(name)) faults.push(`${store}: the fill ${name} stands in another department too`);
      fills.set(name, fill);
    }
  }
  const records = new Map<string, DoneRecord>();
  for (const [name, transitions] of matrix.byRecord) {
    const record = model.get(name);
    if (!record) {
      faults.push(`${transitions[0]?.where}: ${name} is no record type`);
      continue;
    }
    const hasStates = transitions.some(({ to, from }) => to !== null || Array.isArray(from));
    const state = hasStates ? (otherStates[name] ?? 'status') : null;
    if (state && !record.columns[state]) faults.push(`${name}: has no column ${state} for its state`);
    // A column holds the codes of its enum and no others, so no stored state is unknown to the table.
    const known = new Set(transitions.flatMap(({ from, to }) => [...(Array.isArray(from) ? from : []), to]));
    const codes = state ? storedStates(record, state, codesOf(record.fields.get(state)?.type ?? '')) : [];
    for (const code of codes)
      if (!known.has(code)) faults.push(`${name}: no row of its table knows the state ${code}`);
    for (const code of known)
      if (code !== null && !codes.includes(code))
        faults.push(`${name}: the state ${code} of its table is no code of the column`);
    const own = guards.get(name) ?? {};
    const printed = papers.get(name) ?? {};
    records.set(name, { record, transitions, state, guards: own, fills, papers: printed });
    faults.push(...paperFaults(name, transitions, printed));
    for (const transition of transitions) faults.push(...rowFaults(transition, record, own, effects, fills));
    const named = new Set(transitions.flatMap((transition) => transition.guards));
    for (const guard of Object.keys(own))
      if (!named.has(guard)) faults.push(`${name}: no row of its table names the guard ${guard}`);
  }
  const named = new Set(
    matrix.transitions.flatMap((t) => t.effects.flatMap((e) => (e.kind === 'function' ? e.name : []))),
  );
  for (const effect of [...effects.keys(), ...fills.keys()])
    if (!named.has(effect)) faults.push(`${effect}: no row of the do-matrix names this effect`);
  if (faults.length > 0) throw new Error(`The do-matrix has faults:\n${faults.join('\n')}`);
  return { records, mutations: new Map(mutationsOf(matrix).map((m) => [m.name, m])), effects, fills };
}

/** Each event that prints has its paper, and no paper is without one. */
function paperFaults(
  name: string,
  transitions: readonly Transition[],
  papers: Readonly<Record<string, Paper>>,
): string[] {
  const printing = transitions.filter(({ mutation }) => mutation === printingMutation);
  const events = new Set(printing.map(({ event }) => event));
  return [
    ...printing
      .filter(({ event }) => !papers[event])
      .map(({ where, event }) => `${where}: no department says what ${event} prints`),
    ...Object.keys(papers)
      .filter((event) => !events.has(event))
      .map((event) => `${name}: no row of its table prints the paper ${event}`),
  ];
}

function rowFaults(
  { where, guards, effects, input, territory, from, adverse }: Transition,
  record: RecordModel,
  known: Readonly<Record<string, Guard>>,
  functions: ReadonlyMap<string, EffectFunction>,
  fills: ReadonlyMap<string, Fill>,
): string[] {
  const faults: string[] = [];
  for (const guard of guards)
    if (!known[guard]) faults.push(`${where}, column guard: no department says what ${guard} is`);
  for (const effect of effects)
    if (effect.kind === 'function' && !functions.has(effect.name) && !fills.has(effect.name))
      faults.push(`${where}, column effects: no department says what ${effect.name} does`);
    else if (effect.kind === 'set' && !record.columns[effect.property])
      faults.push(`${where}, column effects: ${record.name} has no property ${effect.property}`);
    else if (effect.kind === 'function')
      for (const property of [
        ...(fills.get(effect.name)?.sets ?? []),
        ...(fills.get(effect.name)?.compares ?? []),
      ])
        if (!record.columns[property])
          faults.push(
            `${where}, column effects: ${effect.name} looks at ${property}, which ${record.name} has not`,
          );
  for (const { field } of input)
    if (!isReasonOfEvent(record, field) && !storedColumns(record.fields.get(field)))
      faults.push(`${where}, column input: ${record.name}.${field} is not stored in the record`);
  for (const rule of territory)
    if ('property' in rule && !record.columns[rule.property])
      faults.push(`${where}, column territory: ${record.name} has no property ${rule.property}`);
  const decides = ({ field, required }: (typeof input)[number]) =>
    required && record.fields.get(field)?.type === 'AdverseDecision';
  if (adverse && !input.some(decides))
    faults.push(
      `${where}: an adverse decision needs grounds, reasons, decider and remedy: an input of the type AdverseDecision!`,
    );
  if (from === 'NEW' && guards.length > 0 && !record.columns.id) faults.push(`${where}: has no id`);
  return faults;
}

/** Where a record has no reason of its own, the input's is the event's: it is kept with the event. */
export const isReasonOfEvent = ({ fields }: Pick<RecordModel, 'fields'>, field: string): boolean =>
  field === 'reason' && !fields.has(field);

/** The columns that an input field is stored in: part of the value object (empty for a plain field) → property. */
export function storedColumns(field: RecordField | undefined): ReadonlyMap<string, string> | undefined {
  switch (field?.kind) {
    case 'column':
      return new Map([['', field.name]]);
    case 'link':
      return new Map([['', propertyOf(field)]]);
    case 'embed':
      return new Map(field.parts.map(({ name, property }) => [name, property]));
    default:
      return undefined;
  }
}

function propertyOf(field: RecordField & { kind: 'link' }): string {
  return Object.entries(field.column.table).find(([, column]) => column === field.column)?.[0] ?? field.name;
}

/** The transitions of a record type that are open to a viewer. */
export const transitionsFor = ({ transitions }: DoneRecord, viewer: ViewerName): readonly Transition[] =>
  transitions.filter(({ viewers }) => viewers.has(viewer));

/** The record type of a mutation that acts on one. */
export const doneRecord = ({ records }: DoingPlan, model: Model, name: string): DoneRecord => {
  const found = records.get(name);
  if (!found) throw new Error(`Nothing can happen to ${getRecord(model, name).name}.`);
  return found;
};
