import { withoutInvisible } from '../../identifiers/invisible.ts';

/** As nearly all cells are; nothing of them is to be taken off. */
const clean = /^(?!['`=])[!-~\u4e00-\u9fff]*$/;
/** A spreadsheet is told with an apostrophe, or with a formula of a text alone, that a number is text. */
const apostrophe = /^['‘’`＇](?!$)/;
const formulaOfText = /^=\s*"((?:[^"]|"")*)"$|^=\s*'([^']*)'$|^=\s*([\dA-Z]+)$/;

/**
 * What a cell says: without invisible characters, surrounding spaces, the apostrophe or `="…"` by which a spreadsheet
 * keeps digits as text; runs of spaces inside are one space. The one way in which cells of all departments are read.
 */
export function cellText(written: string): string {
  if (clean.test(written)) return written;
  const text = plain(written.replace(apostrophe, ''));
  const wrapped = formulaOfText.exec(text);
  if (!wrapped) return text;
  return plain((wrapped[1]?.replaceAll('""', '"') ?? wrapped[2] ?? wrapped[3] ?? '').replace(apostrophe, ''));
}

function plain(text: string): string {
  return withoutInvisible(text).replace(/\s+/g, ' ').trim();
}

/** What stands in a cell of which nothing is known. */
const nothing = /^(?:[-—–－/／\\.。*]+|无|没有|暂无|不详|未知|未填|未填写|空|空白|NULL|NIL|NONE|N\/?A)$/i;
/** What a spreadsheet or a clerk writes instead of a value that was there. */
const lost = /^(?:#(?:REF!|NAME\?|VALUE!|DIV\/0!|NUM!|NULL!|N\/A|#+)|同上|同前|同左|如上|〃|″|")$/i;

/** Whether a cell says in words that there is nothing: 无, 不详, -, NULL. */
export function saysNothing(cell: string): boolean {
  return cell.length <= 8 && nothing.test(cell);
}

/** Whether a cell stands for a value that is not in it: #REF!, 同上. */
export function standsForAnother(cell: string): boolean {
  return lost.test(cell);
}
