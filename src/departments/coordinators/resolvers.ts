import type { GraphQLResolveInfo } from 'graphql';
import type { SyncVisitsInput } from '../../generated/resolvers.ts';
import type { Context } from '../../graph/context.ts';
import { dayBundle } from './field/day-bundle.ts';
import { syncVisits } from './field/sync-visits.ts';

/** What coordinators take along and bring back (docs/doing.md, In the field). */
const Mutation = {
  syncVisits: (
    _root: unknown,
    { input }: { input: SyncVisitsInput },
    context: Context,
    info: GraphQLResolveInfo,
  ) => syncVisits(input, context, info),
};

const Query = {
  dayBundle: (_root: unknown, _args: unknown, context: Context) => dayBundle(context),
};

export const resolvers = { Query, Mutation };
