import type { IResolvers } from '@graphql-tools/utils';
import { GraphQLError } from 'graphql';
import { type ViewerName, viewers } from '../../identity/viewers.ts';
import type { Matrix } from '../matrix.ts';
import type { Purposes } from '../purposes.ts';
import { type ExplainParts, type ExplainRequest, explainAccess } from './explain.ts';

/**
 * Who may ask for other viewers: legal supervision of administrative acts (LAO-a), the keeper of the data dictionary
 * (ITC-c), and the office that inspects the departments (II-2d). Everybody else asks for itself.
 */
const mayNameOthers: ReadonlySet<ViewerName> = new Set([
  'LEGAL_AFFAIRS',
  'INFORMATISATION',
  'POPULATION_OFFICE',
]);

// An explanation validates a document of its own: more than one would multiply the dearest part of a request.
const explained = new WeakSet<object>();

interface Asking {
  readonly viewer: { readonly viewer: ViewerName };
}

/** Resolvers of `explainAccess` and `accessMatrix`. @param parts given late: they are made from the schema. */
export function accessResolvers(matrix: Matrix, purposes: Purposes, parts: () => ExplainParts): IResolvers {
  const dictionary = { groups: matrixGroups(matrix), purposes: purposeRules(purposes) };
  return {
    Query: {
      accessMatrix: () => dictionary,
      explainAccess: (
        _root: unknown,
        { as, ...request }: ExplainRequest & { readonly as?: ViewerName | null },
        context: Asking,
      ) => {
        const { viewer } = context.viewer;
        if (explained.has(context))
          throw new GraphQLError('One explanation a request; ask for others in requests of their own.', {
            extensions: { code: 'TOO_MANY_EXPLANATIONS' },
          });
        explained.add(context);
        if (as && as !== viewer && !mayNameOthers.has(viewer))
          throw new GraphQLError(
            `${viewer} asks what itself may read; leave \`as\` out. For others ask ${[...mayNameOthers].join(', ')}.`,
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
