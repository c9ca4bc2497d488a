/**
 * A cell that a spreadsheet would take for a formula (CWE-1236): behind spaces or apostrophes an equals sign, plus,
 * minus or at sign, also in full width; or a tab or line break at its beginning.
 */
const formula = /^['\s\p{Cf}]*[=+\-@＝＋－＠]|^'*[\t\r\n]/u;

/** The cell as it can be shown in a spreadsheet: an apostrophe before it when it looks like a formula. */
export function withoutFormula(cell: string): string {
  return formula.test(cell) ? `'${cell}` : cell;
}

/** The cell as it was before `withoutFormula`. */
export function asItWas(cell: string): string {
  return cell.startsWith("'") && formula.test(cell.slice(1)) ? cell.slice(1) : cell;
}
