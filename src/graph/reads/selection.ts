import type { FieldNode, FragmentDefinitionNode, SelectionNode } from 'graphql';
import { getOrMake } from '../../common/get-or-make.ts';
import type { RecordField, RecordModel } from '../../contract/model/record.ts';
import { computedProperty } from './computed-places.ts';

/** What a document wants of a record type at one place: fields, and derived values with their arguments. */
export interface Selection {
  /** Equal keys need the same columns. */
  readonly key: string;
  readonly fields: readonly RecordField[];
  /** Derived fields that take arguments: one value a place. */
  readonly computed: readonly {
    readonly field: RecordField;
    readonly node: FieldNode;
    readonly property: string;
  }[];
}

/** The part of GraphQLResolveInfo that both executors keep for a place in a document. */
export interface Place {
  readonly fieldNodes: readonly FieldNode[];
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
}

// A field node selects the same every time it is executed, so its selection is made once a document.
const cache = new WeakMap<RecordModel, WeakMap<FieldNode, Selection>>();

/**
 * The fields of a record type that a place in a document asks for. @skip and @include are not looked at: a
 * field that may be asked for is read.
 * @param page the place is a connection: its records are below `nodes` and `edges { node }`
 */
export function selectionOf(record: RecordModel, place: Place, page: boolean): Selection {
  const only = place.fieldNodes.length === 1 ? place.fieldNodes[0] : undefined;
  const known = getOrMake(cache, record, () => new WeakMap<FieldNode, Selection>());
  const found = only && known.get(only);
  if (found) return found;
  const nodes = page
    ? [
        ...below(place.fieldNodes, 'nodes', place.fragments),
        ...below(below(place.fieldNodes, 'edges', place.fragments), 'node', place.fragments),
      ]
    : place.fieldNodes;
  const selection = collect(record, nodes, place.fragments);
  if (only) known.set(only, selection);
  return selection;
}

function collect(record: RecordModel, nodes: readonly FieldNode[], fragments: Place['fragments']): Selection {
  const fields = new Map<string, RecordField>();
  const computed = new Map<string, Selection['computed'][number]>();
  for (const node of children(nodes, fragments, record.name)) {
    const field = record.fields.get(node.name.value);
    if (!field) continue;
    if (field.kind === 'computed' && field.hasArguments) {
      const property = computedProperty(node);
      computed.set(property, { field, node, property });
    } else fields.set(field.name, field);
  }
  const key =
    [...fields.keys()].sort().join(',') +
    [...computed.values()].map((c) => `,${c.field.name}${c.property}`).join('');
  return { key, fields: [...fields.values()], computed: [...computed.values()] };
}

/** The nodes of one field below others. */
function below(nodes: readonly FieldNode[], name: string, fragments: Place['fragments']): FieldNode[] {
  return [...children(nodes, fragments)].filter((n) => n.name.value === name);
}

/** Fields selected below some nodes, through fragments; those of fragments on other record types are left out. */
function* children(
  nodes: readonly FieldNode[],
  fragments: Place['fragments'],
  type?: string,
): Generator<FieldNode> {
  for (const node of nodes) yield* fieldsOf(node.selectionSet?.selections ?? [], fragments, type);
}

function* fieldsOf(
  selections: readonly SelectionNode[],
  fragments: Place['fragments'],
  type: string | undefined,
): Generator<FieldNode> {
  for (const selection of selections) {
    if (selection.kind === 'Field') {
      yield selection;
      continue;
    }
    const fragment = selection.kind === 'InlineFragment' ? selection : fragments[selection.name.value];
    const condition = fragment?.typeCondition?.name.value;
    if (!fragment || (type && condition && condition !== type && condition !== 'Node')) continue;
    yield* fieldsOf(fragment.selectionSet.selections, fragments, type);
  }
}
