import type { IResolvers } from '@graphql-tools/utils';
import DataLoader from 'dataloader';
import type { GraphQLResolveInfo } from 'graphql';
import { getOrMake } from '../../common/get-or-make.ts';
import type { AccessPlan } from '../../contract/compile/access-plan.ts';
import { type DoingPlan, type DoneRecord, transitionsFor } from '../../contract/doing/doing-plan.ts';
import type { Transition } from '../../contract/doing/transition.ts';
import type { Row } from '../../contract/model/record.ts';
import { StoreUnavailable } from '../../store/statements.ts';
import type { Context } from '../context.ts';
import { type AvailableAction, availableActions } from './available-actions.ts';
import type { Input } from './input-values.ts';
import { issuedDocuments } from './issued-documents.ts';
import { legalRows } from './legal-events.ts';
import { myWork, type WorkArguments } from './my-work.ts';
import { type ListInput, performList } from './perform-list.ts';
import type { Performer } from './performer.ts';
import { readStandings, type Standing } from './read-standing.ts';
import { eventsLoader } from './record-events.ts';
import { storedFaults } from './stored-faults.ts';
import type { UserError } from './user-errors.ts';

/** Resolvers of everything that the do-matrix says: mutations, and on records what can be done and what has been. */
export function doingResolvers(plan: DoingPlan, accessPlan: AccessPlan): IResolvers {
  const Mutation = Object.fromEntries(
    [...plan.mutations.values()].flatMap((mutation) => [
      [
        mutation.name,
        (_: unknown, { input }: { input: Input }, context: Context, info: GraphQLResolveInfo) =>
          performerOf(context).perform(mutation, input, context, info),
      ],
      ...(mutation.list
        ? [
            [
              mutation.list,
              (_: unknown, { input }: { input: ListInput }, context: Context, info: GraphQLResolveInfo) =>
                performList(performerOf(context), mutation, input, context, info),
            ],
          ]
        : []),
    ]),
  );
  const Query = {
    myWork: (_: unknown, args: WorkArguments, context: Context) => myWork(plan, accessPlan, args, context),
  };
  const resolvers: Record<string, Record<string, unknown>> = {
    Query,
    ...(plan.mutations.size > 0 && { Mutation }),
  };
  for (const [name, done] of plan.records) {
    const events = done.record.fields.get('recordEvents') ? 'recordEvents' : 'events';
    resolvers[name] = {
      availableActions: (row: Row, _: unknown, context: Context) =>
        accessPlan.decision(name, 'availableActions', context.viewer.department).masked
          ? null
          : actionsOf(plan, done, row, context),
      [events]: (row: Row, _: unknown, context: Context) =>
        eventsLoader(done, accessPlan, context).load(row.id),
      ...(Object.keys(done.papers).length > 0 && {
        issuedDocuments: (row: Row, _: unknown, context: Context) =>
          issuedDocuments(done, accessPlan, row.id, context),
      }),
    };
  }
  return resolvers as IResolvers;
}

function performerOf({ performer }: Context): Performer {
  if (!performer) throw new Error('This program answers no mutations.');
  return performer;
}

const standings = new WeakMap<Context, Map<DoneRecord, DataLoader<string, Standing | null>>>();

/** What the viewer may do with a record; one statement for all records of a type in a request. */
async function actionsOf(
  plan: DoingPlan,
  done: DoneRecord,
  { id }: Row,
  context: Context,
): Promise<readonly AvailableAction[]> {
  const open = transitionsFor(done, context.viewer.department);
  if (open.every(({ from }) => from === 'NEW')) return [];
  const loaders = getOrMake(
    standings,
    context,
    () => new Map<DoneRecord, DataLoader<string, Standing | null>>(),
  );
  const loader = getOrMake(
    loaders,
    done,
    () =>
      new DataLoader<string, Standing | null>(async (keys) => {
        const found = await readStandings(context.reads.session, done, keys);
        return keys.map((key) => found.get(key) ?? null);
      }),
  );
  const standing = await loader.load(id);
  if (!standing) return [];
  const { posts } = context.viewer;
  const missing = await missingByFills(done, legalRows(open, standing, posts), id, context);
  return availableActions(plan, done, open, standing, posts, missing);
}

/** Conditions of departments in other stores; where one does not answer, the call itself will say so. */
async function missingByFills(
  done: DoneRecord,
  rows: readonly Transition[],
  id: string,
  context: Context,
): Promise<ReadonlyMap<Transition, readonly UserError[]>> {
  const system = context.performer?.system;
  if (!system) return new Map();
  const found = rows.map(async (row) => {
    const faults = await storedFaults(done, row, id, context, system).catch((error) => {
      if (error instanceof StoreUnavailable) return [];
      throw error;
    });
    return [row, faults] as const;
  });
  return new Map(await Promise.all(found));
}
