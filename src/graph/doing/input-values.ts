import { isReasonOfEvent, storedColumns } from '../../contract/doing/doing-plan.ts';
import { presentedName, presentedNumber } from '../../contract/doing/input-sdl.ts';
import type { Transition } from '../../contract/doing/transition.ts';
import type { Model, RecordField, RecordModel } from '../../contract/model/record.ts';
import { Misread } from '../misread.ts';
import { decodeNodeId } from '../node-id.ts';
import { readOperand } from '../reads/read-operand.ts';
import { InputFaults, invalid, misread, notFound, required, type UserError } from './user-errors.ts';
import { partyFaults, phoneFaults, scaleFaults } from './value-faults.ts';

export type Input = Readonly<Record<string, unknown>>;

/** A link that an input sets: it must lead to a record that the writer sees. */
export interface GivenLink {
  readonly path: readonly string[];
  readonly type: string;
  readonly keys: readonly string[];
}

/** What an input gives, by property of the table. */
export interface GivenValues {
  readonly values: ReadonlyMap<string, unknown>;
  readonly links: readonly GivenLink[];
  /** The fields that are given. */
  readonly fields: ReadonlySet<string>;
  /** Persons who are given by the number that they presented, by field. */
  readonly presented: ReadonlyMap<string, string>;
}

/** Texts that a person types are kept this short (dossier §6.6, 10). */
const longestText = 2000;
const control = /[\p{Cc}\p{Cs}]/u;

/**
 * Reads what a transition takes from an input, in the forms of the columns. A field that another row of the mutation
 * takes, but not this one, is refused: it would be lost in silence.
 * @throws InputFaults with the path of each
 */
export function givenValues(
  input: Input,
  transition: Transition,
  record: RecordModel,
  model: Model,
  today: string,
): GivenValues {
  const faults: UserError[] = [];
  const values = new Map<string, unknown>();
  const links: GivenLink[] = [];
  const fields = new Set<string>();
  const presented = new Map<string, string>();
  for (const { field: name, required: isRequired } of transition.input) {
    const given = input[name];
    const number = input[presentedName(name)];
    if (given != null && number != null)
      faults.push(
        invalid(
          [presentedName(name)],
          'Give the id or the number, not both.',
          '请只填写编号或证件号码之一。',
        ),
      );
    if (number instanceof Misread) faults.push(misread([presentedName(name)], number));
    else if (number != null) presented.set(name, String(number));
    if (given === undefined || given === null) {
      if (isRequired && number == null) faults.push(required(name));
      // Null takes a value away; what is left out stays.
      if (given === null && !isRequired && transition.from !== 'NEW')
        for (const property of storedColumns(record.fields.get(name))?.values() ?? []) {
          values.set(property, null);
          fields.add(name);
        }
      if (number != null) fields.add(name);
      continue;
    }
    if (isReasonOfEvent(record, name)) {
      if (isRequired && String(given).trim() === '') faults.push(required(name));
      continue;
    }
    fields.add(name);
    readField(name, given, record.fields.get(name)!, isRequired, {
      values,
      links,
      faults,
      model,
      record,
      today,
    });
  }
  const taken = new Set(transition.input.flatMap(({ field }) => [field, presentedName(field)]));
  for (const name of Object.keys(input))
    if (!taken.has(name) && !ofEveryInput.has(name) && input[name] != null)
      faults.push(
        invalid(
          [name],
          `${name} is not used by ${transition.event}; leave it out.`,
          `${name} 不适用于此事项，请删去。`,
        ),
      );
  if (faults.length > 0) throw new InputFaults(faults);
  return { values, links, fields, presented };
}

/** What every input may hold besides the fields of the record. */
const ofEveryInput: ReadonlySet<string> = new Set([
  'clientMutationId',
  'id',
  'expectedVersion',
  'event',
  'reason',
  presentedNumber,
]);

interface Sinks {
  readonly values: Map<string, unknown>;
  readonly links: GivenLink[];
  readonly faults: UserError[];
  readonly model: Model;
  readonly record: RecordModel;
  readonly today: string;
}

function readField(name: string, given: unknown, field: RecordField, isWhole: boolean, sinks: Sinks): void {
  const { values, links, faults, model, record, today } = sinks;
  if (field.kind === 'embed') {
    // A decision is given in full (clause LAO-a); of another value object what the record cannot be without, and something.
    const isEmpty = Object.values(given as Input).every((value) => value == null || value === '');
    for (const { name: part, property, reading, mask } of field.parts) {
      const isNeeded =
        isWhole &&
        (field.type === 'AdverseDecision' || isEmpty || record.columns[property]?.notNull === true);
      const value = (given as Input)[part] ?? (part === 'decidedOn' ? today : undefined);
      if (value === undefined || value === null || value === '') {
        if (isNeeded) faults.push(required(name, part));
        else values.set(property, null);
      } else {
        const read = readText([name, part], readOperand(reading, 'eq', value), faults);
        faults.push(...phoneFaults([name, part], { reading, mask }, read));
        values.set(property, read);
      }
    }
    faults.push(...partyFaults(name, field.type, given as Input, today));
    return;
  }
  const [property = name] = storedColumns(field)?.values() ?? [];
  if (field.kind === 'link') {
    const target = model.get(field.type);
    const ids = Array.isArray(given) ? given : [given];
    try {
      const keys = ids.map((id) => decodeNodeId(String(id), field.type, target?.keyType));
      links.push({ path: [name], type: field.type, keys });
      values.set(property, field.list ? keys : keys[0]);
    } catch {
      faults.push(notFound(name));
    }
    return;
  }
  const reading = field.kind === 'column' ? field.reading : null;
  const value = readText([name], readOperand(reading, 'eq', given), faults);
  if (field.kind === 'column')
    faults.push(
      ...phoneFaults([name], { reading, mask: field.rule.mask }, value),
      ...scaleFaults([name], field.column, value),
    );
  if (isWhole && (value === '' || (Array.isArray(value) && value.length === 0))) faults.push(required(name));
  values.set(property, value);
}

/** A text without what cannot be seen, and not longer than a person types. */
function readText(path: readonly string[], value: unknown, faults: UserError[]): unknown {
  if (value instanceof Misread) {
    faults.push(misread(path, value));
    return null;
  }
  if (Array.isArray(value)) return value.map((one) => readText(path, one, faults));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([name, part]) => [name, readText([...path, name], part, faults)]),
    );
  if (typeof value !== 'string') return value;
  const text = value.trim();
  if (control.test(text.replace(/\n/g, '')))
    faults.push(invalid(path, 'The text holds characters that cannot be seen.', '文字中含有不可见字符。'));
  if (text.length > longestText)
    faults.push(
      invalid(path, `The text is longer than ${longestText} characters.`, `文字超过${longestText}字。`),
    );
  return text;
}
