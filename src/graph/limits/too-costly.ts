import { GraphQLError } from 'graphql';
import type { Cost } from './cost.ts';

/** The most objects that a request may read, page sizes multiplied. */
export const maxObjects = 20_000;

/**
 * The refusal of a request that reads too much. It says the cost, the limit and the most expensive place by
 * response names.
 */
export function tooCostly({ objects, path }: Cost, limit: number): GraphQLError {
  const cost = Math.min(objects, Number.MAX_SAFE_INTEGER);
  const place = path.join('.');
  const most = place && `, most of them at ${place}`;
  return new GraphQLError(
    `The document may read ${cost} objects${most}; the limit is ${limit}. Use smaller pages or fewer levels there.`,
    {
      extensions: {
        code: 'QUERY_TOO_COSTLY',
        cost,
        limit,
        ...(place && { path: place }),
        http: { status: 400 },
      },
    },
  );
}
