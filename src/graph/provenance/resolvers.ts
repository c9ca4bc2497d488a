import type { IResolvers } from '@graphql-tools/utils';
import type { GraphQLResolveInfo } from 'graphql';
import { getRecord, type Model, type Row } from '../../contract/model/record.ts';
import { provenanceName, provenanceTypeOf } from '../../contract/sdl/held.ts';
import type { Context } from '../context.ts';
import { decodeNodeId } from '../node-id.ts';
import { HeldValues, type Reading } from './held-values.ts';
import type { Holdings } from './holdings.ts';

/** Resolvers of `provenance` and what is below it. @param reading made when first asked: it needs the schema */
export function provenanceResolvers(model: Model, holdings: Holdings, reading: () => Reading): IResolvers {
  const values = new HeldValues(reading);
  const resolvers: Record<string, Record<string, unknown>> = {};
  for (const [record, fields] of holdings) {
    resolvers[record] = { [provenanceName]: (row: Row) => row };
    resolvers[provenanceTypeOf(record)] = Object.fromEntries(
      fields.map((field) => [
        field.name,
        ({ id }: Row, _: unknown, context: Context) => values.load(context, { record, id, field }),
      ]),
    );
    // A record that is the value comes by its id, and is read by the rules of every read.
    for (const { own } of fields)
      if (own.leaf.kind === 'link')
        for (const prefix of ['Held', 'Claimed'])
          resolvers[`${prefix}${own.leaf.type}`] = { value: linkResolver(model, own.leaf.type) };
  }
  return resolvers as IResolvers;
}

const linkResolver =
  (model: Model, type: string) =>
  ({ value }: { value: string }, _: unknown, { reads }: Context, info: GraphQLResolveInfo) => {
    const record = getRecord(model, type);
    return reads.byId(record, info).load(decodeNodeId(value, type));
  };
