import type { ApolloServerPlugin } from '@apollo/server';
import type { Context } from '../graph/context.ts';
import type { ObjectBudget, Reservation } from '../graph/limits/budget.ts';
import { checkCost, predictCost } from '../graph/limits/cost.ts';
import { maxObjects } from '../graph/limits/too-costly.ts';
import type { Graph } from '../schema.ts';

/** A request that sends it, with any value, is told its cost in `extensions.cost`. */
export const costHeader = 'laihu-cost';

/**
 * Reads each request once, for everything that comes after. Refuses a request that would read too many
 * objects, in all or for the identity's budget, before it runs. Tells the cost where it is asked for.
 * @param budget null: none
 */
export function requestCost(
  { bare, executor, listSizes }: Graph,
  budget: ObjectBudget | null,
): ApolloServerPlugin<Context> {
  return {
    requestDidStart: async () => {
      let reservation: Reservation | undefined;
      let predicted: number | undefined;
      return {
        // The name as it was sent. The resolved one is empty when no such operation exists.
        didResolveOperation: async ({ document, request, contextValue }) => {
          const { operationName, variables } = request;
          const reading = executor.read({ document, operationName, variables });
          contextValue.reading = reading;
          const { unit, person } = contextValue.viewer;
          const cost = predictCost(bare, reading, listSizes);
          predicted = cost.objects;
          checkCost(cost);
          reservation = budget?.take(`${unit} ${person}`, predicted);
        },
        willSendResponse: async ({ request, response: { body }, contextValue }) => {
          const { objects } = contextValue.reads.objects;
          reservation?.settle(objects);
          const asked = request.http?.headers.get(costHeader);
          if (!asked || predicted === undefined || body.kind !== 'single') return;
          const cost = { predicted, objects, limit: maxObjects };
          body.singleResult.extensions = { ...body.singleResult.extensions, cost };
        },
      };
    },
  };
}
