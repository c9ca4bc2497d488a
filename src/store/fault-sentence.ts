/**
 * What is known of an error without its message. The message may quote values of rows, statements or
 * passwords.
 */
interface Coded {
  readonly name?: string;
  readonly code?: unknown;
  readonly cause?: unknown;
  readonly path?: unknown;
  readonly address?: unknown;
  readonly port?: unknown;
  readonly table_name?: unknown;
}

const text = (value: unknown): string => (value === undefined || value === null ? '' : String(value));

/** What the operating system refused, and what to do. `{path}` and `{port}` are what the call was about. */
const systemSentences: Readonly<Record<string, string>> = {
  EADDRINUSE: 'Port {port} is in use by another program: end that one, or set PORT to another number.',
  EADDRNOTAVAIL: 'This machine has no address {address}: set HOST to one of its own, such as 127.0.0.1.',
  EACCES: '{path} may not be used by this user (EACCES): change its permissions, or name another place.',
  EPERM: 'This user may not do that to {path} (EPERM): change its permissions, or name another place.',
  EROFS: '{path} lies on a file system that takes no writes (EROFS): name another place.',
  EEXIST: '{path} is there already and is no folder: remove it, or name another place.',
  ENOTDIR: 'A part of {path} is a file where a folder is needed: name another place.',
  EISDIR: '{path} is a folder where a file is needed: name a file.',
  ENOENT: '{path} is not there: make it, or name another place.',
  ENOSPC: 'The disk of {path} is full: make room on it, then do the same again.',
  EDQUOT: 'The disk quota of {path} is used up: make room in it, then do the same again.',
  EMFILE: 'This program may open no more files: raise its limit (ulimit -n), then start it again.',
  ENFILE: 'This machine can open no more files: end other programs, or raise its limit.',
  ENOMEM: 'There is not enough memory: end other programs, then do the same again.',
};

const gone = 'The connection to the database was lost: see that it runs, then do the same again.';
const unreachable = 'The database takes no connections: see that it runs and that its address is right.';

/** The driver's own codes, and those of sockets. */
const connectionSentences: Readonly<Record<string, string>> = {
  CONNECTION_CLOSED: gone,
  CONNECTION_ENDED: gone,
  CONNECTION_DESTROYED: gone,
  CONNECTION_THROWN_AWAY: gone,
  BROKEN_RESULT: 'The database gave an answer that is not whole, which is not used: do the same again.',
  ECONNRESET: gone,
  EPIPE: gone,
  CONNECT_TIMEOUT: unreachable,
  ECONNREFUSED: unreachable,
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  ETIMEDOUT: unreachable,
  ENOTFOUND: 'The name of the database’s machine is not known: see the URL of the database.',
  EAI_AGAIN: 'The name of the database’s machine cannot be looked up now: see the network, then do it again.',
};

/** By SQLSTATE, else by its class. */
const stateSentences: Readonly<Record<string, string>> = {
  '08': gone,
  '28': 'The database refuses the login: see user and password in its URL.',
  '3D': 'The database of that name is not there: see its URL.',
  '53': 'The database has run out of a resource: see its log, then do the same again.',
  '53100': 'The disk of the database is full: make room on it, then do the same again.',
  '53200': 'The database has not enough memory: see its settings, then do the same again.',
  '53300': 'The database takes no more connections: end other programs on it, or raise max_connections.',
  '25006': 'The database takes no writes now: it is a copy, or was set read-only.',
  '40001': 'Another program changed the same rows: do the same again.',
  '40P01': 'Another program waited for the same rows: do the same again.',
  '42501': 'The user of the database may not do that: see its rights, or name the owner in the URL.',
  '55P03': 'Another program holds what is needed: do the same again when it has ended.',
  '57': 'The database is stopping or starting: do the same again when it runs.',
  '57014': 'The database gave up a statement that took too long: do the same again when it has less to do.',
  '58': 'The database could not use its files: see its log and its disk.',
};

/**
 * An error of the operating system, the driver or the database as one sentence: what is wrong and what to do.
 * The sentence has no driver's words, no value of a row, no statement, no password. Errors of this program
 * keep their message.
 * @param what names the place where the error itself names none, such as `the data folder /srv/laihu`
 */
export function faultSentence(error: unknown, what = 'A file'): string {
  const known = knownSentence(error, what);
  if (known) return known;
  const { name, code, table_name: table } = (error ?? {}) as Coded;
  if (name === 'PostgresError')
    return `The database refused${table ? ` what was for the table ${text(table)}` : ' a statement'} (SQLSTATE ${text(code)}).`;
  return error instanceof Error ? error.message : String(error);
}

/** The sentence for an error of another origin, or for its cause. */
function knownSentence(error: unknown, what: string): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { name, cause } = error as Coded;
  const code = text((error as Coded).code);
  if (name === 'PostgresError') return stateSentences[code] ?? stateSentences[code.slice(0, 2)];
  return (
    connectionSentences[code] ??
    (systemSentences[code] && filled(systemSentences[code], error as Coded, what)) ??
    (cause ? knownSentence(cause, what) : undefined)
  );
}

const filled = (sentence: string, { path, address, port }: Coded, what: string): string =>
  sentence
    .replace('{path}', text(path) || what)
    .replace('{port}', text(port) || 'that')
    .replace('{address}', text(address) || 'like HOST');
