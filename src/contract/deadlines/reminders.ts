import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { schemaFolder } from '../sdl/sources.ts';
import { type Deadline, parseDeadline } from './expression.ts';

/** A property of the record, or of the one of the same store that a property names, that must, or must not, hold one of some codes; no codes: it must be empty. */
export interface Condition {
  readonly property: string;
  readonly not: boolean;
  readonly codes: readonly string[];
}

/**
 * Whom a reminder goes to: a unit by its id, the unit whose id a property holds, or that of a sub-district, whose code
 * a property holds: `PT-CAC subdistrictCode` is PT-CAC-015 for 310107015.
 */
export interface Addressee {
  readonly unit?: string | undefined;
  readonly property?: string | undefined;
}

/** One line of `schema/reminders.tsv`: of which records whom is reminded when. */
export interface ReminderRule {
  /** Names the template, and is a part of what makes a reminder one that is made once. */
  readonly kind: string;
  readonly record: string;
  readonly deadline: Deadline;
  /** Days before the deadline; below zero after it. */
  readonly leads: readonly number[];
  readonly while: readonly Condition[];
  /** The first that there is; after the last the department of the store. */
  readonly to: readonly Addressee[];
  /** English (Chinese) */
  readonly title: string;
}

const heads = ['kind', 'record', 'deadline', 'leads', 'while', 'to', 'clause', 'title'];
const clauseForm = /^(\d\.\d|[A-Z]+-\w+)$/;

/** The reminders of the product, `schema/reminders.tsv`. @throws Error that names every fault, with its line */
export function productReminders(): readonly ReminderRule[] {
  const file = join(schemaFolder, 'reminders.tsv');
  return parseReminders(readFileSync(file, 'utf8'), 'schema/reminders.tsv');
}

/** Reads reminders from text. @param file how faults call it */
export function parseReminders(text: string, file: string): readonly ReminderRule[] {
  const [head = '', ...lines] = text.trimEnd().split(/\r?\n/);
  const faults: string[] = [];
  if (head !== heads.join('\t'))
    faults.push(`${file}:1: the columns are not ${heads.join(', ')}; write them so, with tabs between`);
  const rules = lines.map((line, i) => {
    const [
      kind = '',
      record = '',
      deadline = '',
      leads = '',
      conditions = '',
      to = '',
      clause = '',
      title = '',
    ] = line.split('\t');
    const fault = (what: string) => faults.push(`${file}:${i + 2} ${kind}: ${what}`);
    if (!/^[A-Z][A-Z_]+$/.test(kind)) fault('is no name of a reminder; write it like PERMIT_ENDS');
    if ((lines[i - 1]?.split('\t')[0] ?? '') >= kind) fault('stands twice or out of order; sort the lines');
    if (!clauseForm.test(clause)) fault(`"${clause}" is no clause, such as 5.2 or HLR-c`);
    if (!/^.+ \([^()]+\)$/.test(title)) fault('needs a title, English (Chinese)');
    return {
      kind,
      record,
      deadline: told(() => parseDeadline(deadline), fault),
      leads: leads.split(', ').map((lead) => told(() => parseLead(lead), fault)),
      while: conditions === '' ? [] : conditions.split('; ').map((c) => told(() => parseCondition(c), fault)),
      to: to.split(' | ').map((addressee) => told(() => parseAddressee(addressee), fault)),
      title,
    } as ReminderRule;
  });
  if (faults.length > 0) throw new Error(`The table of reminders has faults:\n${faults.join('\n')}`);
  return rules;
}

/** What is read, or its fault told. */
function told<T>(read: () => T, fault: (what: string) => void): T | undefined {
  try {
    return read();
  } catch (error) {
    fault((error as Error).message);
    return undefined;
  }
}

/** `30d` before, `0d` on the day, `+1d` after. */
function parseLead(text: string): number {
  const [, after, days] = /^(\+?)(\d{1,3})d$/.exec(text) ?? [];
  if (!days) throw new Error(`"${text}" is no lead; write 30d for thirty days before, +1d for a day after`);
  return after ? -Number(days) : Number(days);
}

/** `status=ACTIVE,SUSPENDED`, `type!=TALENT`, `doneOn=` (is empty), `caseId.status=CLOSED` (of the record that caseId names). */
export function parseCondition(text: string): Condition {
  const [, property = '', not, codes] =
    /^([a-z]\w*(?:\.[a-z]\w*)?)(!?)=([A-Z][A-Z_0-9]*(?:,[A-Z][A-Z_0-9]*)*)?$/.exec(text) ?? [];
  if (!property)
    throw new Error(`"${text}" is no condition; write one such as status=ACTIVE, type!=TALENT or doneOn=`);
  return { property, not: not === '!', codes: codes?.split(',') ?? [] };
}

function parseAddressee(text: string): Addressee {
  const [, unit, property] = /^(PT-[A-Z]+)?(?:(?:^| )([a-z]\w*))?$/.exec(text) ?? [];
  if (!unit && !property)
    throw new Error(
      `"${text}" is nobody; write a unit, a property that holds one, or PT-CAC subdistrictCode`,
    );
  return { unit, property };
}
