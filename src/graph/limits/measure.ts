import {
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Fragments } from './fragments.ts';

/** The size of a selection set. Fragments count each time they are spread. */
export interface Measure {
  /** Levels below this set. Levels below `__schema` and `__type` are counted apart. */
  readonly depth: number;
  readonly introspectionDepth: number;
  /** Fields of this level, those of its fragments included. */
  readonly fields: number;
  /** Of all levels: */
  readonly selections: number;
  readonly aliases: number;
  readonly directives: number;
  /**
   * Lists of the schema (`types`, `fields`, …) below `__schema` and `__type`; `lists` has those not yet known
   * to be there.
   */
  readonly introspectionLists: number;
  readonly lists: number;
}

/** The lists of introspection. Each level of them multiplies the answer. */
const schemaLists: ReadonlySet<string> = new Set([
  'types',
  'directives',
  'fields',
  'args',
  'inputFields',
  'enumValues',
  'interfaces',
  'possibleTypes',
]);

const empty: Measure = {
  depth: 0,
  introspectionDepth: 0,
  fields: 0,
  selections: 0,
  aliases: 0,
  directives: 0,
  introspectionLists: 0,
  lists: 0,
};

/** Measures the definitions of one document. Each fragment is looked at once, however often it is spread. */
export class Measuring {
  readonly #fragments: Fragments;
  readonly #measured = new Map<string, Measure>();
  readonly #open = new Set<string>();
  /** Some fragment spreads itself. Its measure is then too small. */
  circular = false;

  constructor(fragments: Fragments) {
    this.#fragments = fragments;
  }

  operation(operation: OperationDefinitionNode): Measure {
    const inside = this.#set(operation.selectionSet);
    const own = (operation.directives ?? []).length;
    const ofVariables = (operation.variableDefinitions ?? []).reduce(
      (sum, { directives = [] }) => sum + directives.length,
      0,
    );
    return { ...inside, directives: inside.directives + own + ofVariables };
  }

  fragment({ name, selectionSet, directives = [] }: FragmentDefinitionNode): Measure {
    const known = this.#measured.get(name.value);
    if (known) return known;
    if (this.#open.has(name.value)) {
      this.circular = true;
      return empty;
    }
    this.#open.add(name.value);
    const inside = this.#set(selectionSet);
    const made = { ...inside, directives: inside.directives + directives.length };
    this.#open.delete(name.value);
    this.#measured.set(name.value, made);
    return made;
  }

  #set(set: SelectionSetNode): Measure {
    const sum = { ...empty } as { -readonly [K in keyof Measure]: number };
    for (const selection of set.selections) {
      sum.directives += selection.directives?.length ?? 0;
      sum.selections += 1;
      let below = empty;
      if (selection.kind === Kind.FIELD) {
        if (selection.alias) sum.aliases += 1;
        below = field(selection, selection.selectionSet ? this.#set(selection.selectionSet) : empty);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) below = this.#set(selection.selectionSet);
      else {
        const fragment = this.#fragments.get(selection.name.value);
        if (fragment) below = this.fragment(fragment);
      }
      sum.depth = Math.max(sum.depth, below.depth);
      sum.introspectionDepth = Math.max(sum.introspectionDepth, below.introspectionDepth);
      sum.fields += below.fields;
      sum.selections += below.selections;
      sum.aliases += below.aliases;
      sum.directives += below.directives;
      sum.introspectionLists += below.introspectionLists;
      sum.lists += below.lists;
    }
    return sum;
  }
}

function field({ name: { value } }: FieldNode, below: Measure): Measure {
  if (value === '__schema' || value === '__type')
    return {
      ...below,
      depth: 1,
      introspectionDepth: below.depth + 1,
      introspectionLists: below.lists,
      lists: 0,
      fields: 1,
    };
  return {
    ...below,
    depth: below.depth + 1,
    lists: below.lists + (schemaLists.has(value) ? 1 : 0),
    fields: 1,
  };
}
