import { getTableName } from 'drizzle-orm';
import { getTableConfig } from 'drizzle-orm/pg-core';
import { expect } from 'vitest';
import type { ViewerCode } from '../../../src/identity/viewers.ts';
import type { Answer } from '../../support/graph.ts';
import type { Selection } from '../asking/selection.ts';
import type { Setting } from '../asking/setup.ts';
import { isShownWhenAsked, mayBeAsked } from '../reading/asked.ts';
import type { Control } from './surface.ts';

// What a viewer may not see is not read at all (docs/access.md, "Projection"): no statement selects it, whatever becomes
// of it afterwards.

const selected = new Set<string>();
const refused = new Set<string>();

/** Columns that the statements of an answer select of a type though they are not seen, and the other way round. */
export function wronglySelected(
  { oracle, district }: Setting,
  code: ViewerCode,
  { type, fields }: Selection,
  { statements }: Answer,
): string[] {
  const { table } = district.source(type);
  const name = `"${getTableConfig(table).schema}"."${getTableName(table)}"`;
  const text = statements
    .flatMap((statement) => (statement.text.includes(name) ? statement.text : []))
    .join('\n');
  const wrong: string[] = [];
  for (const { field } of fields) {
    if (field.kind === 'embed') continue;
    const sight = oracle.sight(code, field);
    const whenAsked = mayBeAsked(code, type) && isShownWhenAsked(field);
    const isShown = sight.kind === 'CLEAR' || sight.kind === 'MASK' || whenAsked;
    // A field with arguments has a value at each place of the document.
    const named = new RegExp(` as "${field.name}${field.arguments.length > 0 ? '#\\d+' : ''}"`);
    if (named.test(text) !== isShown) wrong.push(`${type}.${field.name}: ${isShown ? 'not ' : ''}selected`);
    (isShown ? selected : refused).add(`${type}.${field.name}`);
  }
  return wrong;
}

export const selectedForOthers: Control = {
  title: 'what is not selected for some is selected for others',
  check() {
    expect(refused.size).toBeGreaterThan(300);
    expect([...refused].filter((coordinate) => !selected.has(coordinate))).toEqual([]);
  },
};
