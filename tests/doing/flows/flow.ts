import type { Sql } from 'postgres';
import { expect } from 'vitest';
import { capital, constant, small } from '../../../src/contract/doing/mutations.ts';
import { carryCopies } from '../../../src/database/copies/carry.ts';
import { refreshGrants } from '../../../src/database/links/refresh-grants.ts';
import { encodeNodeId, parseNodeId } from '../../../src/graph/node-id.ts';
import { getViewer } from '../../../src/identity/viewers.ts';
import { productDepartments } from '../../../src/product-contract.ts';
import { productLinkReaders } from '../../../src/ruled-contract.ts';
import { connectTo } from '../../../src/store/connect.ts';
import { quotedTableOf } from '../../../src/store/table-name.ts';
import { startTestServer, type TestServer } from '../../http/test-server.ts';
import { createTestDatabase } from '../../support/database.ts';
import { productGraph, testDay } from '../../support/graph.ts';
import { until } from '../../support/until.ts';
import { Cable } from './cable.ts';
import { letOfficialsIn, type Official, tokenOf } from './officials.ts';
import { separate } from './separate.ts';

/** What a mutation answered over HTTP. */
export interface Step {
  /** The record's global id; empty where it is not answered. */
  readonly id: string;
  readonly state: string | null;
  readonly committed: boolean;
  /** `effect store STATE`, sorted. */
  readonly effects: readonly string[];
  /** `path CODE message`. */
  readonly faults: readonly string[];
  /** Of the first top-level error. */
  readonly code: string | null;
}

type Input = Readonly<Record<string, unknown>>;
/** A server before a district of its own, whose officials work over HTTP with tokens. */
export class Flow {
  readonly server: TestServer;
  /** The owner of the database that holds most stores. */
  readonly owner: Sql;
  /** The owner of the stores that stand apart; the same where none do. */
  readonly apart: Sql;
  /** The district's day; it can be moved. */
  day = testDay;
  readonly #storesApart: ReadonlySet<string>;
  readonly #databases: readonly { readonly url: string; drop(): Promise<void> }[];
  readonly #cable: Cable | undefined;
  #keys = 0;

  private constructor(
    databases: readonly { readonly url: string; drop(): Promise<void> }[],
    storesApart: ReadonlySet<string>,
    cable: Cable | undefined,
    server: (day: () => string) => TestServer,
  ) {
    this.#databases = databases;
    this.#storesApart = storesApart;
    this.#cable = cable;
    const [owner, apart] = databases.map(({ url }) => connectTo(url, { max: 1, onnotice: () => {} }));
    this.owner = owner!;
    this.apart = apart ?? this.owner;
    this.server = server(() => this.day);
  }

  /** @param storesApart stores in a database of their own, which can be down while the others are up */
  static async open(...storesApart: string[]): Promise<Flow> {
    const elsewhere = new Set(storesApart);
    const databases = [await createTestDatabase('district')];
    if (elsewhere.size > 0) databases.push(await createTestDatabase('district'));
    const [here, there] = databases.map(({ url }) => url);
    if (there) await separate([here!, there], (store) => (elsewhere.has(store) ? there : here!));
    const cable = there ? await Cable.to(there) : undefined;
    let day = () => testDay;
    const server = await startTestServer({
      databaseUrl: here!,
      urlOf: (store) => (elsewhere.has(store) ? cable!.url(there!) : here!),
      today: () => day(),
      authenticate: await letOfficialsIn(),
    });
    return new Flow(databases, elsewhere, cable, (ofFlow) => {
      day = ofFlow;
      return server;
    });
  }

