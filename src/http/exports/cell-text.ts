import { withoutFormula } from '../../import/reading/formula-cells.ts';

/** What no spreadsheet takes for a formula, told at a glance: a letter, a digit, a Chinese character at the beginning. */
const plainStart = /^[0-9A-Za-z\u3400-\u9fff]/;
/** A decimal number is no formula, whatever its sign. */
const numeral = /^[+-]?\d+(?:\.\d+)?$/;
const between = '; ';

/** A value of an answer as the text of a cell; what a spreadsheet would take for a formula gets an apostrophe before it. */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return safe(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return safe(value.map(textOf).join(between));
  return safe(JSON.stringify(value));
}

const textOf = (value: unknown): string =>
  value !== null && typeof value === 'object' ? JSON.stringify(value) : String(value ?? '');

const safe = (text: string): string =>
  text === '' || plainStart.test(text) || numeral.test(text) ? text : withoutFormula(text);
