import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../../graph/context.ts';

/** What the register answers that cannot be derived from its tables. */
export const resolvers = {
  Query: {
    migrantByCitizenId: (
      _: unknown,
      { citizenIdNumber }: { citizenIdNumber: string },
      { reads }: Context,
      info: GraphQLResolveInfo,
    ) => reads.presented('Migrant', 'citizenIdNumber', citizenIdNumber, info),
  },
};
