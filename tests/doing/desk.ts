import type { Sql } from 'postgres';
import { encodeNodeId } from '../../src/graph/node-id.ts';
import type { Viewer } from '../../src/identity/viewer.ts';
import { connectTo } from '../../src/store/connect.ts';
import { tableNameOf } from '../../src/store/table-name.ts';
import { createTestDatabase } from '../support/database.ts';
import { createTestGraph, type TestGraph, testDay } from '../support/graph.ts';

const small = (name: string) => `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
const capital = (name: string) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

/** What came of a mutation. */
export interface Done {
  /** Local id of the record; null where nothing has happened. */
  readonly id: string | null;
  readonly committed: boolean;
  /** `VALIDATION applicant`, `NOT_READY`; of a refusal its code. */
  readonly refused: readonly string[];
  readonly messages: readonly string[];
  /** `openOpinions DONE` */
  readonly effects: readonly string[];
}

/** A district of one test file, in which its actors act by mutations. */
export class Desk {
  readonly owner: Sql;
  readonly graph: TestGraph;
  readonly #drop: () => Promise<void>;
  /** The district's day; it can be moved. */
  today: string = testDay;

  private constructor(url: string, drop: () => Promise<void>) {
    this.owner = connectTo(url, { max: 1 });
    this.graph = createTestGraph(url, undefined, undefined, undefined, () => this.today);
    this.#drop = drop;
  }

  static async open(): Promise<Desk> {
    const database = await createTestDatabase('district');
    return new Desk(database.url, () => database.drop());
  }

  async close(): Promise<void> {
    await this.graph.close();
    await this.owner.end();
    await this.#drop();
  }

  /** The stored row, by the names of its columns. */
  // biome-ignore lint/suspicious/noExplicitAny: rows are looked into by column.
  async row(record: string, id: string): Promise<any> {
    const [row] = await this.owner.unsafe(`select * from ${this.#table(record)} where id = $1`, [id]);
    return row;
  }

  /** Makes a record. */
  make(viewer: Viewer, mutation: string, record: string, fields: object): Promise<Done> {
    return this.#ask(viewer, mutation, record, fields);
  }

  /** Changes a record, as it stands now. */
  async change(
    viewer: Viewer,
    mutation: string,
    record: string,
    id: string,
    fields: object = {},
  ): Promise<Done> {
    const { record_version: expectedVersion } = await this.row(record, id);
    return this.#ask(viewer, mutation, record, { id: encodeNodeId(record, id), expectedVersion, ...fields });
  }

  /** What happens by itself, and what follows from it. @returns whether the machine allows it now */
  async bySystem(record: string, id: string, event: string): Promise<boolean> {
    const { system, outbox } = this.graph.doers!;
    const happened = await system.change(record, id, event);
    await outbox.sweep();
    return happened;
  }

  /** What happens by itself on a day to records of these types. */
  async on(day: string, ...types: string[]): Promise<void> {
    const { byItself, outbox } = this.graph.doers!;
    this.today = day;
    // A round changes a part of what is due; the last one changes nothing.
    for (let round = 0; round < 50 && (await byItself.sweep(new Set(types))) > 0; round++);
    await outbox.sweep();
    this.today = testDay;
  }

  /** What the viewer is offered for a record: `accept`, or `accept?` where something is missing. */
  async offered(viewer: Viewer, record: string, id: string): Promise<readonly string[]> {
    const { one } = this.graph.graph.model.get(record)!;
    const root = one ?? small(record);
    const { data, errors } = await this.graph.ask(
      viewer,
      `{ ${root}(id: "${encodeNodeId(record, id)}") { availableActions { event missing { code } } } }`,
    );
    if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
    return (data[root]?.availableActions ?? []).map(
      ({ event, missing }: { event: string; missing: unknown[] }) =>
        missing.length > 0 ? `${event}?` : event,
    );
  }

  #table(record: string): string {
    return tableNameOf(this.graph.graph.model.get(record)!.source.table);
  }

  async #ask(viewer: Viewer, mutation: string, record: string, input: object): Promise<Done> {
    const name = small(record);
    const { data, errors } = await this.graph.ask(
      viewer,
      `mutation($input: ${capital(mutation)}Input!) { ${mutation}(input: $input) {
        committed userErrors { path code message } effects { effect state } ${name} { id } } }`,
      { input },
    );
    const payload = data?.[mutation];
    const broken = errors.find(({ extensions }) => extensions.code === undefined);
    if (broken) throw broken.originalError ?? broken;
    if (!payload)
      return {
        id: null,
        committed: false,
        refused: errors.map(({ extensions }) => String(extensions.code)),
        messages: errors.map(({ message }) => message),
        effects: [],
      };
    const { committed, userErrors, effects } = payload;
    return {
      id: payload[name] ? decode(payload[name].id) : null,
      committed,
      refused: userErrors.map(({ code, path }: { code: string; path: string[] }) =>
        [code, path.join('.')].filter(Boolean).join(' '),
      ),
      messages: userErrors.map(({ message }: { message: string }) => message),
      effects: effects.map(({ effect, state }: { effect: string; state: string }) => `${effect} ${state}`),
    };
  }
}

const decode = (id: string): string => Buffer.from(id, 'base64url').toString().split(':').slice(1).join(':');
