import {
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
} from 'graphql';
import { directive, directiveArgument, fieldsWith, isListType, namedType } from './directives.ts';
import { provenanceTypes } from './held.ts';

type Types = ReadonlyMap<string, ObjectTypeDefinitionNode>;

/** Scalars that compare as ranges. */
const ranged = new Set(['Date', 'DateTime', 'Month', 'Int', 'Float', 'Money', 'Decimal']);
/** Scalars with prefix and substring filters; identity numbers and codes of persons match whole only. */
const searched = new Set(['String', 'DivisionCode']);
const scalars = new Set([...ranged, ...searched, 'Boolean', 'ID', 'CitizenId', 'OrgCode', 'RegNo']);

/** What makes a record type a `Node`: the first field of each. */
export const idField: FieldDefinitionNode = fieldsOf('"Global identifier (全局标识)." id: ID!')[0]!;

/** Fields that every stored row has (dossier §3): group of its record, class internal. */
export const provenanceFields: readonly FieldDefinitionNode[] = fieldsOf(`
  "Version of the record, for optimistic locking (记录版本)."
  recordVersion: Int @class(is: INTERNAL)
  "When the record was made (创建时间)."
  createdAt: DateTime @class(is: INTERNAL)
  "Who made the record (创建人)."
  createdBy: String @class(is: INTERNAL)
  "When the record last changed (更新时间)."
  updatedAt: DateTime @class(is: INTERNAL)
  "System the record came from (来源系统)."
  sourceSystem: String @class(is: INTERNAL)
  "The instant the record speaks of (数据时点)."
  asOf: DateTime @class(is: INTERNAL)`);

/** Arguments of a connection over records of a type. */
export function pagingArguments(target: string): readonly InputValueDefinitionNode[] {
  return fieldsOf(`field${pagingSdl(target)}: Int`)[0]?.arguments ?? [];
}

const pagingSdl = (target: string) => `(
  "Page size from the start, at most 100; 20 when neither first nor last is given." first: Int
  "Only what follows this cursor." after: String
  "Page size from the end, at most 100." last: Int
  "Only what precedes this cursor." before: String
  "Only records that match." filter: ${target}Filter
  "Order of the list; ties are broken by id." orderBy: ${target}Order)`;

/** Connections, edges, filters and orders of all record types, with the input types they need, as SDL. */
export function derivedTypes(types: Types): string {
  const out: string[] = [shared];
  const scalarFilters = new Set<string>(['ID']);
  const listFilters = new Set<string>();
  for (const type of types.values()) {
    if (!directive(type, 'record') && !directive(type, 'value')) continue;
    const name = type.name.value;
    const entries = fieldsWith(type, 'filter').map((f) => filterEntry(f, types, scalarFilters, listFilters));
    if (directive(type, 'value')) {
      const parts = (type.fields ?? []).map((f) => filterEntry(f, types, scalarFilters, listFilters));
      out.push(`"Filter on the parts of ${name}." input ${name}Filter {\n${parts.join('\n')}\n}`);
      continue;
    }
    out.push(connectionSdl(name), filterSdl(name, entries), orderSdl(type));
  }
  out.push(...provenanceTypes(types));
  for (const name of scalarFilters) out.push(scalarFilterSdl(name));
  for (const name of listFilters)
    out.push(
      `"Filter on a list of ${name}." input ${name}ElementFilter { "Holds this value." has: ${name} }`,
    );
  return out.join('\n');
}

/** The Query type: `node`, `nodes`, and one and many of each record type that names them. */
export function rootFields(records: readonly ObjectTypeDefinitionNode[]): string {
  const fields = records.flatMap((record) => {
    const name = record.name.value;
    const one = directiveArgument(record, 'record', 'one');
    const many = directiveArgument(record, 'record', 'many');
    return [
      one && `"One ${name} by its global id." ${one}("Global id." id: ID!): ${name}`,
      many && `"${name} records in the viewer's scope." ${many}${pagingSdl(name)}: ${name}Connection`,
    ].filter(Boolean);
  });
  return `"Everything that can be read (查询)." type Query {
  "Any record by its global id." node("Global id." id: ID!): Node
  "Several records by their global ids, at most 100, in the order of the ids." nodes("Global ids." ids: [ID!]!): [Node]
  ${fields.join('\n  ')}
}`;
}

