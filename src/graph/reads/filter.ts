import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Model, RecordField, RecordModel } from '../../contract/model/record.ts';
import { getRecord } from '../../contract/model/record.ts';
import type { TextReading } from '../../contract/model/text-reading.ts';
import type { ColumnPlan } from '../../database/columns/column-plan.ts';
import { decodeNodeId } from '../node-id.ts';
import { nullOperand, tooManyValues } from '../read-errors.ts';
import { readOperand } from './read-operand.ts';

/** The column by which a coordinate is read (`ColumnPlan`), and its SQL type. */
export interface ReadColumn {
  readonly name: string;
  readonly type: string;
}

/** What a comparison compares: a column, or a derived value; and how a text is read. */
export type Operand = {
  readonly reading: TextReading | null;
  /** In the contract: a scalar or an enum. */
  readonly type: string;
} & (
  | {
      readonly kind: 'column';
      readonly column: ReadColumn;
      /** None for the id. */
      readonly coordinate?: string;
    }
  | { readonly kind: 'computed'; readonly field: RecordField & { kind: 'computed' } }
);

export type Operator =
  | 'eq'
  | 'in'
  | 'from'
  | 'to'
  | 'withinDays'
  | 'startsWith'
  | 'contains'
  | 'isNull'
  | 'has';

/** A filter whose values stand apart from its shape: equal shapes share one prepared statement. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition }
  | {
      readonly kind: 'compare';
      readonly operand: Operand;
      readonly operator: Operator;
      readonly slot: number;
    }
  | {
      readonly kind: 'related';
      readonly quantifier: 'some' | 'none';
      readonly record: RecordModel;
      /** The property of the related record that holds this row's key, or the reverse for a link. */
      readonly via: {
        readonly direction: 'many' | 'link';
        readonly column: ReadColumn;
        /** The column holds several keys. */
        readonly list: boolean;
      };
      readonly part: Condition;
    }
  /** The field exists in the row for the viewer, who may be only asked about the row. */
  | { readonly kind: 'told'; readonly record: RecordModel; readonly field: RecordField }
  | {
      readonly kind: 'keys';
      readonly column: ReadColumn;
      /** The column holds several keys. */
      readonly list: boolean;
      readonly quantifier: 'some' | 'none';
      readonly slot: number;
    };

export interface Filter {
  readonly shape: string;
  readonly condition: Condition;
  readonly values: unknown[];
}

type Input = Readonly<Record<string, unknown>>;

/** What is needed to find records and columns by the names of a filter. */
interface Reading {
  readonly model: Model;
  readonly plan: ColumnPlan;
}

const readAs = ({ plan }: Reading, coordinate: string, column: PgColumn): ReadColumn => ({
  name: plan.clear(coordinate),
  type: column.getSQLType(),
});

/** Values that one `in` takes. */
const maxValues = 100;

/**
 * Takes a filter input apart into shape and values. The input has passed the GraphQL types and the document
 * check, which looks at its values too (`checkFilterValues`).
 * @throws BadId for a global id of another type, BadValue for null
 */
export function readFilter(record: RecordModel, input: Input, { model, plan }: Reading): Filter {
  const values: unknown[] = [];
  const shape: string[] = [];
  const condition = conditionOf(record, input, { model, plan }, values, shape);
  return { shape: shape.join(''), condition, values };
}

function conditionOf(
  record: RecordModel,
  input: Input,
  reading: Reading,
  values: unknown[],
  shape: string[],
): Condition {
  const parts: Condition[] = [];
  shape.push('{');
  for (const [name, value] of Object.entries(input)) {
    if (value === undefined) continue;
    if (value === null) throw nullOperand(`${record.name}Filter.${name}`);
    shape.push(name);
    if (name === 'and' || name === 'or') {
      const inner = (value as Input[]).map((v) => conditionOf(record, v, reading, values, shape));
      parts.push({ kind: name, parts: inner });
    } else if (name === 'not') {
      parts.push({ kind: 'not', part: conditionOf(record, value as Input, reading, values, shape) });
    } else {
      parts.push(...fieldConditions(record, name, value as Input, reading, values, shape));
      const field = record.fields.get(name);
      if (field && field.kind !== 'id' && record.rules.askedOf.length > 0)
        parts.push({ kind: 'told', record, field });
    }
  }
  shape.push('}');
  return { kind: 'and', parts };
}

