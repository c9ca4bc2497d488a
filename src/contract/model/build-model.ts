import { getTableColumns } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { FieldDefinitionNode, ObjectTypeDefinitionNode } from 'graphql';
import { compileField, compilePart, compileRows } from '../compile/compile.ts';
import type { FieldRule, TypeRules } from '../policy/rules.ts';
import { directive, directiveArgument, isListType, namedType } from '../sdl/directives.ts';
import { provenanceTypeOf } from '../sdl/held.ts';
import type { EmbeddedPart, Model, RecordField, RecordModel } from './record.ts';
import type { RecordSource, ScopedSource } from './record-source.ts';
import { readingOf } from './text-reading.ts';

/** The most records of a bounded list (`[X!]`) of one parent, where the contract names no number. */
const maxListLength = 200;
/** Records that a list of links holds at the most, where the contract says nothing else. */
const maxLinkedRecords = 50;

type Types = ReadonlyMap<string, ObjectTypeDefinitionNode>;

/** The stores with their record types, as the departments declare them, and the row scopes. */
export interface StoreRecords {
  readonly store: string;
  readonly records: Readonly<Record<string, ScopedSource>>;
}

/**
 * Joins the SDL's record types with the tables they are stored in.
 * @throws Error listing every record type without a table, table without a type, and field without a column.
 */
export function buildModel(
  types: Types,
  rules: ReadonlyMap<string, TypeRules>,
  stores: readonly StoreRecords[],
): Model {
  const faults: string[] = [];
  const model = new Map<string, RecordModel>();
  for (const { store, records } of stores) {
    for (const [name, source] of Object.entries(records)) {
      const type = types.get(name);
      const typeRules = rules.get(name);
      if (!type || !typeRules || !directive(type, 'record')) {
        faults.push(`${name}: store ${store} has records of a type that is no @record in schema/`);
        continue;
      }
      const columns: Readonly<Record<string, PgColumn>> = getTableColumns(source.table) as Record<
        string,
        PgColumn
      >;
      const fields = new Map<string, RecordField>();
      for (const field of type.fields ?? []) {
        const made = recordField(field, type.name.value, source, columns, typeRules, types, rules);
        if (typeof made === 'string') faults.push(`${name}.${field.name.value}: ${made}`);
        else fields.set(field.name.value, made);
      }
      model.set(name, {
        name,
        store,
        source,
        rules: typeRules,
        access: compileRows(typeRules),
        fields,
        columns,
        one: directiveArgument(type, 'record', 'one'),
        many: directiveArgument(type, 'record', 'many'),
        keyType: columns.id?.getSQLType() === 'uuid' ? 'uuid' : 'text',
      });
    }
  }
  for (const type of types.values())
    if (directive(type, 'record') && !model.has(type.name.value))
      faults.push(`${type.name.value}: no department says where it is stored`);
  checkRelations(model, faults);
  if (faults.length > 0) throw new Error(`The contract and the tables do not fit:\n${faults.join('\n')}`);
  return model;
}

function recordField(
  field: FieldDefinitionNode,
  typeName: string,
  source: RecordSource,
  columns: Readonly<Record<string, PgColumn>>,
  typeRules: TypeRules,
  types: Types,
  rules: ReadonlyMap<string, TypeRules>,
): RecordField | string {
  const name = field.name.value;
  const rule = typeRules.fields.get(name);
  if (!rule) return 'has no rule';
  const type = namedType(field.type);
  const leadsTo = directive(field, 'many') || directive(field, 'link');
  const target = leadsTo ? rules.get(type.replace(/Connection$/, '')) : undefined;
  const base = { name, rule, type, access: compileField(rule, target) };
  const declared = directiveArgument(field, 'reads', 'as');
  const reading = readingOf(type, declared);
  if (declared && readingOf(type, undefined) === null) return `is read as ${declared}, but is no text`;
  if (name === 'id') return { ...base, kind: 'id' };
  if (type === provenanceTypeOf(typeName) || directive(field, 'doing')) return { ...base, kind: 'held' };
  if (directive(field, 'many')) {
    const by = directiveArgument(field, 'many', 'by') ?? '';
    const paged = type.endsWith('Connection');
    const atMost = Number(directiveArgument(field, 'many', 'atMost') ?? maxListLength);
    return { ...base, type: type.replace(/Connection$/, ''), kind: 'many', by, paged, atMost };
  }
  if (directive(field, 'link')) {
    const property = directiveArgument(field, 'link', 'by') ?? `${name}Id`;
    const column = columns[property];
    if (!column) return `its table has no property ${property} to link by`;
    const list = isListType(field.type);
    if (list !== column.getSQLType().endsWith('[]'))
      return list ? `${property} holds one id, no list` : `${property} holds a list of ids`;
    const atMost = Number(directiveArgument(field, 'link', 'atMost') ?? maxLinkedRecords);
    return { ...base, kind: 'link', column, list, atMost };
  }
  const prefix = directiveArgument(field, 'embed', 'prefix');
  if (prefix !== undefined) {
    const parts = embeddedParts(prefix, type, rule, columns, types, rules);
    return typeof parts === 'string' ? parts : { ...base, kind: 'embed', parts };
  }
  if (directive(field, 'computed')) {
    const sql = source.computed?.[name];
    const hasArguments = (field.arguments?.length ?? 0) > 0;
    return sql
      ? { ...base, kind: 'computed', sql, hasArguments, reading }
      : `is @computed, but ${typeName} computes no ${name}`;
  }
  const column = columns[name];
  return column
    ? { ...base, kind: 'column', column, list: isListType(field.type), reading }
    : 'its table has no such column';
}

function embeddedParts(
  prefix: string,
  type: string,
  holder: FieldRule,
  columns: Readonly<Record<string, PgColumn>>,
  types: Types,
  rules: ReadonlyMap<string, TypeRules>,
): readonly EmbeddedPart[] | string {
  const parts: EmbeddedPart[] = [];
  for (const part of types.get(type)?.fields ?? []) {
    const name = part.name.value;
    const property = prefix === '' ? name : `${prefix}${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    const column = columns[property];
    const own = rules.get(type)?.parts.get(name);
    if (!column || !own) return `its table has no property ${property} for ${type}.${name}`;
    const partType = namedType(part.type);
    const reading = readingOf(partType, directiveArgument(part, 'reads', 'as'));
    const access = compilePart(holder, own);
    parts.push({ name, type: partType, reading, property, column, ...own, access });
  }
  return parts;
}

function checkRelations(model: Model, faults: string[]): void {
  for (const record of model.values())
    for (const field of record.fields.values()) {
      if (field.kind !== 'link' && field.kind !== 'many') continue;
      const target = model.get(field.type);
      if (!target) faults.push(`${field.rule.coordinate}: no record type ${field.type}`);
      else if (field.kind === 'many' && !target.columns[field.by])
        faults.push(`${field.rule.coordinate}: ${field.type} has no property ${field.by}`);
    }
}
