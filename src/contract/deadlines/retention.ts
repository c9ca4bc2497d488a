import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { schemaFolder } from '../sdl/sources.ts';
import { type Condition, parseCondition } from './reminders.ts';

export type RetentionAction = 'DELETE' | 'ANONYMISE' | 'KEEP';

/** A property that is emptied, or gets a value that tells nothing where it may not be empty. */
export interface Cleared {
  readonly property: string;
  readonly value: string | null;
}

/** One line of `schema/retention.tsv`: how long records of a type are kept, and what then becomes of them. */
export interface RetentionRule {
  readonly record: string;
  readonly action: RetentionAction;
  /** A day or instant of the record, `closedOn`, or of one that it belongs to, `caseId.closedOn`; empty for KEEP. */
  readonly from: string;
  /** Whole years after it. */
  readonly years: number;
  /** Only records for which these hold come to an end. */
  readonly while: readonly Condition[];
  /** For ANONYMISE. */
  readonly clears: readonly Cleared[];
  /** The clause or section, and why so long. */
  readonly reason: string;
  /** File and line, for faults. */
  readonly where: string;
}

const heads = ['record', 'from', 'years', 'action', 'while', 'clears', 'reason'];
const actions: readonly string[] = ['DELETE', 'ANONYMISE', 'KEEP'];
const fromForm = /^[a-z]\w*(\.[a-z]\w*)?$/;

/** The terms of the product, `schema/retention.tsv`. @throws Error that names every fault, with its line */
export const productRetention = (): readonly RetentionRule[] =>
  parseRetention(readFileSync(join(schemaFolder, 'retention.tsv'), 'utf8'), 'schema/retention.tsv');

/** Reads the terms from text. @param file how faults call it */
export function parseRetention(text: string, file: string): readonly RetentionRule[] {
  const [head = '', ...lines] = text.trimEnd().split(/\r?\n/);
  const faults: string[] = [];
  if (head !== heads.join('\t'))
    faults.push(`${file}:1: the columns are not ${heads.join(', ')}; write them so, with tabs between`);
  const rules = lines.map((line, i) => {
    const [record = '', from = '', years = '', action = '', conditions = '', clears = '', reason = ''] =
      line.split('\t');
    const where = `${file}:${i + 2} ${record}`;
    const fault = (what: string) => faults.push(`${where}: ${what}`);
    if (i > 0 && (lines[i - 1]?.split('\t')[0] ?? '') >= record)
      fault('stands twice or out of order; sort the lines and keep one of each');
    if (!actions.includes(action)) fault(`"${action}" is no action; write ${actions.join(', ')}`);
    if (action === 'KEEP') {
      if (from !== '' || years !== '' || conditions !== '')
        fault('is kept for ever; leave from, years and while empty');
    } else {
      if (!fromForm.test(from))
        fault(`"${from}" is no property; name one, such as closedOn or caseId.closedOn`);
      if (!/^[1-9]\d?$/.test(years)) fault(`"${years}" is no number of years from 1 to 99`);
    }
    if ((action === 'ANONYMISE') !== (clears !== ''))
      fault('clears is for ANONYMISE alone, and says what is emptied');
    if (!/^(\d\.\d+|[A-Z]+\d*|[A-Z]+-\w+): \S/.test(reason))
      fault(`"${reason}" is no reason; write the clause, a colon and why so long`);
    return {
      record,
      action: action as RetentionAction,
      from,
      years: Number(years),
      while: conditions === '' ? [] : conditions.split('; ').flatMap((c) => conditionOf(c, fault)),
      clears: clears === '' ? [] : clears.split('; ').map(clearedOf),
      reason,
      where,
    };
  });
  if (faults.length > 0) throw new Error(`The table of retention has faults:\n${faults.join('\n')}`);
  return rules;
}

function conditionOf(text: string, fault: (what: string) => void): Condition[] {
  try {
    return [parseCondition(text)];
  } catch (error) {
    fault((error as Error).message);
    return [];
  }
}

/** `name=无`, or `phone` for empty. */
function clearedOf(text: string): Cleared {
  const [property = '', value = null] = text.split('=');
  return { property, value };
}
