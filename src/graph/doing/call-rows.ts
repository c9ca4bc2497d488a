import type { Filling } from '../../contract/doing/department-doing.ts';
import { type DoneRecord, doneRecord } from '../../contract/doing/doing-plan.ts';
import { small } from '../../contract/doing/mutations.ts';
import type { Transition } from '../../contract/doing/transition.ts';
import type { ExportReader } from '../exports/export-reader.ts';
import type { Call } from './call.ts';
import { type GivenRow, giveRow } from './given-row.ts';
import type { Input } from './input-values.ts';
import { runFills } from './run-fills.ts';
import type { SystemDoer } from './system-doer.ts';
import { InputFaults, required } from './user-errors.ts';
import { newId, type WriteParts, type WrittenRow } from './write.ts';

/** A row as it is written, and which of its columns the department has filled. */
export type FilledRow = WrittenRow & { readonly filled: ReadonlySet<string> };

/**
 * What an input gives: of the row that the call is about, and of those that are made with it.
 * @param making the transition along which a row of another type is made with it
 * @throws InputFaults
 */
export async function givenRows(
  { plan, model }: WriteParts,
  { mutation, input, context }: Call,
  main: { readonly done: DoneRecord; readonly transition: Transition; readonly id: string },
  making: (record: string) => Transition,
): Promise<readonly GivenRow[]> {
  const { done, transition, id } = main;
  const parts = mutation.parts.map((record) => ({ record, name: small(record) }));
  const left = parts.filter(({ name }) => input[name] == null).map(({ name }) => required(name));
  if (left.length > 0) throw new InputFaults(left);
  const own = Object.fromEntries(
    Object.entries(input).filter(([name]) => !parts.some((part) => part.name === name)),
  );
  const first = await giveRow({ done, transition, at: [] }, own, context, model);
  const belongsTo = { type: done.record.name, id };
  const others = parts.map(({ record, name }) => {
    const row = { done: doneRecord(plan, model, record), transition: making(record), at: [name], belongsTo };
    return giveRow(row, input[name] as Input, context, model);
  });
  return [first, ...(await Promise.all(others))];
}

/** The rows of a call with the columns that the departments fill by themselves. @throws InputFaults */
export const filledRows = (
  parts: WriteParts & { readonly system: SystemDoer; readonly exports: ExportReader },
  { context }: Call,
  given: readonly GivenRow[],
  target: WrittenRow['target'],
  id: string,
): Promise<readonly FilledRow[]> =>
  Promise.all(
    given.map(async (row, n): Promise<FilledRow> => {
      const { done, transition, values, fields, at } = row;
      const own = n === 0 ? target : null;
      const { viewer, reads } = context;
      const read = async (): Promise<Filling> => ({
        record: done.record.name,
        row: own && (await parts.system.row(done.record.name, own.id)),
        given: Object.fromEntries(values),
        beside: besideOf(given, n),
        unit: viewer.unit,
        person: viewer.person,
        subdistrict: viewer.subdistrict,
        today: reads.session.scope.today,
        exporting: (document, purpose, format) =>
          parts.exports.readingFor(context, document, purpose, format),
      });
      const filled = await runFills(parts.plan, transition, parts.system, read, at);
      return {
        done,
        transition,
        target: own,
        newId: n === 0 ? id : newId(),
        values: new Map([...values, ...filled]),
        fields,
        filled: new Set(filled.keys()),
      };
    }),
  );

/** What is given of the other rows of a call, by record type. */
const besideOf = (given: readonly GivenRow[], own: number): Filling['beside'] =>
  Object.fromEntries(
    given.flatMap(({ done, values }, n) =>
      n === own ? [] : [[done.record.name, Object.fromEntries(values)]],
    ),
  );
