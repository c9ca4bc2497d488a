import type { IResolvers } from '@graphql-tools/utils';
import { GraphQLError } from 'graphql';
import type { Matrix } from '../../contract/tables/matrix.ts';
import type { Purposes } from '../../contract/tables/purposes.ts';
import { type ViewerName, viewers } from '../../identity/viewers.ts';
import { type ExplainParts, type ExplainRequest, explainAccess } from './explain.ts';

// An explanation validates a document of its own. Several would multiply the most expensive part of a
// request.
const explained = new WeakSet<object>();

interface Asking {
  readonly viewer: { readonly department: ViewerName };
}

/**
 * Resolvers of `explainAccess` and `accessMatrix`.
 * @param explainsOthers the viewers who may ask for other viewers; everybody else asks for itself
 * @param parts given late, because they are made from the schema
 */
export function accessResolvers(
  matrix: Matrix,
  purposes: Purposes,
  explainsOthers: readonly ViewerName[],
  parts: () => ExplainParts,
): IResolvers {
  const dictionary = { groups: matrixGroups(matrix), purposes: purposeRules(purposes) };
  return {
    Query: {
      accessMatrix: () => dictionary,
      explainAccess: (
        _root: unknown,
        { as, ...request }: ExplainRequest & { readonly as?: ViewerName | null },
        context: Asking,
      ) => {
        const { department: viewer } = context.viewer;
        if (explained.has(context))
          throw new GraphQLError('One explanation a request; ask for others in requests of their own.', {
            extensions: { code: 'TOO_MANY_EXPLANATIONS' },
          });
        explained.add(context);
        if (as && as !== viewer && !explainsOthers.includes(viewer))
          throw new GraphQLError(
            `${viewer} may ask for itself only; leave \`as\` out. Only ${explainsOthers.join(', ')} may ask for others.`,
            { extensions: { code: 'AS_OTHERS_DENIED' } },
          );
        return explainAccess(parts(), request, as ?? viewer);
      },
    },
  };
}

const letters = { F: 'FULL', M: 'MASKED', A: 'AGGREGATES_ONLY' } as const;

function matrixGroups(matrix: Matrix) {
  return [...matrix.values()].map(({ name, code, title, owner, secret, masked, k, cells }) => ({
    group: name,
    code,
    title,
    owner,
    isSecret: secret,
    showsCompanionsOnly: masked === 'companions',
    smallestCell: k,
    cells: viewers.map(({ name: viewer }) => {
      const cell = cells.get(viewer);
      const { own = false, clause = null } = cell ?? {};
      return { viewer, value: cell ? letters[cell.value] : 'NONE', own, clause };
    }),
  }));
}

function purposeRules({ rows }: Purposes) {
  return [...rows.values()].map(({ purpose, title, openTo }) => ({
    purpose,
    title,
    openTo: [...openTo].map(([viewer, clause]) => ({ viewer, clause })),
  }));
}
