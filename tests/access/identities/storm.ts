import { viewerLogin } from '../../../src/database/wall/login.ts';
import type { Authenticate } from '../../../src/identity/authenticate.ts';
import { createGraph, type Graph } from '../../../src/schema.ts';
import { createServer } from '../../../src/server.ts';
import { connectTo } from '../../../src/store/connect.ts';
import { createPools } from '../../../src/store/pools.ts';
import { createRunner } from '../../../src/store/statements.ts';
import { endlessAfterRows } from '../../support/endless.ts';
import { type Gate, openGate, portOf, throughGate } from '../../support/gate.ts';
import { until } from '../../support/until.ts';
import { compare, type Outcome } from './compare.ts';
import { authenticatePeople, makePeople, type Person } from './people.ts';
import { createPost } from './post.ts';
import { makeQuestions, type Question } from './questions.ts';

export interface StormOptions {
  /** A district that is only read; its user may end backends. */
  readonly databaseUrl: string;
  readonly identities: number;
  /** The storm ends when so many answers came and so many backends were ended, one after an equal part of the answers. */
  readonly responses: number;
  readonly terminations: number;
  /** Identities share connections by turns throughout, not only as newcomers. */
  readonly turns?: boolean;
  /** As whom identities log in; as their viewers when left out. */
  readonly login?: typeof viewerLogin;
  readonly onProgress?: (report: StormReport) => void;
}

export interface StormReport {
  readonly identities: number;
  readonly questions: number;
  /** Different answers that the identities get alone, all questions together. */
  readonly differentAnswers: number;
  readonly responses: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  readonly terminations: number;
  /** Connections that were cut on the way. */
  readonly cuts: number;
  /** Statements that failed in the middle of their rows, on connections of those who asked. */
  readonly failures: number;
  /** Who got what that is not its own; the first few, without the values. */
  readonly foreign: readonly string[];
}

/** Statements that fail when rows have come: one at once, one at the timeout. */
const failing = 'select 10 / (5 - g) as n from generate_series(1, 10) g';
/** One statement in so many has such a one before it, and one of those in so many is slow. */
const failsEvery = 40;
const slowEvery = 50;

/** Requests that an identity has under way at once: they share its connections, as those of one page do. */
const burst = 6;

/**
 * Everybody asks alone first, each a server of its own. Then all ask the same at once, again and again, while backends
 * are ended and connections cut at random, and statements fail after rows on the connections of those who ask; each
 * answer is held against the one that the same identity got alone.
 */
