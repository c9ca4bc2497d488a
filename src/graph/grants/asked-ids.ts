import {
  type FieldNode,
  type GraphQLField,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { getOrMake } from '../../common/get-or-make.ts';
import type { AccessPlan } from '../../contract/compile/access-plan.ts';
import { parseNodeId } from '../node-id.ts';
import { argumentsOf } from '../place-arguments.ts';
import type { RequestReading } from '../request-reading.ts';

/** A record that a document asks for by its id, at a root field. */
export interface AskedId {
  /** As it was sent. */
  readonly ref: string;
  readonly type: string;
  readonly id: string;
}

interface RootById {
  readonly node: FieldNode;
  readonly definition: GraphQLField<unknown, unknown>;
}

/** Finds the records that documents ask for by their ids. Nothing else can be opened by a grant. */
export class AskedIds {
  readonly #schema: GraphQLSchema;
  readonly #plan: AccessPlan;
  readonly #roots = new WeakMap<OperationDefinitionNode, readonly RootById[]>();

  constructor(schema: GraphQLSchema, plan: AccessPlan) {
    this.#schema = schema;
    this.#plan = plan;
  }

  of(reading: RequestReading): readonly AskedId[] {
    const roots = getOrMake(this.#roots, reading.operation, () => this.#find(reading));
    return roots.flatMap(({ node, definition }) => {
      const { id, ids } = argumentsOf(definition, node, reading.variables);
      return [id, ...(Array.isArray(ids) ? ids : [])].flatMap(asked);
    });
  }

  #find({ document, operation }: RequestReading): RootById[] {
    const found: RootById[] = [];
    const fields = this.#schema.getQueryType()?.getFields() ?? {};
    const walk = ({ selections }: SelectionSetNode): void => {
      for (const node of selections) {
        if (node.kind === Kind.FIELD) {
          const definition = fields[node.name.value];
          if (definition && this.#readsById(definition.name)) found.push({ node, definition });
        } else if (node.kind === Kind.INLINE_FRAGMENT) walk(node.selectionSet);
        else
          for (const fragment of document.definitions)
            if (fragment.kind === Kind.FRAGMENT_DEFINITION && fragment.name.value === node.name.value)
              walk(fragment.selectionSet);
      }
    };
    if (operation.operation === 'query') walk(operation.selectionSet);
    return found;
  }

  #readsById(root: string): boolean {
    return root === 'node' || root === 'nodes' || this.#plan.rootRecord(root)?.one === root;
  }
}

function asked(ref: unknown): AskedId[] {
  if (typeof ref !== 'string') return [];
  try {
    const { type, key } = parseNodeId(ref);
    return [{ ref, type, id: key }];
  } catch {
    return [];
  }
}
