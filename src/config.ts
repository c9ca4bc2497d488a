import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { districtDay } from './identifiers/district-day.ts';

/** What the program was told, checked. */
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  /** Store → its own URL, from `<STORE>_DATABASE_URL`. */
  readonly databaseUrls: Readonly<Record<string, string>>;
  readonly statementTimeoutMs: number;
  /** Requests of the graph that are answered at once at the most. */
  readonly requestsAtOnce: number;
  /** The access log (docs/operations.md). */
  readonly audit: {
    /** PEM of the Ed25519 key; made on the first start where it is not named. */
    readonly keyFile: string;
    readonly makesKey: boolean;
    readonly sealsFile: string;
    /** A request that is not recorded after so long is refused. */
    readonly timeoutMs: number;
  };
  readonly logLevel: string;
  readonly demo: boolean;
  readonly cursorSecret: string;
  /** Folder with the manifest of each registered client. */
  readonly clientsDir: string;
  /** Objects a minute for each person and unit; null: no budget. */
  readonly objectsPerMinute: number | null;
  /** Bytes of an answer at the most. */
  readonly answerBytes: number;
  /** The district's calendar day (Asia/Shanghai), YYYY-MM-DD; the only clock of a day in the program. */
  readonly today: () => string;
  readonly identity: {
    readonly jwksUrl: string | undefined;
    readonly key: string | undefined;
    readonly issuer: string | undefined;
    readonly audience: string | undefined;
    readonly algorithms: readonly string[] | undefined;
    /** A key that was taken out of the key set is taken no longer than this, seconds. */
    readonly keysMaxAge: number;
    /** Seconds from the issue of a token to its end at most. */
    readonly longestLife: number;
    /** Clocks of issuer and server may differ by this many seconds. */
    readonly clockTolerance: number;
  };
}

/** Above what a person can read, below what empties the district at once. */
const defaultBudget = 600_000;

/** The synthetic district stands still on the day of the notice. */
const demoDay = '2007-03-01';

