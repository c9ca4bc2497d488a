import type { FieldNode, GraphQLField, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { getOrMake } from '../../common/get-or-make.ts';
import type { AccessPlan } from '../../contract/compile/access-plan.ts';
import { visitFields } from '../check/visit-fields.ts';
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
    visitFields(this.#schema, document, operation, ({ node, definition, type }) => {
      if (type !== 'Query') return;
      const { name } = definition;
      if (name === 'node' || name === 'nodes' || this.#plan.rootRecord(name)?.one === name)
        found.push({ node, definition });
    });
    return found;
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
