import { SignJWT } from 'jose';
import type { Sql } from 'postgres';
import { expect, inject } from 'vitest';
import { capital, constant, small } from '../../../src/contract/doing/mutations.ts';
import { carryCopies } from '../../../src/database/copies/carry.ts';
import { refreshLinks } from '../../../src/database/links/refresh.ts';
import { applyPolicy } from '../../../src/database/wall/apply.ts';
import { departments } from '../../../src/departments/index.ts';
import { encodeNodeId, parseNodeId } from '../../../src/graph/node-id.ts';
import { createAuthenticate } from '../../../src/identity/authenticate.ts';
import { personas } from '../../../src/identity/personas.ts';
import { createKeyVerifier } from '../../../src/identity/token-verifier.ts';
import type { PostFunction } from '../../../src/identity/viewer.ts';
import { getViewer, type ViewerCode } from '../../../src/identity/viewers.ts';
import { productDepartments } from '../../../src/product-contract.ts';
import { productLinkReaders } from '../../../src/ruled-contract.ts';
import { connectTo } from '../../../src/store/connect.ts';
import { quotedTableOf } from '../../../src/store/table-name.ts';
import { startTestServer, type TestServer } from '../../http/test-server.ts';
import { createTestDatabase } from '../../support/database.ts';
import { productGraph, testDay } from '../../support/graph.ts';
import { until } from '../../support/until.ts';

/** Somebody who works in a unit, as the token says. */
export interface Official {
  readonly code: ViewerCode;
  readonly unit: string;
  readonly person: string;
  readonly posts: readonly PostFunction[];
}

/** The official of the demonstration, or one of another unit, with other posts. */
export function official(code: ViewerCode, unit?: string, ...posts: PostFunction[]): Official {
  const persona = personas.find((each) => each.code === code)!;
  return {
    code,
    unit: unit ?? persona.unit,
    person: persona.person,
    posts: posts.length > 0 ? posts : persona.posts,
  };
}

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
const issuer = 'the identity provider of the test';
const secret = 'a secret of thirty-two bytes or more, of the test';

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
  #keys = 0;

  private constructor(
    databases: readonly { readonly url: string; drop(): Promise<void> }[],
    storesApart: ReadonlySet<string>,
    start: (flow: () => Flow) => Promise<TestServer>,
    done: (flow: Promise<Flow>) => void,
  ) {
    this.#databases = databases;
    this.#storesApart = storesApart;
    this.owner = connectTo(databases[0]!.url, { max: 1, onnotice: () => {} });
    this.apart = databases[1] ? connectTo(databases[1].url, { max: 1, onnotice: () => {} }) : this.owner;
    this.server = undefined as unknown as TestServer;
    done(start(() => this).then((server) => Object.assign(this, { server })));
  }

  /** @param storesApart stores in a database of their own, which can be down while the others are up */
  static async open(...storesApart: string[]): Promise<Flow> {
    const elsewhere = new Set(storesApart);
    const databases = [await createTestDatabase('district')];
    if (elsewhere.size > 0) databases.push(await createTestDatabase('district'));
    const [here, there] = databases.map(({ url }) => url);
    const urlOf = (store: string) => (elsewhere.has(store) ? there! : here!);
    if (there) await separate([here!, there], urlOf);
    const verifier = await createKeyVerifier(
      { secret },
      { issuer, audience: 'laihu', algorithms: ['HS256'] },
    );
    return new Promise<Flow>((resolve) => {
      new Flow(
        databases,
        elsewhere,
        (flow) =>
          startTestServer({
            databaseUrl: here!,
            urlOf,
            today: () => flow().day,
            authenticate: createAuthenticate({ verifiers: new Map([[issuer, verifier]]) }),
          }),
        resolve,
      );
    });
  }

  async close(): Promise<void> {
    await this.server.close();
    await this.owner.end();
    if (this.apart !== this.owner) await this.apart.end();
    for (const database of this.#databases) await database.drop();
  }

  /** The token of an official, as the identity provider would sign it. */
  tokenOf(who: Official): Promise<string> {
    return new SignJWT({
      department: who.code,
      unit: who.unit,
      posts: who.posts,
      name: '示例',
      explore: true,
    })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(issuer)
      .setAudience('laihu')
      .setSubject(who.person)
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(new TextEncoder().encode(secret));
  }

  /** Asks as an official, for the usual purpose of its unit unless another is named. */
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into by path.
  async ask(who: Official, query: string, variables: Input = {}, purpose?: string): Promise<any> {
    const token = await this.tokenOf(who);
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

  /** The stores apart answer nobody. */
  async goDown(): Promise<void> {
    const name = new URL(this.#databases[1]!.url).pathname.slice(1);
    await this.apart.end();
    await onServer(async (server) => {
      await server.unsafe(`alter database ${name} allow_connections false`);
      await server`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`;
    });
  }

  /** They answer again; returns when everything that waited for them is done. */
  async comeBack(): Promise<void> {
    const { url } = this.#databases[1]!;
    await onServer((server) =>
      server.unsafe(`alter database ${new URL(url).pathname.slice(1)} allow_connections true`),
    );
    Object.assign(this, { apart: connectTo(url, { max: 1, onnotice: () => {} }) });
    await this.followed();
  }

  /** Everything in the outboxes is done, and what rows carry of other stores has come over. */
  async followed(): Promise<void> {
    const owners = [...new Set([this.owner, this.apart])];
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
      if (owners.length > 1)
        while (await carryCopies(servers, productDepartments(), this.day, productLinkReaders()));
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

/** Leaves in each database the stores that it is to hold, with the wall and the links of these. */
async function separate(urls: readonly string[], urlOf: (store: string) => string): Promise<void> {
  const graph = productGraph();
  const owners = new Map(urls.map((url) => [url, connectTo(url, { max: 1, onnotice: () => {} })]));
  for (const [url, owner] of owners) {
    const held = departments.map(({ store }) => store).filter((store) => urlOf(store) === url);
    for (const { store } of departments)
      if (!held.includes(store)) await owner.unsafe(`drop schema if exists "${store}" cascade`);
    await applyPolicy(graph.wall, { owner, ownerUrl: url, stores: held });
  }
  const pools = {
    ownerOf: (store: string) => owners.get(urlOf(store))!,
    serverOf: urlOf,
  } as unknown as Parameters<typeof refreshLinks>[0];
  await refreshLinks(pools, productDepartments(), testDay, productLinkReaders());
  for (const owner of owners.values()) await owner.end();
}

async function onServer(work: (server: Sql) => Promise<unknown>): Promise<void> {
  const server = connectTo(inject('serverUrl'), { max: 1, onnotice: () => {} });
  try {
    await work(server);
  } finally {
    await server.end();
  }
}
