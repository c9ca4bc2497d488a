import { randomUUID } from 'node:crypto';
import { type ASTNode, type GraphQLFormattedError, Kind } from 'graphql';
import { StoreUnavailable } from '../store/statements.ts';
import { withoutValues } from './messages.ts';
import { nullOperand } from './read-errors.ts';

/** Receives what clients are not told. */
export type ReportFault = (incident: string, error: unknown) => void;

/** Codes whose messages are ours and repeat nothing that was sent. */
const ours = new Set([
  'UNAUTHENTICATED',
  'IDENTITY_UNAVAILABLE',
  'KEY_UNKNOWN',
  'FORBIDDEN',
  'NOT_YOURS',
  'BAD_TRANSITION',
  'CONFLICT',
  'KEY_REUSED',
  'TOO_MANY_DENIALS',
  'PURPOSE_REQUIRED',
  'PURPOSE_UNKNOWN',
  'PURPOSE_DENIED',
  'DOCUMENT_INVALID',
  'AS_OTHERS_DENIED',
  'TOO_MANY_EXPLANATIONS',
  'OUT_OF_SCOPE',
  'ASK_REGISTRAR',
  'AUDIT_UNAVAILABLE',
  'BAD_ID',
  'BAD_CURSOR',
  'BAD_PAGE',
  'PAGE_TOO_LARGE',
  'LIST_TOO_LONG',
  'ANSWER_TOO_LARGE',
  'FILTER_TOO_BROAD',
  'FILTER_TOO_COMPLEX',
  'TOO_MANY_VALUES',
  'BAD_VALUE',
  'TOO_MANY_KEYS',
  'KEYS_NOT_OFFERED',
  'TOO_MANY_CELLS',
  'QUERY_TOO_DEEP',
  'QUERY_TOO_COSTLY',
  'TOO_MANY_ALIASES',
  'TOO_MANY_DIRECTIVES',
  'TOO_MANY_ROOT_FIELDS',
  'TOO_MANY_FIELDS',
  'TOO_MANY_FRAGMENTS',
  'TOO_MANY_OPERATIONS',
  'TOO_MANY_OVERLAPS',
  'FRAGMENT_CIRCLE',
  'TOO_MUCH_INTROSPECTION',
  'DOCUMENT_UNKNOWN',
  'DOCUMENT_NOT_TRUSTED',
  'BUDGET_EXHAUSTED',
]);

/**
 * The only way of an error to a client. It keeps what happened, where, and what to do; never a stack, SQL, a
 * value or a suggestion. An error that is unknown here becomes INTERNAL, with an incident number that the log
 * has too.
 */
