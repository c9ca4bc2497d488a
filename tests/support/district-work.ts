import type { Sql } from 'postgres';
import { expect } from 'vitest';
import { capital, constant, small } from '../../src/contract/doing/mutations.ts';
import { encodeNodeId } from '../../src/graph/node-id.ts';
import { createViewer, type PostFunction, type Viewer } from '../../src/identity/viewer.ts';
import type { ViewerCode } from '../../src/identity/viewers.ts';
import { connectTo } from '../../src/store/connect.ts';
import { quotedTableOf } from '../../src/store/table-name.ts';
import { createTestDatabase } from './database.ts';
import { createTestGraph, type TestGraph, viewerOf } from './graph.ts';

/** What a mutation answers, in short. */
export interface Acted {
  /** The record's global id. */
  readonly node: string;
  readonly state: string | null;
  readonly effects: readonly { readonly effect: string; readonly store: string; readonly state: string }[];
  /** `path code`, of what the person can mend. */
  readonly faults: readonly string[];
  readonly messages: readonly string[];
  /** Of a top-level error. */
  readonly error: string | null;
}

type Input = Readonly<Record<string, unknown>>;

/** Does the daily work of units through the graph, and looks into the tables as their owner. */
export class DistrictWork {
  readonly graph: TestGraph;
  readonly owner: Sql;

  constructor(graph: TestGraph, owner: Sql) {
    this.graph = graph;
    this.owner = owner;
  }

  /** Makes a record. @throws where it is refused */
  async make(viewer: Viewer, mutation: string, record: string, input: Input): Promise<Acted> {
    return accepted(await this.act(viewer, mutation, record, input));
  }

  /** Lets something happen to a record, at its present version. @throws where it is refused */
  async change(viewer: Viewer, mutation: string, node: string, input: Input = {}): Promise<Acted> {
    return accepted(await this.attempt(viewer, mutation, node, input));
  }

  /** The same, whatever the answer. */
  async attempt(viewer: Viewer, mutation: string, node: string, input: Input = {}): Promise<Acted> {
    const [record, id] = parts(node);
    const { recordVersion } = await this.row(record, id);
    return this.act(viewer, mutation, record, { id: node, expectedVersion: recordVersion, ...input });
  }

  /** One call of a mutation. An event is named as the table names it. */
  async act(viewer: Viewer, mutation: string, record: string, { event, ...input }: Input): Promise<Acted> {
    const state = this.graph.graph.doing?.records.get(record)?.state;
    const { data, errors } = await this.graph.ask(
      viewer,
      `mutation($input: ${capital(mutation)}Input!) { done: ${mutation}(input: $input) {
        committed userErrors { path code message } effects { effect store state }
        record: ${small(record)} { id ${state ? `state: ${state}` : ''} } } }`,
      { input: { ...input, ...(event === undefined ? {} : { event: constant(String(event)) }) } },
    );
    const done = data?.done;
    return {
      node: done?.record?.id ?? '',
      state: done?.record?.state ?? null,
      effects: done?.effects ?? [],
      faults: (done?.userErrors ?? []).map((fault: { path: string[]; code: string }) =>
        `${fault.path.join('.')} ${fault.code}`.trim(),
      ),
      messages: (done?.userErrors ?? []).map((fault: { message: string }) => fault.message),
      error: errors.length > 0 ? `${errors[0]?.extensions.code ?? errors[0]?.message}` : null,
    };
  }

  /** A row as it is stored, by the properties of its table. */
  async row(record: string, node: string): Promise<Readonly<Record<string, unknown>>> {
    const model = this.graph.graph.model.get(record);
    if (!model) throw new Error(`There is no record type ${record}.`);
    const list = Object.entries(model.columns).map(([property, { name }]) => `"${name}" as "${property}"`);
    const id = parts(node)[1];
    const text = `select ${list.join(', ')} from ${quotedTableOf(model.source.table)} where id = $1`;
    const [row] = await this.owner.unsafe(text, [id]);
    if (!row) throw new Error(`There is no such ${record}.`);
    return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, dayOf(value)]));
  }

  /** The id of the first row that a query of the owner finds. */
  async find(record: string, query: string): Promise<string> {
    const [row] = await this.owner.unsafe(query);
    if (!row) throw new Error(`No ${record}: ${query}`);
    return encodeNodeId(record, String(row.id));
  }
}

function accepted(acted: Acted): Acted {
  expect({ error: acted.error, faults: acted.faults, messages: acted.messages }).toEqual({
    error: null,
    faults: [],
    messages: [],
  });
  return acted;
}

/** Days as the graph writes them. */
const dayOf = (value: unknown): unknown =>
  value instanceof Date && value.getTime() % 86_400_000 === 0 ? value.toISOString().slice(0, 10) : value;

/** The record type and the local id of a global id; a local id is its own. */
function parts(node: string): [record: string, id: string] {
  if (/^[0-9a-f-]{36}$/.test(node) || node.startsWith('PT-')) return ['', node];
  const [record = '', id = ''] = Buffer.from(node, 'base64url').toString().split(':');
  return [record, id];
}

/** An official with posts. */
export const official = (code: ViewerCode, ...posts: PostFunction[]): Viewer => {
  const { unit, person } = viewerOf(code);
  return createViewer({ department: code, unit, sub: person, name: code, posts });
};

/** A decision with all its parts. */
export const decision = {
  legalBasis: '依据',
  reasons: '理由',
  decidedBy: '负责人',
  decidedOn: '2007-03-01',
  remedyNotice: '可在六十日内申请复议',
} as const;

/** A district of a test's own, and the work in it. */
export async function openDistrictWork() {
  const database = await createTestDatabase('district');
  const owner = connectTo(database.url, { max: 1 });
  const graph = createTestGraph(database.url);
  return {
    owner,
    graph,
    work: new DistrictWork(graph, owner),
    async close() {
      await graph.close();
      await owner.end();
      await database.drop();
    },
  };
}
