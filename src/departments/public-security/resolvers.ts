import type { QueryResolvers } from '../../generated/resolvers.ts';

/** What the register answers that cannot be derived from its tables. */
const Query: Pick<QueryResolvers, 'migrantByCitizenId'> = {
  migrantByCitizenId: (_root, { citizenIdNumber }, { reads }, info) =>
    reads.exactLookup('Migrant', 'citizenIdNumber', citizenIdNumber, info),
};

export const resolvers = { Query };
