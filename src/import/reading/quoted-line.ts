/** The cells of text that begins a record; `end` is where its line feed stands, or the text's end. */
export interface QuotedRecord {
  readonly cells: readonly string[];
  readonly end: number;
  /** Whether each quoted cell is followed by a comma or the record's end, as a writer of CSV does it. */
  readonly isClean: boolean;
}

/**
 * Reads a record by the rules of CSV (RFC 4180): a cell that begins with a quotation mark ends at the next single one,
 * and may hold commas and line feeds; marks inside other cells are text.
 * @returns undefined when a quotation mark is opened and not closed
 */
export function parseRecord(text: string, start: number): QuotedRecord | undefined {
  const cells: string[] = [];
  let isClean = true;
  for (let at = start; ; ) {
    let end = at;
    let cell = '';
    if (text[at] === '"') {
      const close = closingMark(text, at);
      if (close < 0) return undefined;
      cell = text.slice(at + 1, close).replaceAll('""', '"');
      at = close + 1;
      end = endOfCell(text, at);
      if (end > at) {
        const rest = text.slice(at, end);
        if (rest.trim() !== '') isClean = false;
        cell += rest;
      }
    } else {
      end = endOfCell(text, at);
      cell = text.slice(at, end);
    }
    cells.push(cell);
    if (text[end] !== ',') return { cells, end, isClean };
    at = end + 1;
  }
}

/** The cells of one line of which a quotation mark is not closed or not opened: such marks are taken off. */
export function parseStray(line: string): readonly string[] {
  const cells: string[] = [];
  for (let at = 0; ; ) {
    const close = line[at] === '"' ? closingMark(line, at) : -1;
    let end = close < 0 ? -1 : endOfCell(line, close + 1);
    if (end >= 0 && line.slice(close + 1, end).trim() === '')
      cells.push(line.slice(at + 1, close).replaceAll('""', '"'));
    else {
      end = endOfCell(line, at);
      cells.push(line.slice(at, end).replace(/^"|"$/g, ''));
    }
    if (line[end] !== ',') return cells;
    at = end + 1;
  }
}

/** Whether a cell of the line ends with a quotation mark that none opens: the other end of a stray pair. */
export function hasStrayEnd(cells: readonly string[]): boolean {
  return cells.some((cell) => cell.endsWith('"') && cell.split('"').length % 2 === 0);
}

function closingMark(text: string, open: number): number {
  for (let mark = text.indexOf('"', open + 1); mark >= 0; mark = text.indexOf('"', mark + 2))
    if (text[mark + 1] !== '"') return mark;
  return -1;
}

function endOfCell(text: string, from: number): number {
  const comma = text.indexOf(',', from);
  const feed = text.indexOf('\n', from);
  if (comma >= 0 && (feed < 0 || comma < feed)) return comma;
  return feed < 0 ? text.length : feed;
}
