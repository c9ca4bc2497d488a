import type { DoneRecord } from '../../contract/doing/doing-plan.ts';
import { storedColumns } from '../../contract/doing/doing-plan.ts';
import { presented, takesIn } from '../../contract/doing/taking-in.ts';
import type { Transition } from '../../contract/doing/transition.ts';
import type { Model } from '../../contract/model/record.ts';
import type { Context } from '../context.ts';
import { presentedId, takenInId, visibleIds } from '../reads/named-ids.ts';
import { type GivenValues, givenValues, type Input } from './input-values.ts';
import { InputFaults, notFound } from './user-errors.ts';

/** What the input gives of a row that is to be written. */
export interface GivenRow {
  readonly done: DoneRecord;
  readonly transition: Transition;
  /** By property. */
  readonly values: ReadonlyMap<string, unknown>;
  readonly fields: ReadonlySet<string>;
  /** Where in the input the row's fields stand. */
  readonly at: readonly string[];
}

/** What a row is about, and where its fields stand in the input. */
export interface RowPlace {
  readonly done: DoneRecord;
  readonly transition: Transition;
  readonly at: readonly string[];
  /** A record that is made by the same call: links to its type lead to it. */
  readonly belongsTo?: { readonly type: string; readonly id: string } | undefined;
}

/**
 * Reads a row of an input: values in the columns' forms, persons by presented numbers, links to records that the viewer
 * sees. @throws InputFaults with every path
 */
export async function giveRow(
  { done, transition, at, belongsTo }: RowPlace,
  input: Input,
  context: Context,
  model: Model,
): Promise<GivenRow> {
  const { record } = done;
  const owned = new Set(
    transition.input.flatMap(({ field }) => {
      const link = record.fields.get(field);
      return belongsTo && link?.kind === 'link' && link.type === belongsTo.type ? [field] : [];
    }),
  );
  const asked = { ...transition, input: transition.input.filter(({ field }) => !owned.has(field)) };
  try {
    const given = givenValues(input, asked, record, model, context.reads.session.scope.today);
    const values = new Map([...given.values, ...(await presentedPersons(given, done, context, model))]);
    for (const field of owned) values.set(propertyOf(done, field), belongsTo!.id);
    await checkLinks(given, context, model);
    return { done, transition, values, fields: given.fields, at };
  } catch (error) {
    if (!(error instanceof InputFaults) || at.length === 0) throw error;
    throw new InputFaults(error.faults.map((fault) => ({ ...fault, path: [...at, ...fault.path] })));
  }
}

/** The persons who presented a number, by property. @throws AskRegistrar for a shielded one */
async function presentedPersons(
  given: GivenValues,
  done: DoneRecord,
  { reads, viewer }: Context,
  model: Model,
): Promise<[string, string][]> {
  const found: [string, string][] = [];
  for (const [field, number] of given.presented) {
    const id = takesIn(viewer.department, model)
      ? await takenInId(reads, number)
      : await presentedId(reads, presented.type, presented.property, number);
    if (id === null) throw new InputFaults([notFound(`${field}CitizenIdNumber`)]);
    found.push([propertyOf(done, field), id]);
  }
  return found;
}

const propertyOf = ({ record }: DoneRecord, field: string): string =>
  storedColumns(record.fields.get(field))?.get('') ?? field;

async function checkLinks({ links }: GivenValues, { reads }: Context, model: Model): Promise<void> {
  const faults = await Promise.all(
    links.map(async ({ path, type, keys }) => {
      const seen = await visibleIds(reads, model.get(type)!, keys);
      return keys.every((key) => seen.has(key)) ? [] : [notFound(...path)];
    }),
  );
  if (faults.flat().length > 0) throw new InputFaults(faults.flat());
}
