import type { Sql } from 'postgres';
import { capital, small } from '../../src/contract/doing/mutations.ts';
import { decodeNodeId, encodeNodeId, parseNodeId } from '../../src/graph/node-id.ts';
import type { Viewer } from '../../src/identity/viewer.ts';
import { connectTo } from '../../src/store/connect.ts';
import { quotedTableOf } from '../../src/store/table-name.ts';
import { createTestDatabase } from './database.ts';
import { createTestGraph, type TestGraph } from './graph.ts';

/** What a mutation came to. */
export interface Outcome {
  /** The node id of the record; null where nothing happened or the record is withheld. */
  readonly id: string | null;
  readonly committed: boolean;
  /** `path.to.field CODE message` of each user error. */
  readonly faults: readonly string[];
  /** `effect STATE` */
  readonly effects: readonly string[];
  /** The code of a top-level error. */
  readonly code: string | undefined;
}

/** Does things as a viewer, and looks at rows as the owner of the stores. */
export interface Hand {
  /** Makes a record of a type. */
  make(viewer: Viewer, mutation: string, type: string, input: object): Promise<Outcome>;
  /** Changes a record as it stands; `event` where the mutation has several. */
  change(viewer: Viewer, mutation: string, id: string, input?: object): Promise<Outcome>;
  /** The row of a record, by column. */
  row(id: string): Promise<Readonly<Record<string, unknown>>>;
  /** The ids that a query finds, as node ids of a type. */
  find(type: string, query: string): Promise<string>;
}

/** @param graph the graph that is asked @param owner the owner of its database */
export function handOf(graph: TestGraph, owner: Sql): Hand {
  const recordOf = (type: string) => graph.graph.model.get(type)!;
  const row: Hand['row'] = async (id) => {
    const { type, key } = parseNodeId(id);
    const table = quotedTableOf(recordOf(type).source.table);
    // As JSON, in which a day is a text.
    const [found] = await owner.unsafe(`select to_jsonb(t) as row from ${table} t where id = $1`, [key]);
    if (!found) throw new Error(`There is no ${type} ${key}.`);
    return found.row;
  };
  const ask = async (viewer: Viewer, mutation: string, type: string, input: object): Promise<Outcome> => {
    const { data, errors } = await graph.ask(
      viewer,
      `mutation($input: ${capital(mutation)}Input!) { ${mutation}(input: $input) { committed userErrors { path code message } effects { effect state } ${small(type)} { id } } }`,
      { input },
    );
    const payload = data?.[mutation];
    return {
      id: payload?.[small(type)]?.id ?? null,
      committed: payload?.committed ?? false,
      faults: (payload?.userErrors ?? []).map((f: { path: string[]; code: string; message: string }) =>
        `${f.path.join('.')} ${f.code} ${f.message}`.trim(),
      ),
      effects: (payload?.effects ?? []).map(
        (e: { effect: string; state: string }) => `${e.effect} ${e.state}`,
      ),
      code: payload ? undefined : String(errors[0]?.extensions?.code ?? errors[0]?.message),
    };
  };
  return {
    row,
    make: ask,
    async change(viewer, mutation, id, input = {}) {
      const { record_version: expectedVersion } = await row(id);
      return ask(viewer, mutation, parseNodeId(id).type, { id, expectedVersion, ...input });
    },
    async find(type, query) {
      const [found] = await owner.unsafe(query);
      if (!found) throw new Error(`No ${type} is found by ${query}.`);
      return encodeNodeId(type, String(found.id));
    },
  };
}

/** The local id of a node. */
export const keyOf = (id: string): string => decodeNodeId(id, parseNodeId(id).type);

/** A district of the test's own, with hands that do things in it. */
export async function openDistrict(): Promise<
  Hand & { readonly graph: TestGraph; readonly owner: Sql; close(): Promise<void> }
> {
  const database = await createTestDatabase('district');
  const owner = connectTo(database.url, { max: 1 });
  const graph = createTestGraph(database.url);
  return {
    ...handOf(graph, owner),
    graph,
    owner,
    async close() {
      await graph.close();
      await owner.end();
      await database.drop();
    },
  };
}

/** A decision against somebody, with all that it needs. */
export const decision = {
  legalBasis: '示例办法第九条',
  reasons: '条件不符',
  decidedBy: '承办单位',
  remedyNotice: '六十日内可申请复议',
};
