import DataLoader from 'dataloader';
import { type DocumentNode, type ExecutionResult, GraphQLError, parse } from 'graphql';
import { getOrMake } from '../../common/get-or-make.ts';
import type { AccessPlan } from '../../contract/compile/access-plan.ts';
import type { ViewerName } from '../../identity/viewers.ts';
import type { Context } from '../context.ts';
import type { Execution } from '../execution.ts';
import { encodeNodeId } from '../node-id.ts';
import { maxPageSize } from '../reads/page.ts';
import type { RequestReading, SentRequest } from '../request-reading.ts';
import { claimOf, type Held, heldOf, selectionOf } from './claims.ts';
import { type HeldField, type Holding, isClear, isReadable, mayBeHidden } from './holdings.ts';

/** The tools for reading held values. */
export interface Reading {
  readonly accessPlan: AccessPlan;
  readonly executor: {
    read(request: SentRequest): RequestReading;
    execute(execution: Execution): Promise<ExecutionResult>;
  };
}

interface Asked {
  readonly record: string;
  readonly id: string;
  readonly field: HeldField;
}

type Json = Readonly<Record<string, unknown>>;

/**
 * Reads held values by asking the graph, in the viewer's own name, for the fields that hold them. So
 * provenance reveals nothing for which the viewer could not ask. Rules, masks, row scopes and the access log
 * are those of any document.
 */
export class HeldValues {
  readonly #reading: () => Reading;
  readonly #loaders = new WeakMap<Context, DataLoader<Asked, Held | null, string>>();
  readonly #documents = new Map<string, DocumentNode>();

  constructor(reading: () => Reading) {
    this.#reading = reading;
  }

  /** All values that one level of a document asks for are read together. */
  load(context: Context, asked: Asked): Promise<Held | null> {
    const loader = getOrMake(
      this.#loaders,
      context,
      () =>
        new DataLoader<Asked, Held | null, string>((all) => this.#read(context, all), {
          cacheKeyFn: ({ record, id, field }) => `${record}.${field.name} ${id}`,
        }),
    );
    return loader.load(asked);
  }

  async #read(context: Context, all: readonly Asked[]): Promise<(Held | null | Error)[]> {
    const answers = new Map<Asked, Held | null | Error>();
    for (const [record, asked] of Map.groupBy(all, (a) => a.record)) {
      const ids = [...new Set(asked.map(({ id }) => id))];
      const fields = [...new Set(asked.map(({ field }) => field))];
      // Pages are read one after the other: `nodes` takes a hundred ids.
      for (let i = 0; i < ids.length; i += maxPageSize) {
        const page = ids.slice(i, i + maxPageSize);
        const read = await this.#readPage(context, record, page, fields);
        const places = new Map(page.map((id, place) => [id, place]));
        for (const one of asked) {
          const place = places.get(one.id);
          if (place !== undefined) answers.set(one, read(place, one.field));
        }
      }
    }
    return all.map((asked) => answers.get(asked) ?? null);
  }

  async #readPage(context: Context, record: string, ids: readonly string[], fields: readonly HeldField[]) {
    const { accessPlan, executor } = this.#reading();
    const viewer = context.viewer.department;
    const readable = new Map<HeldField, readonly Holding[]>(
      fields.map((field) => [field, field.holdings.filter((h) => isReadable(h, accessPlan, viewer))]),
    );
    const execution = {
      reading: executor.read({
        document: this.#document(record, viewer, readable),
        variables: { ids: ids.map((id) => encodeNodeId(record, id)) },
      }),
      // The executor notes its check in the context; the check of the outer document must stay. No grant opens
      // what is read here: the record may have been reached in any way.
      context: { ...context, grantBook: undefined },
    };
    const result = await executor.execute(execution);
    const { data, errors = [] } = context.audit ? await context.audit.recorded(execution, result) : result;
    const nodes = data?.nodes as readonly (Json | null)[] | undefined;
    return (place: number, field: HeldField): Held | null | Error => {
      const holdings = readable.get(field) ?? [];
      const fault = errors.find(({ path }) => concerns(path, place, holdings));
      if (fault || !nodes) return asFault(fault ?? errors[0]);
      const node = nodes[place];
      if (!node) return null;
      const claims = new Map(holdings.map((h) => [h, claimOf(node, h, isClear(h, viewer))]));
      // When the viewer may not see the authority's value, another department's value must not take its
      // place.
      if (mayBeHidden(field, accessPlan, viewer) && !claims.get(field.own)) return null;
      return heldOf(
        [...claims.values()].filter((claim) => claim !== undefined),
        field.wider,
      );
    };
  }

  /** One document for equal demands of one class of viewers, so that it is checked once. */
  #document(
    record: string,
    viewer: ViewerName,
    readable: ReadonlyMap<HeldField, readonly Holding[]>,
  ): DocumentNode {
    const names = [...readable.keys()].map(({ name }) => name).sort();
    return getOrMake(this.#documents, `${viewer} ${record} ${names.join()}`, () => {
      const selections = [...readable.values()].flatMap((holdings) => holdings.map(selectionOf));
      return parse(
        `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on ${record} { id ${selections.join(' ')} } } }`,
        { noLocation: true },
      );
    });
  }
}

/** A fault of the whole answer, of the record, or of a way to one of the value's holdings. */
function concerns(path: GraphQLError['path'], place: number, holdings: readonly Holding[]): boolean {
  const [, at, first] = path ?? [];
  if (at === undefined) return true;
  if (at !== place) return false;
  return first === undefined || holdings.some((h) => (h.ways[0]?.field ?? h.leaf).name === first);
}

/** The same fault without its place: the viewer did not write that document. */
const asFault = (error: GraphQLError | undefined): Error =>
  error?.originalError ??
  new GraphQLError(error?.message ?? 'The value cannot be read.', { extensions: error?.extensions });