function filterEntry(
  field: FieldDefinitionNode,
  types: Types,
  scalarFilters: Set<string>,
  listFilters: Set<string>,
): string {
  const name = field.name.value;
  const target = namedType(field.type);
  if (directive(field, 'many'))
    return `"On ${name}." ${name}: ${target.replace(/Connection$/, '')}ListFilter`;
  if (types.has(target)) return `"On ${name}." ${name}: ${target}Filter`;
  if (isListType(field.type)) {
    listFilters.add(target);
    return `"On ${name}." ${name}: ${target}ElementFilter`;
  }
  scalarFilters.add(target);
  return `"On ${name}." ${name}: ${target}Filter`;
}

function filterSdl(name: string, entries: readonly string[]): string {
  return `"Filter on ${name}: all given conditions hold. ${leftOut}" input ${name}Filter {
  "All of these hold." and: [${name}Filter!]
  "At least one of these holds; of none, none does." or: [${name}Filter!]
  "This does not hold." not: ${name}Filter
  "On the global id." id: IDFilter
  ${entries.join('\n  ')}
}
"Filter on related ${name} records." input ${name}ListFilter {
  "At least one matches." some: ${name}Filter
  "None matches." none: ${name}Filter
}`;
}

function connectionSdl(name: string): string {
  return `"A page of ${name} records." type ${name}Connection {
  "The records of the page." nodes: [${name}!]!
  "The records of the page with their cursors." edges: [${name}Edge!]!
  "What lies before and after the page." pageInfo: PageInfo!
  "How many records match within the viewer's scope; counted only when asked for." totalCount: Int
}
"A ${name} in a page." type ${name}Edge {
  "The record." node: ${name}!
  "Opaque place of the record in the list." cursor: String!
}`;
}

/** What can be ordered by: the id always; enum values carry the field's name in capitals. */
function orderSdl(type: ObjectTypeDefinitionNode): string {
  const name = type.name.value;
  const values = fieldsWith(type, 'order').map(
    (f) => `"By ${f.name.value}." ${orderValue(f.name.value, directiveArgument(f, 'order', 'of'))}`,
  );
  return `"What ${name} records can be ordered by." enum ${name}OrderField { "By identifier." ID ${values.join(' ')} }
"Order of ${name} records." input ${name}Order {
  "By what." field: ${name}OrderField!
  "Which way." direction: OrderDirection = ASC
}`;
}

/** `validTo` → `VALID_TO`; the smallest `validTo` of the related `permits` → `PERMITS_VALID_TO`. */
export function orderValue(field: string, of?: string): string {
  const constant = (s: string) => s.replace(/([A-Z])/g, '_$1').toUpperCase();
  return of ? `${constant(field)}_${constant(of)}` : constant(field);
}

const leftOut = 'What is left out is no condition; null is refused: use isNull.';

function scalarFilterSdl(name: string): string {
  const conditions = [
    `"Equal to." eq: ${name}`,
    `"One of, at most 100; an empty list matches nothing." in: [${name}!]`,
  ];
  if (ranged.has(name)) conditions.push(`"At least." from: ${name}`, `"At most." to: ${name}`);
  if (name === 'Date')
    conditions.push(
      '"Between today and so many days from today (today included), by the day in Shanghai." withinDays: Int',
    );
  if (searched.has(name)) conditions.push(`"Begins with." startsWith: String`);
  if (name === 'String') conditions.push(`"Contains." contains: String`);
  if (name !== 'ID') conditions.push(`"Not recorded (true) or recorded (false)." isNull: Boolean`);
  return `"Filter on ${scalars.has(name) ? 'a' : 'the enum'} ${name}: all given conditions hold. ${leftOut}" input ${name}Filter {
  ${conditions.join('\n  ')}
}`;
}

const shared = `
"Which way a list is ordered (排序方向)." enum OrderDirection { "Smallest first." ASC "Largest first." DESC }
"What lies before and after a page (分页信息)." type PageInfo {
  "More records follow." hasNextPage: Boolean!
  "More records precede." hasPreviousPage: Boolean!
  "Cursor of the first record of the page." startCursor: String
  "Cursor of the last record of the page." endCursor: String
}`;

function fieldsOf(sdl: string): readonly FieldDefinitionNode[] {
  const definition = parse(`type Any {\n${sdl}\n}`, { noLocation: true }).definitions[0];
  return definition?.kind === Kind.OBJECT_TYPE_DEFINITION ? (definition.fields ?? []) : [];
}
