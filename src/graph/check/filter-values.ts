import type { RuledRecord, RuledRecords } from '../../contract/policy/ruled-record.ts';
import { decodeNodeId } from '../node-id.ts';
import { badFilterId, badText, nullOperand } from '../read-errors.ts';

type Input = Readonly<Record<string, unknown>>;

/**
 * Refuses values of a filter that no column can hold, at any depth, for every viewer alike and before anything runs:
 * null, which would be left out and so find everybody; texts that the database cannot take; ids that are none. What was
 * left out is no condition.
 * @throws BadValue, BadId
 */
export function checkFilterValues(records: RuledRecords, record: RuledRecord, filter: unknown): void {
  if (filter === null || filter === undefined) return;
  for (const [name, value] of Object.entries(filter as Input)) {
    const coordinate = `${record.name}Filter.${name}`;
    if (value === undefined) continue;
    if (value === null) throw nullOperand(coordinate);
    if (name === 'and' || name === 'or')
      for (const part of value as unknown[]) checkFilterValues(records, record, part);
    else if (name === 'not') checkFilterValues(records, record, value);
    else checkField(records, record, name, value as Input, coordinate);
  }
}

function checkField(
  records: RuledRecords,
  record: RuledRecord,
  name: string,
  value: Input,
  coordinate: string,
): void {
  const field = record.fields.get(name);
  const target = field && records.get(field.type);
  if (field?.kind === 'link' && target) checkFilterValues(records, target, value);
  else if (field?.kind === 'many' && target)
    for (const [quantifier, inner] of Object.entries(value)) {
      if (inner === null) throw nullOperand(`${field.type}ListFilter.${quantifier}`);
      checkFilterValues(records, target, inner);
    }
  else if (field?.kind === 'embed')
    for (const [part, comparison] of Object.entries(value)) {
      const at = `${field.type}Filter.${part}`;
      if (comparison === null) throw nullOperand(at);
      checkComparison(comparison as Input, at);
    }
  else if (name === 'id') checkIds(record, value, coordinate);
  else checkComparison(value, coordinate);
}

function checkComparison(comparison: Input, coordinate: string): void {
  for (const [operator, value] of Object.entries(comparison)) {
    if (value === undefined) continue;
    const place = `${coordinate}.${operator}`;
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one === null) throw nullOperand(place);
      if (typeof one === 'string' && (one.includes('\0') || !one.isWellFormed())) throw badText(place);
    }
  }
}

function checkIds(record: RuledRecord, comparison: Input, coordinate: string): void {
  for (const [operator, value] of Object.entries(comparison))
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one === null) throw nullOperand(`${coordinate}.${operator}`);
      if (one === undefined) continue;
      try {
        decodeNodeId(String(one), record.name, record.keyType);
      } catch {
        throw badFilterId();
      }
    }
}