export function createErrorFormatter(report: ReportFault) {
  // One fault can appear at many places of an answer.
  const incidents = new WeakMap<object, string>();
  const incidentOf = (cause: unknown): string => {
    const known = typeof cause === 'object' && cause !== null ? incidents.get(cause) : undefined;
    if (known) return known;
    const incident = randomUUID();
    if (typeof cause === 'object' && cause !== null) incidents.set(cause, incident);
    report(incident, cause);
    return incident;
  };
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const cause = original(error);
    const { locations, path } = formatted;
    const at = { ...(locations && { locations }), ...(path && { path }) };
    const own = codeOf(cause);
    const code = String(formatted.extensions?.code ?? '');
    if (cause instanceof StoreUnavailable)
      return {
        ...at,
        message: `${cause.message} Ask again; everything else was answered.`,
        extensions: {
          code: 'STORE_UNAVAILABLE',
          store: cause.store,
          reason: cause.reason,
          retryAfter: cause.retryAfter,
        },
      };
    if (isNullAmongValues(formatted.message, cause)) {
      const { message, extensions } = nullOperand('in');
      return { ...at, message, extensions: { code: extensions.code } };
    }
    // This stands before the codes: a scalar's fault comes wrapped in a message that repeats the value.
    if (/^Variable "\$\w+" /.test(formatted.message) && code !== 'GRAPHQL_VALIDATION_FAILED') {
      const known = ours.has(own) ? own : 'BAD_USER_INPUT';
      return { ...at, message: variableMessage(formatted.message, error), extensions: { code: known } };
    }
    // Apollo replaces the code of a validation rule by its own. The rule's code says more.
    if (ours.has(own)) {
      const { stacktrace: _, http: __, ...extensions } = (cause as Layered).extensions ?? {};
      return { ...at, message: (cause as Layered).message, extensions };
    }
    if (ours.has(code)) {
      const { stacktrace: _, http: __, ...extensions } = formatted.extensions ?? {};
      return { ...at, message: formatted.message, extensions };
    }
    if (code === 'GRAPHQL_PARSE_FAILED')
      return { ...at, message: parseMessage(formatted.message), extensions: { code } };
    if (code === 'GRAPHQL_VALIDATION_FAILED')
      return { ...at, message: withoutValues(formatted.message), extensions: { code } };
    if (code === 'BAD_USER_INPUT')
      return { ...at, message: withoutValues(formatted.message), extensions: { code } };
    const missing = /^Schema is not configured to execute (mutation|subscription)/.exec(
      formatted.message,
    )?.[1];
    if (missing)
      return { ...at, message: `This API has no ${missing}s.`, extensions: { code: 'BAD_REQUEST' } };
    if (
      code === 'BAD_REQUEST' ||
      code === 'OPERATION_RESOLUTION_FAILURE' ||
      code === 'PERSISTED_QUERY_NOT_SUPPORTED'
    )
      return { ...at, message: withoutValues(formatted.message), extensions: { code } };
    const incident = incidentOf(cause);
    return {
      ...at,
      message: `Something went wrong here; tell the operator incident ${incident}.`,
      extensions: { code: 'INTERNAL', incident },
    };
  };
}

/**
 * Recognises a GraphQL error by its shape. A second copy of graphql-js has classes of its own, and none of
 * its errors may get past this file.
 */
interface Layered extends Error {
  readonly originalError?: unknown;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

function original(error: unknown): unknown {
  const below = error instanceof Error ? (error as Layered).originalError : undefined;
  return below ? original(below) : error;
}

function codeOf(error: unknown): string {
  return error instanceof Error ? String((error as Layered).extensions?.code ?? '') : '';
}

/** The list of an `in` holds null: through a variable, or written in the document. */
function isNullAmongValues(message: string, error: unknown): boolean {
  if (/^Variable "\$\w+" got invalid value null at "[\w.[\]]*\.in\[\d+\]";/.test(message)) return true;
  const at = (error as { nodes?: readonly ASTNode[] } | undefined)?.nodes?.[0];
  return (
    at?.kind === Kind.NULL && /\bin\s*:\s*\[[^[\]{}]*$/.test(at.loc?.source.body.slice(0, at.loc.start) ?? '')
  );
}

/** The parser quotes the source at which it stops. */
function parseMessage(message: string): string {
  return message.includes('token limit') || message.includes('tokens')
    ? 'The document has too many tokens. Ask in several documents.'
    : 'The document is not well-formed GraphQL; see locations.';
}

/**
 * Keeps the variable's name, the place in it, and what a scalar of ours says of the value. The place stands
 * directly before the reason; the same words elsewhere could be a part of the value.
 */
function variableMessage(message: string, error: unknown): string {
  const name = /^Variable "(\$\w+)"/.exec(message)?.[1] ?? '';
  const reason = reasons(error).find((text) => message.endsWith(`; ${text}`));
  const place = reason && / at "([\w.[\]]+)"$/.exec(message.slice(0, -reason.length - 2))?.[1];
  const cause = original(error);
  const why = ours.has(codeOf(cause))
    ? (cause as Layered).message
    : 'It has a value of another kind than its type; look its type up in the schema.';
  return `Variable ${named(name)}${place ? `, at ${named(place)}` : ''}: ${why}`;
}

/** A name that a client chose can contain a person's number. */
const named = (name: string): string => (/\d{6}/.test(name) ? '…' : name);

/** The messages of an error and of those below it. */
function reasons(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  return [error.message, ...reasons((error as Layered).originalError)];
}
