import {
  type DefinitionNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parse,
} from 'graphql';
import type { FillFault } from '../../contract/doing/department-doing.ts';
import type { Model, RecordModel } from '../../contract/model/record.ts';
import { faultsOfDocument } from '../limits/check-document.ts';

/** A document that asks for one list, as exports read it. */
export interface ExportDocument {
  readonly record: RecordModel;
  /** A page of the list: variables `first` and `after`, answered as `page { nodes pageInfo }`. */
  readonly page: DocumentNode;
  /** How many records there are: `page { totalCount }`. */
  readonly count: DocumentNode;
  /** Where an interrupted export goes on: the cursor of the record with the id `id`, where the list has such a filter. */
  readonly place: DocumentNode;
  /** The field `nodes` of the page. */
  readonly nodes: FieldNode;
}

/** What a person reads of a fault is at most so long. */
const longestFault = 300;
/** Documents of people are far shorter. */
const longestDocument = 20_000;
/** An export is of the whole list. */
const paging: ReadonlySet<string> = new Set(['first', 'after', 'last', 'before']);

const fault = (en: string, zh: string): FillFault => ({ path: ['document'], en, zh });
const name = (value: string) => ({ kind: Kind.NAME, value }) as const;
const variable = (value: string) => ({ kind: Kind.VARIABLE, name: name(value) }) as const;
const type = (value: string) => ({ kind: Kind.NAMED_TYPE, name: name(value) }) as const;
const field = (value: string, ...inside: readonly FieldNode[]): FieldNode => ({
  kind: Kind.FIELD,
  name: name(value),
  ...(inside.length > 0 && { selectionSet: { kind: Kind.SELECTION_SET, selections: inside } }),
});
const argument = (of: string, value: object) =>
  ({ kind: Kind.ARGUMENT, name: name(of), value }) as NonNullable<FieldNode['arguments']>[number];

/** Reads a document that asks for one list of records, or says what is wrong with it. */
export function readExportDocument(
  schema: GraphQLSchema,
  model: Model,
  text: string,
): ExportDocument | FillFault {
  if (text.length > longestDocument)
    return fault(`The document has more than ${longestDocument} characters.`, '导出内容过长。');
  const [first] = faultsOfDocument(schema, text);
  if (first !== undefined) return fault(first.slice(0, longestFault), '导出内容不是有效的查询。');
  const document = parse(text, { noLocation: true });
  const operations = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  const [operation] = operations as OperationDefinitionNode[];
  if (!operation || operations.length > 1 || operation.operation !== 'query')
    return fault('An export is one query.', '导出内容须为一个查询。');
  if ((operation.variableDefinitions ?? []).length > 0)
    return fault('Write the values into the document: an export has no variables.', '导出内容不得使用变量。');
  const [root, ...more] = operation.selectionSet.selections;
  if (root?.kind !== Kind.FIELD || more.length > 0)
    return fault('An export is of one list: ask for one field.', '一次只能导出一个列表。');
  const record = [...model.values()].find(({ many }) => many === root.name.value);
  if (!record)
    return fault(
      `${root.name.value} is no list of records; an export is of a list such as leases.`,
      '所选字段不是记录列表。',
    );
  const nodes = (root.selectionSet?.selections ?? []).filter(
    (part): part is FieldNode => part.kind === Kind.FIELD && part.name.value === 'nodes',
  );
  if (nodes.length !== 1 || !nodes[0])
    return fault('Ask for the fields of the records in `nodes { … }`.', '请在 nodes 中列出要导出的字段。');
  return documentsOf(record, root, { ...nodes[0], alias: undefined, directives: [] }, document);
}

function documentsOf(
  record: RecordModel,
  root: FieldNode,
  nodes: FieldNode,
  { definitions }: DocumentNode,
): ExportDocument {
  const fragments = definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
  const own = (root.arguments ?? []).filter((a) => !paging.has(a.name.value));
  const list = (args: NonNullable<FieldNode['arguments']>, ...inside: readonly FieldNode[]): FieldNode => ({
    ...field(root.name.value, ...inside),
    alias: name('page'),
    arguments: args,
  });
  const one = { kind: Kind.INT, value: '1' };
  const paged = [...own, argument('first', variable('first')), argument('after', variable('after'))];
  const ordered = own.filter((a) => a.name.value !== 'filter');
  const byId = {
    kind: Kind.OBJECT,
    fields: [
      {
        kind: Kind.OBJECT_FIELD,
        name: name('id'),
        value: {
          kind: Kind.OBJECT,
          fields: [{ kind: Kind.OBJECT_FIELD, name: name('eq'), value: variable('id') }],
        },
      },
    ],
  };
  return {
    record,
    nodes,
    page: asked(
      { first: true, after: false },
      list(paged, nodes, field('pageInfo', field('endCursor'), field('hasNextPage'))),
      fragments,
    ),
    count: asked({}, list([...own, argument('first', { ...one, value: '0' })], field('totalCount'))),
    place: asked(
      { id: true },
      list(
        [...ordered, argument('first', one), argument('filter', byId)],
        field('pageInfo', field('endCursor')),
      ),
    ),
  };
}

/** @param variables which there are, and whether they are needed; `first` is a number, the others are ids or cursors */
function asked(
  variables: Readonly<Record<string, boolean>>,
  root: FieldNode,
  fragments: readonly DefinitionNode[] = [],
): DocumentNode {
  const typeOf = (of: string) => type(of === 'first' ? 'Int' : of === 'id' ? 'ID' : 'String');
  const operation: OperationDefinitionNode = {
    kind: Kind.OPERATION_DEFINITION,
    operation: 'query' as OperationDefinitionNode['operation'],
    name: name('Export'),
    variableDefinitions: Object.entries(variables).map(([of, isNeeded]) => ({
      kind: Kind.VARIABLE_DEFINITION,
      variable: variable(of),
      type: isNeeded ? { kind: Kind.NON_NULL_TYPE, type: typeOf(of) } : typeOf(of),
    })),
    selectionSet: { kind: Kind.SELECTION_SET, selections: [root] },
  };
  return { kind: Kind.DOCUMENT, definitions: [operation, ...fragments] };
}
