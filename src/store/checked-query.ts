/**
 * A result with other rows than the server counted. postgres.js 3.4.9 keeps its row counter when a statement
 * fails, or its connection breaks, after rows have begun. The next result of that connection then begins with
 * holes (porsager/postgres #1119, #1181, #795).
 */
export class BrokenResult extends Error {
  override readonly name = 'BrokenResult';
  readonly code = 'BROKEN_RESULT';

  constructor() {
    super('The database gave a result that is not whole.');
  }
}

/** The used part of a query of postgres.js: how its connection gives it its answer. */
interface DriverQuery {
  resolve: (answer: unknown) => void;
  reject: (error: unknown) => void;
  cursor: (...args: unknown[]) => unknown;
  /** Sends the query when somebody first waits for its answer. A fragment of another query is never sent. */
  handle: () => Promise<void>;
  readonly executed?: boolean;
  readonly string?: string;
  readonly forEachFn?: unknown;
  readonly cursorFn?: unknown;
}

/** A result of postgres.js: one statement's rows. */
interface DriverResult extends ReadonlyArray<unknown> {
  readonly command: string | null;
  readonly count: number | null;
  readonly columns: readonly unknown[] | null;
}

export interface QueryChecks {
  /** Called with each error; the caller gets what it returns. */
  readonly onError: (error: unknown) => unknown;
  /** An error that replaces every answer that still comes, or undefined. */
  readonly refusal: () => unknown;
  /** Queries that were sent and have no answer, each with the function that rejects it. */
  readonly unanswered?: Set<(error: unknown) => void>;
}

/**
 * Passes on what postgres.js made (a query, or a list or name for one), and checks the answer of a query
 * before the caller sees it: every result has as many rows as the server counted, and no hole.
 */
export function checkQuery<T>(made: T, checks: QueryChecks): T {
  const query = made as unknown as DriverQuery;
  if (!(made instanceof Promise) || typeof query.reject !== 'function') return made;
  const { handle } = query;
  const { unanswered } = checks;
  const reject = query.reject;
  const resolve = query.resolve;
  let isCursor = false;
  const refuse = (error: unknown) => reject(error);
  query.handle = () => {
    // Waiting again for the answer sends nothing. A cursor has batches, and nobody waits for its query.
    if (!query.executed && !isCursor) unanswered?.add(refuse);
    return handle.call(query);
  };
  query.reject = (error) => {
    unanswered?.delete(refuse);
    reject(checks.onError(error));
  };
  query.resolve = (answer) => {
    unanswered?.delete(refuse);
    const refusal = checks.refusal();
    if (refusal !== undefined) reject(refusal);
    else if (isWhole(answer, query)) resolve(answer);
    else reject(checks.onError(new BrokenResult()));
  };
  const { cursor } = query;
  query.cursor = (...args) => {
    isCursor = true;
    return checkedCursor(cursor.apply(query, args), checks);
  };
  return made;
}

/** Batches have no count of their own. Holes stand before the first row. */
function checkedCursor(made: unknown, { onError, refusal }: QueryChecks): unknown {
  const cursor = made as AsyncIterable<readonly unknown[]>;
  if (typeof cursor[Symbol.asyncIterator] !== 'function')
    throw new Error('A cursor is read as an iteration: its batches are checked then.');
  return {
    [Symbol.asyncIterator]() {
      const batches = cursor[Symbol.asyncIterator]();
      return {
        async next() {
          try {
            const step = await batches.next();
            if (!step.done && step.value.length > 0 && !(0 in step.value)) throw new BrokenResult();
            const refused = refusal();
            if (refused !== undefined) throw refused;
            return step;
          } catch (error) {
            throw onError(error);
          }
        },
        return: () => batches.return?.(),
      };
    },
  };
}

/** Anything but rows (the stream of a COPY, a description) counts as whole. */
function isWhole(answer: unknown, query: DriverQuery): boolean {
  if (!Array.isArray(answer)) return true;
  const results = ('command' in answer ? [answer] : answer) as unknown as readonly DriverResult[];
  return results.every((result) => isWholeResult(result, query));
}

const comments = /--[^\n]*|\/\*[\s\S]*?\*\//g;

function isWholeResult(result: DriverResult, { string = '', forEachFn, cursorFn }: DriverQuery): boolean {
  const { command, count, columns, length } = result;
  // The server ends every statement with its command's name, except an empty one.
  if (command === null) return length === 0 && !/\w/.test(string.replace(comments, ''));
  if (forEachFn || cursorFn) return true;
  // A statement without RETURNING counts rows that it does not return.
  if (length === 0) return !count || !columns?.length;
  return 0 in result && (count === null || count === length);
}