function fieldConditions(
  record: RecordModel,
  name: string,
  input: Input,
  reading: Reading,
  values: unknown[],
  shape: string[],
): Condition[] {
  const field = record.fields.get(name);
  if (!field || field.kind === 'held') throw new Error(`${record.name} has no field ${name}.`);
  if (field.kind === 'many') {
    const target = getRecord(reading.model, field.type);
    return quantified(input, (quantifier, inner) => {
      shape.push(quantifier);
      const part = conditionOf(target, inner, reading, values, shape);
      const column = readAs(reading, field.rule.coordinate, target.columns[field.by]!);
      const via = { direction: 'many', column, list: false } as const;
      return { kind: 'related', quantifier, record: target, via, part };
    });
  }
  if (field.kind === 'link') {
    const target = getRecord(reading.model, field.type);
    const column = readAs(reading, field.rule.coordinate, field.column);
    const via = { direction: 'link', column, list: field.list } as const;
    if (!field.list) {
      const part = conditionOf(target, input, reading, values, shape);
      return [{ kind: 'related', quantifier: 'some', record: target, via, part }];
    }
    return quantified(input, (quantifier, inner) => {
      shape.push(quantifier);
      const part = conditionOf(target, inner, reading, values, shape);
      return { kind: 'related', quantifier, record: target, via, part };
    });
  }
  if (field.kind === 'embed') {
    return Object.entries(input).flatMap(([partName, comparison]) => {
      const part = field.parts.find((p) => p.name === partName);
      if (!part || comparison === undefined) return [];
      if (comparison === null) throw nullOperand(`${part.type}.${partName}`);
      shape.push(`.${partName}`);
      const coordinate = `${field.rule.coordinate}.${part.name}`;
      const column = readAs(reading, coordinate, part.column);
      const operand = { kind: 'column', column, coordinate, reading: part.reading, type: part.type } as const;
      return comparisons(operand, comparison as Input, values, shape);
    });
  }
  if (field.kind === 'id') {
    const key = record.columns.id;
    if (!key) return [];
    const local = (id: unknown) => decodeNodeId(String(id), record.name, record.keyType);
    const decoded: Record<string, unknown> = { ...input };
    if (typeof input.eq === 'string') decoded.eq = local(input.eq);
    if (Array.isArray(input.in)) decoded.in = input.in.map(local);
    const column = { name: key.name, type: key.getSQLType() };
    return comparisons({ kind: 'column', column, reading: null, type: 'ID' }, decoded, values, shape);
  }
  const { coordinate } = field.rule;
  const operand: Operand =
    field.kind === 'column'
      ? {
          kind: 'column',
          column: readAs(reading, coordinate, field.column),
          coordinate,
          reading: field.reading,
          type: field.type,
        }
      : { kind: 'computed', field, reading: field.reading, type: field.type };
  return comparisons(operand, input, values, shape);
}

function quantified(input: Input, make: (q: 'some' | 'none', inner: Input) => Condition): Condition[] {
  const out: Condition[] = [];
  for (const quantifier of ['some', 'none'] as const)
    if (input[quantifier] === null) throw nullOperand(quantifier);
    else if (input[quantifier]) out.push(make(quantifier, input[quantifier] as Input));
  return out;
}

function comparisons(operand: Operand, input: Input, values: unknown[], shape: string[]): Condition[] {
  return Object.entries(input).flatMap(([name, value]) => {
    if (value === undefined) return [];
    if (value === null) throw nullOperand(name);
    if (Array.isArray(value) && value.length > maxValues) throw tooManyValues(maxValues);
    const operator = name as Operator;
    // `isNull` is part of the shape: it makes other SQL, not another value.
    shape.push(`:${operator}${operator === 'isNull' ? value : ''}`);
    values.push(readOperand(operand.reading, operator, value));
    return [{ kind: 'compare', operand, operator, slot: values.length - 1 } as const];
  });
}