const sentence = (text: string) => ({ error: text });
const whole = (least: number, most: number) => {
  const fault = `must be a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, fault)
    .transform(Number)
    .refine((n) => n >= least && n <= most, fault);
};
const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
/** Not `none`: a token must be signed. */
const algorithms = /^(EdDSA|ES(256|384|512)|RS(256|384|512)|PS(256|384|512)|HS(256|384|512))$/;

/** Values of these are never repeated in a message: they hold passwords. */
const postgresUrl = z
  .string()
  .refine(
    (text) => /^postgres(ql)?:\/\//.test(text) && URL.canParse(text),
    'must be a URL of PostgreSQL, such as postgres://user:password@host:5432/database',
  );
const day = z.iso.date('must be a day, YYYY-MM-DD');

const form = z.object({
  PORT: whole(0, 65535).default(4000),
  HOST: z.string().default('127.0.0.1'),
  LAIHU_DATA: z.string().default('.laihu'),
  DATABASE_URL: postgresUrl.optional(),
  NODE_ENV: z.string().optional(),
  LAIHU_STATEMENT_TIMEOUT_MS: whole(10, 60_000).default(2000),
  LAIHU_REQUESTS_AT_ONCE: whole(1, 100_000).default(100),
  LAIHU_AUDIT_KEY: z.string().optional(),
  LAIHU_AUDIT_SEALS: z.string().optional(),
  LAIHU_AUDIT_TIMEOUT_MS: whole(50, 60_000).default(2000),
  LAIHU_LOG_LEVEL: z.enum(logLevels, sentence(`must be one of ${logLevels.join(', ')}`)).default('info'),
  LAIHU_CURSOR_KEY: z.string().min(16, 'must have at least 16 characters').optional(),
  LAIHU_TODAY: day.optional(),
  LAIHU_CLIENTS: z.string().default('clients'),
  LAIHU_BUDGET_OBJECTS_PER_MINUTE: whole(0, 999_999_999).optional(),
  LAIHU_ANSWER_BYTES: whole(10_000, 99_999_999).default(8 * 1024 * 1024),
  LAIHU_JWKS_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http or https URL of a key set' })
    .optional(),
  LAIHU_JWT_KEY: z.string().min(32, 'must have at least 32 characters').optional(),
  LAIHU_JWKS_MAX_AGE_S: whole(1, 86_400).default(60),
  LAIHU_JWT_MAX_LIFE_S: whole(60, 31_622_400).default(86_400),
  LAIHU_JWT_CLOCK_TOLERANCE_S: whole(0, 300).default(30),
  LAIHU_JWT_ISSUER: z.string().optional(),
  LAIHU_JWT_AUDIENCE: z.string().optional(),
  LAIHU_JWT_ALGORITHMS: z
    .string()
    .transform((list) => list.split(',').map((name) => name.trim()))
    .refine(
      (list) => list.every((name) => algorithms.test(name)),
      'must name signature algorithms, such as EdDSA,ES256',
    )
    .optional(),
});

interface Flags {
  readonly demo: boolean;
  readonly serves?: boolean;
  readonly stores?: readonly string[];
}

/**
 * Reads the environment, the only place that does.
 * @param flags what the command line says; a command that serves nobody sets `serves: false`; with `stores`, a
 *   `<STORE>_DATABASE_URL` of another store is a fault
 * @param now the clock, milliseconds since 1970
 * @throws Error that lists every fault at once, each with the variable's name.
 */
export function readConfig(env: NodeJS.ProcessEnv, flags: Flags, now: () => number = Date.now): Config {
  // An empty variable is one that is not set: PORT= in a file of variables is no port 0.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const parsed = form.safeParse(given);
  const faults = parsed.error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) ?? [];
  const databaseUrls: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    const store = /^([A-Z][A-Z0-9_]*)_DATABASE_URL$/.exec(name)?.[1]?.toLowerCase();
    if (!store || !value || store === 'test') continue;
    const url = postgresUrl.safeParse(value);
    if (url.success) databaseUrls[store] = url.data;
    else faults.push(`${name}: ${url.error.issues[0]?.message}`);
    if (flags.stores && !flags.stores.includes(store))
      faults.push(`${name}: there is no store ${store}, only ${flags.stores.join(', ')}`);
  }
  faults.push(...identityFaults(given, flags));
  if (!parsed.success || faults.length > 0)
    throw new Error(`The configuration has faults:\n${faults.join('\n')}`);
  const values = parsed.data;
  return {
    port: values.PORT,
    host: values.HOST,
    dataDir: resolve(values.LAIHU_DATA),
    databaseUrl: values.DATABASE_URL,
    databaseUrls,
    statementTimeoutMs: values.LAIHU_STATEMENT_TIMEOUT_MS,
    requestsAtOnce: values.LAIHU_REQUESTS_AT_ONCE,
    audit: {
      keyFile: resolve(values.LAIHU_AUDIT_KEY ?? join(values.LAIHU_DATA, 'audit-key.pem')),
      makesKey: values.LAIHU_AUDIT_KEY === undefined,
      sealsFile: resolve(values.LAIHU_AUDIT_SEALS ?? join(values.LAIHU_DATA, 'audit-seals.jsonl')),
      timeoutMs: values.LAIHU_AUDIT_TIMEOUT_MS,
    },
    logLevel: values.LAIHU_LOG_LEVEL,
    demo: flags.demo,
    // Without a key of its own a process makes one: cursors then end with it.
    cursorSecret: values.LAIHU_CURSOR_KEY ?? randomBytes(32).toString('base64url'),
    clientsDir: resolve(values.LAIHU_CLIENTS),
    // Personas are shared by everybody who tries the demonstration; there the budget is only as asked for.
    objectsPerMinute: (values.LAIHU_BUDGET_OBJECTS_PER_MINUTE ?? (flags.demo ? 0 : defaultBudget)) || null,
    answerBytes: values.LAIHU_ANSWER_BYTES,
    today: () => values.LAIHU_TODAY ?? (flags.demo ? demoDay : districtDay(now())),
    identity: {
      jwksUrl: values.LAIHU_JWKS_URL,
      key: values.LAIHU_JWT_KEY,
      issuer: values.LAIHU_JWT_ISSUER,
      audience: values.LAIHU_JWT_AUDIENCE,
      algorithms: values.LAIHU_JWT_ALGORITHMS,
      keysMaxAge: values.LAIHU_JWKS_MAX_AGE_S,
      longestLife: values.LAIHU_JWT_MAX_LIFE_S,
      clockTolerance: values.LAIHU_JWT_CLOCK_TOLERANCE_S,
    },
  };
}

/** What is wrong with the ways to sign in. */
function identityFaults(given: Record<string, string | undefined>, { demo, serves }: Flags): string[] {
  const { LAIHU_JWKS_URL: keySet, LAIHU_JWT_KEY: key, LAIHU_JWT_ALGORITHMS: algorithms } = given;
  const faults: string[] = [];
  if (demo && given.NODE_ENV === 'production')
    faults.push('--demo: anybody could sign in as anybody; it is refused with NODE_ENV=production');
  if (serves !== false && !demo && !keySet && !key)
    faults.push('LAIHU_JWKS_URL or LAIHU_JWT_KEY: set one, or nobody can sign in (npm start uses --demo)');
  if (keySet && key) faults.push('LAIHU_JWKS_URL and LAIHU_JWT_KEY: set one of them, not both');
  // A public key is no secret: a token signed with it as if it were one could be anybody's.
  const shared = key && !key.includes('BEGIN PUBLIC KEY');
  if (key && algorithms?.split(',').some((name) => name.trim().startsWith('HS') !== Boolean(shared)))
    faults.push(
      `LAIHU_JWT_ALGORITHMS: ${algorithms} do not all go with LAIHU_JWT_KEY, a ${shared ? 'shared secret (HS256, HS384, HS512)' : 'public key (EdDSA, ES256, RS256 and the like)'}`,
    );
  return faults;
}

/** The store that `drizzle-kit` makes a migration of. @throws Error when LAIHU_STORE names none. */
export function readStore(env: NodeJS.ProcessEnv): string {
  const store = env.LAIHU_STORE ?? '';
  if (!/^[a-z_]+$/.test(store))
    throw new Error('LAIHU_STORE must name a store, such as housing; use npm run migrations:generate.');
  return store;
}