export async function storm(options: StormOptions): Promise<StormReport> {
  const {
    databaseUrl,
    identities,
    responses,
    terminations,
    login = viewerLogin,
    turns = false,
    onProgress,
  } = options;
  const admin = connectTo(databaseUrl, {
    max: 2,
    onnotice: () => {},
    connection: { application_name: 'storm' },
  });
  const graph = createGraph();
  const authenticate = await authenticatePeople();
  const start = () => startServer({ databaseUrl, graph, authenticate, login, turnsFirst: 0 });
  let server: Awaited<ReturnType<typeof start>> | undefined;
  let gate: Gate | undefined;
  try {
    const people = await makePeople(identities, admin);
    const questions = await makeQuestions(admin);
    const alone = new Map<Person, ReadonlyMap<Question, string>>();
    for (const person of people) {
      // A server that nobody else has asked: nothing that it keeps can be another's.
      const own = await start();
      const answers = new Map<Question, string>();
      for (const question of questions) answers.set(question, await own.ask(person, question));
      await own.close();
      alone.set(person, answers);
    }
    const different = questions.map((q) => new Set(people.map((person) => alone.get(person)!.get(q))).size);

    gate = await openGate(portOf(databaseUrl));
    server = await startServer({
      databaseUrl: throughGate(databaseUrl, gate),
      graph,
      authenticate,
      turnsFirst: turns ? Number.POSITIVE_INFINITY : undefined,
      login,
      fails: true,
    });
    const { ask, failures } = server;
    const outcomes: Record<Outcome, number> = { equal: 0, unavailable: 0, foreign: 0 };
    const foreign: string[] = [];
    let [count, ended, cuts] = [0, 0, 0];
    const goesOn = () => count < responses || ended < terminations;
    const report = (): StormReport => ({
      identities: people.length,
      questions: questions.length,
      differentAnswers: different.reduce((sum, n) => sum + n, 0),
      responses: count,
      outcomes,
      terminations: ended,
      cuts,
      failures: failures(),
      foreign,
    });

    const askOnce = async (person: Person, question: Question) => {
      const answer = await ask(person, question);
      const outcome = compare(alone.get(person)!.get(question)!, answer);
      outcomes[outcome] += 1;
      count += 1;
      if (outcome === 'foreign' && foreign.length < 20)
        foreign.push(`${person.name}: ${question.name}; ${codesOf(answer)}`);
    };
    const askOnAndOn = async (person: Person) => {
      while (goesOn()) {
        const question = questions[Math.floor(Math.random() * questions.length)]!;
        await Promise.all(Array.from({ length: burst }, () => askOnce(person, question)));
      }
    };
    const endBackends = async () => {
      const between = Math.ceil(responses / terminations);
      for (let next = between; goesOn(); next += between) {
        await until(() => count >= next || !goesOn());
        const killed = await admin`
          select pg_terminate_backend(pid) from (
            select pid from pg_stat_activity
            where datname = current_database() and application_name like 'laihu %'
              and application_name <> 'laihu owner'
            order by random() limit 1) victims`;
        ended += killed.length;
        cuts += gate?.cut('one') ?? 0;
        onProgress?.(report());
      }
    };
    await Promise.all([...people.map(askOnAndOn), endBackends()]);
    return report();
  } finally {
    await server?.close();
    gate?.close();
    await admin.end();
  }
}

/** What an answer says of itself, without its values. */
function codesOf(answer: string): string {
  const codes = [...answer.matchAll(/"code":"([A-Z_]+)"/g)].map(([, code]) => code);
  return `${answer.length} characters, ${[...new Set(codes)].join(', ') || 'no error'}`;
}

interface ServerParts {
  readonly databaseUrl: string;
  readonly graph: Graph;
  readonly authenticate: Authenticate;
  readonly login: typeof viewerLogin;
  /** As in `PoolOptions`. */
  readonly turnsFirst: number | undefined;
  /** Statements fail now and then. */
  readonly fails?: boolean;
}

async function startServer({
  databaseUrl,
  graph,
  authenticate,
  login,
  turnsFirst,
  fails = false,
}: ServerParts) {
  const pools = createPools({
    urls: () => databaseUrl,
    statementTimeoutMs: fails ? 3000 : 5000,
    maxConnections: 150,
    login,
    turnsFirst,
  });
  const runner = createRunner(pools, { deadlineMs: 5500 });
  let [sent, failures] = [0, 0];
  const server = await createServer({
    graph,
    pools,
    runner: {
      ...runner,
      run(store, identity, ...statement) {
        if (fails && ++sent % failsEvery === 0) {
          const text = sent % (failsEvery * slowEvery) === 0 ? endlessAfterRows : failing;
          failures += 1;
          // As its own statements do, it goes ahead on the same connections.
          runner.run(store, identity, text, [], { prepare: false }).catch(() => {});
        }
        return runner.run(store, identity, ...statement);
      },
    },
    authenticate,
    cursorSecret: 'a secret of the test run',
    today: () => '2007-03-01',
    logLevel: 'silent',
  });
  const address = await server.app.listen({ host: '127.0.0.1', port: 0 });
  // As many connections at once as identities; a thousand would be more than the queue of new ones holds.
  const way = createPost(address, 250);
  return {
    failures: () => failures,
    ask: ({ token, viewer }: Person, { body }: Question) =>
      way.post(token, body, { 'laihu-purpose': graph.purposes.usualOf(viewer) }),
    async close() {
      way.close();
      await server.drain();
      await pools.close();
    },
  };
}
