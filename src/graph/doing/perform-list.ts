import { GraphQLError, type GraphQLResolveInfo } from 'graphql';
import { type Mutation, small } from '../../contract/doing/mutations.ts';
import type { Context } from '../context.ts';
import type { Input } from './input-values.ts';
import type { Payload, Performer } from './performer.ts';

/** Rows of one call at the most. */
const mostRows = 100;

export interface ListInput {
  readonly clientMutationId?: string | null;
  readonly each: readonly Input[];
}

/**
 * Does a mutation once for each row of a list, each by itself: a row with a fault is told with its number, the others
 * are done. With a key each row has one of its own, so that a repetition does only what was not done.
 * @throws TOO_MANY_VALUES
 */
export async function performList(
  performer: Performer,
  mutation: Mutation,
  { clientMutationId, each }: ListInput,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<Payload> {
  if (each.length > mostRows) throw tooManyRows();
  const done: Payload[] = [];
  for (const [n, input] of each.entries()) {
    const key = clientMutationId == null ? {} : { clientMutationId: `${clientMutationId}/${n}` };
    done.push(
      await performer
        .perform(mutation, { ...input, ...key }, context, info)
        .catch((error: unknown) => refused(error)),
    );
  }
  const records = mutation.records.map((record): [string, unknown[]] => [
    `${small(record)}s`,
    done.map((payload) => payload[small(record)] ?? null),
  ]);
  return {
    ...Object.fromEntries(records),
    committed: done.every(({ committed }) => committed),
    userErrors: done.flatMap(({ userErrors }, n) =>
      userErrors.map((error) => ({ ...error, path: ['each', String(n), ...error.path] })),
    ),
    effects: done.flatMap(({ effects }) => effects),
    clientMutationId: clientMutationId ?? null,
  };
}

/** A row that is refused as a whole: the rows before it are done, so the answer goes on. */
function refused(error: unknown): Payload {
  const code = error instanceof GraphQLError ? String(error.extensions.code) : '';
  if (!(error instanceof GraphQLError) || !isUserErrorCode(code)) throw error;
  const fault = { path: [], code, message: error.message, messageZh: inChinese[code] };
  return { committed: false, userErrors: [fault], effects: [], clientMutationId: null };
}

const inChinese = {
  NOT_YOURS: '本单位不能对此记录办理该事项。',
  CONFLICT: '记录已被他人修改，请重新读取后再办理。',
  BAD_TRANSITION: '记录当前状态不能办理该事项。',
} as const;

const isUserErrorCode = (code: string): code is keyof typeof inChinese => Object.hasOwn(inChinese, code);

const tooManyRows = () =>
  new GraphQLError(`One call does at most ${mostRows} rows.`, {
    extensions: { code: 'TOO_MANY_VALUES', limit: mostRows, http: { status: 400 } },
  });