  async close(): Promise<void> {
    await this.server.close();
    await this.owner.end();
    if (this.apart !== this.owner) await this.apart.end();
    await this.#cable?.pullOut();
    for (const database of this.#databases) await database.drop();
  }

  /** Asks as an official, for the usual purpose of its unit unless another is named. */
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into by path.
  async ask(who: Official, query: string, variables: Input = {}, purpose?: string): Promise<any> {
    const token = await tokenOf(who);
    const usual = productGraph().purposes.usualOf(getViewer(who.code).name);
    const { json, text } = await this.server.send('/graphql', {
      token,
      headers: { 'laihu-purpose': purpose ?? usual },
      body: { query, variables },
    });
    if (json === undefined) throw new Error(text);
    return json;
  }

  /** One call of a mutation, with a key of its own. An event is named as the table names it. */
  async tries(who: Official, mutation: string, type: string, { event, ...input }: Input): Promise<Step> {
    const state = productGraph().doing?.records.get(type)?.state;
    const { data, errors } = await this.ask(
      who,
      `mutation($input: ${capital(mutation)}Input!) { done: ${mutation}(input: $input) {
        committed userErrors { path code message } effects { effect store state }
        record: ${small(type)} { id ${state ? `state: ${state}` : ''} } } }`,
      {
        input: {
          clientMutationId: `flow-${++this.#keys}`,
          ...input,
          ...(event === undefined ? {} : { event: constant(String(event)) }),
        },
      },
    );
    const done = data?.done;
    return {
      id: done?.record?.id ?? '',
      state: done?.record?.state ?? null,
      committed: done?.committed ?? false,
      effects: (done?.effects ?? [])
        .map((each: Record<string, string>) => `${each.effect} ${each.store} ${each.state}`)
        .sort(),
      faults: (done?.userErrors ?? []).map((each: { path: string[]; code: string; message: string }) =>
        `${each.path.join('.')} ${each.code} ${each.message}`.trim(),
      ),
      code: errors?.[0] ? String(errors[0].extensions?.code ?? errors[0].message) : null,
    };
  }

  /** Makes a record. @throws where it is refused */
  async make(who: Official, mutation: string, type: string, input: Input): Promise<Step> {
    return happened(mutation, await this.tries(who, mutation, type, input));
  }

  /** Changes a record in the version in which the official reads it, whatever comes of it. */
  async attempt(who: Official, mutation: string, id: string, input: Input = {}): Promise<Step> {
    const { type } = parseNodeId(id);
    const { data, errors } = await this.ask(
      who,
      `query($id: ID!) { node(id: $id) { ... on ${type} { recordVersion } } }`,
      { id },
    );
    if (!data?.node) throw new Error(`${who.code} does not see the ${type}: ${JSON.stringify(errors)}`);
    return this.tries(who, mutation, type, { id, expectedVersion: data.node.recordVersion, ...input });
  }

  /** Changes a record. @throws where it is refused */
  async change(who: Official, mutation: string, id: string, input: Input = {}): Promise<Step> {
    return happened(mutation, await this.attempt(who, mutation, id, input));
  }

  /** The events of a record as they are stored: `event VIEWER`. */
  async events(id: string): Promise<string[]> {
    const { type, key } = parseNodeId(id);
    const rows = await this.ownerOf(productGraph().model.get(type)!.store)`
      select event, viewer from access.record_events where record_type = ${type} and record_id = ${key} order by version`;
    return rows.map(({ event, viewer }) => `${event} ${viewer}`);
  }

  /** The row as it is stored, by column, days as texts. */
  // biome-ignore lint/suspicious/noExplicitAny: rows are looked into by column.
  async row(id: string): Promise<any> {
    const { type, key } = parseNodeId(id);
    const { store, source } = productGraph().model.get(type)!;
    const [found] = await this.ownerOf(store).unsafe(
      `select to_jsonb(t) as row from ${quotedTableOf(source.table)} t where id = $1`,
      [key],
    );
    if (!found) throw new Error(`There is no ${type} ${key}.`);
    return found.row;
  }

  /** The global id of the first row that the owner of a store finds. */
  async find(type: string, query: string): Promise<string> {
    const [found] = await this.ownerOf(productGraph().model.get(type)!.store).unsafe(query);
    if (!found) throw new Error(`No ${type} is found by ${query}`);
    return encodeNodeId(type, String(found.id));
  }

  #serverOf(store: string): string {
    return this.#databases[this.#storesApart.has(store) ? 1 : 0]!.url;
  }

  ownerOf(store: string): Sql {
    return this.#storesApart.has(store) ? this.apart : this.owner;
  }

  /** What happens by itself until a day, and what follows from it. */
  async until(day: string): Promise<void> {
    const { byItself } = this.server.doers!;
    this.day = day;
    for (let round = 0; round < 50 && (await byItself.sweep()) > 0; round++);
    await this.followed();
  }

  /** The program reaches the stores apart no more. */
  async goDown(): Promise<void> {
    await this.#cable!.pullOut();
  }

  /** It reaches them again; returns when everything that waited for them is done. */
  async comeBack(): Promise<void> {
    await this.#cable!.plugIn();
    await this.followed();
  }

  /**
   * What has followed from an event is done once more: as after a program that died when it had done it, and before it
   * had noted so.
   */
  async doneAgain(effect: string, store: string): Promise<void> {
    const rows = await this.ownerOf(store)`
      update access.outbox set done_at = null where effect = ${effect} and done_at is not null returning id`;
    expect(rows.length).toBeGreaterThan(0);
    await this.followed();
  }

  /** Everything in the outboxes is done, and what rows carry of other stores has come over. */
  async followed(): Promise<void> {
    const owners = [...new Set([this.owner, this.apart])];
    const stores = productDepartments();
    const servers = {
      ownerOf: (store: string) => this.ownerOf(store),
      serverOf: (store: string) => this.#serverOf(store),
    };
    // An effect that fails for good leaves a row, and the test's own deadline ends it.
    await until(async () => {
      // Nobody waits for the pause after a failure.
      for (const owner of owners)
        await owner`update access.outbox set next_at = now() where done_at is null and attempts < 8`;
      await this.server.doers!.outbox.sweep();
      if (owners.length > 1) {
        while (await carryCopies(servers, stores, this.day, productLinkReaders()));
        await refreshGrants(servers, stores);
      }
      const left = await Promise.all(
        owners.map((owner) => owner`select 1 from access.outbox where done_at is null`),
      );
      return left.flat().length === 0;
    });
  }
}

function happened(mutation: string, step: Step): Step {
  expect({ mutation, faults: step.faults, code: step.code, committed: step.committed }).toEqual({
    mutation,
    faults: [],
    code: null,
    committed: true,
  });
  return step;
}
