import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../..');

/** How a program ended, and what it said. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program of the repository, started as a user starts it. */
export interface Running {
  readonly process: ChildProcess;
  readonly pid: number;
  readonly ended: Promise<Ended>;
  /** Everything that it has written to its standard output. */
  stdout(): string;
  /** Waits until it writes this. @throws Error with its output when it ends before. */
  says(text: string | RegExp): Promise<string>;
}

export interface StartOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Another copy of the repository. */
  readonly cwd?: string;
}

/** The environment of a user who has set nothing. */
function cleanEnvironment(env: StartOptions['env'] = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(LAIHU_|VITEST|NODE_ENV$|PORT$|HOST$)|DATABASE_URL$/.test(name),
  );
  return { ...Object.fromEntries(kept), ...env };
}

/** Starts `node <script>` in the repository. */
export const start = (script: string, options: StartOptions = {}): Running =>
  startCommand([process.execPath, script], options);

/** Starts a program, in the repository unless told otherwise. */
export function startCommand(
  [program = '', ...words]: readonly string[],
  { args = [], env, cwd = root }: StartOptions = {},
): Running {
  const child = spawn(program, [...words, ...args], { cwd, env: cleanEnvironment(env) });
  let [out, err] = ['', ''];
  let finished: Ended | undefined;
  /** Who waits for what it says looks again at each word, and when it ends. */
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of [...listeners]) listener();
  };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    out += chunk;
    tell();
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    err += chunk;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code, signal) => {
      finished = { code, signal, stdout: out, stderr: err };
      resolve(finished);
      tell();
    });
  });
  return {
    process: child,
    pid: child.pid ?? 0,
    ended,
    stdout: () => out,
    says: (text) =>
      new Promise<string>((resolve, reject) => {
        const look = () => {
          const isSaid = typeof text === 'string' ? out.includes(text) : text.test(out);
          if (!isSaid && !finished) return;
          listeners.delete(look);
          if (isSaid) resolve(out);
          else reject(new Error(`${words[0]} has not said ${text}; it said:\n${out}\n${err}`));
        };
        listeners.add(look);
        look();
      }),
  };
}

/** Runs a program to its end. */
export const run = (script: string, options?: StartOptions): Promise<Ended> => start(script, options).ended;

/** A server of the product that answers. */
export interface Laihu extends Running {
  readonly url: string;
  /** SIGTERM, and how it ended. */
  stop(): Promise<Ended>;
  /** SIGKILL, as an accident does. */
  kill(): Promise<Ended>;
}

/** Starts the product on a free port. Use `answering` to wait for it. */
export async function startLaihu({
  args = ['--demo', '--size', '200'],
  env,
  cwd = root,
}: StartOptions): Promise<Laihu> {
  const port = String(await freePort());
  const running = start('src/main.ts', { args, env: { PORT: port, ...env }, cwd });
  const signal = (name: NodeJS.Signals) => {
    running.process.kill(name);
    return running.ended;
  };
  return {
    ...running,
    url: `http://127.0.0.1:${port}`,
    stop: () => signal('SIGTERM'),
    kill: () => signal('SIGKILL'),
  };
}

/** Starts the product and waits until it says that it answers. */
export async function answering(options: StartOptions): Promise<Laihu> {
  const laihu = await startLaihu(options);
  await laihu.says(`Laihu answers at ${laihu.url}/`);
  return laihu;
}

/** Asks as a demonstration persona, for the usual purpose of its work. */
export async function ask(
  url: string,
  code: string,
  query: string,
  variables: object = {},
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into by path.
): Promise<{ readonly status: number; readonly json: any }> {
  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const { token } = (await (await post('/demo/token', { code })).json()) as { token: string };
  const answer = await post(
    '/graphql',
    { query, variables },
    { authorization: `Bearer ${token}`, 'laihu-purpose': await usualPurpose(url, code) },
  );
  return { status: answer.status, json: await answer.json() };
}

/** The purpose that the console of a running program would send for a viewer. */
export async function usualPurpose(url: string, code: string): Promise<string> {
  const lists = (await (await fetch(`${url}/console/purposes`)).json()) as { code: string; usual: string }[];
  return lists.find((list) => list.code === code)?.usual ?? '';
}

/** Process ids of the PostgreSQL servers on a data folder. */
export function postgresOf(dataDir: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        return command.includes(dataDir) && command.includes('postgres');
      } catch {
        return false;
      }
    })
    .map(Number);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
