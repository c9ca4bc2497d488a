import type { GraphQLResolveInfo, GraphQLSchema } from 'graphql';
import type { Mutation } from '../../contract/doing/mutations.ts';
import type { Context } from '../context.ts';
import type { Input } from './input-values.ts';
import { badKey } from './user-errors.ts';
import { bodyHash } from './write.ts';

/** One mutation of a document. */
export interface Call {
  readonly mutation: Mutation;
  readonly input: Input;
  readonly context: Context;
  /** Its descriptions say what fields are called. */
  readonly schema: GraphQLSchema;
  /** Its key, and the hash of its body; null without one. */
  readonly key: { readonly key: string; readonly body: string } | null;
}

const keyForm = /^[^\p{Cc}\p{Cs}]{1,200}$/u;

/** The key of a call: its own, or the request's. @throws BAD_VALUE for a key that is none */
export function keyOf(
  mutation: Mutation,
  input: Input,
  { idempotencyKey }: Context,
  { path }: Pick<GraphQLResolveInfo, 'path'>,
): Call['key'] {
  const { clientMutationId, ...rest } = input;
  // A document may hold several mutations; a repetition names them alike.
  const key = clientMutationId ?? (idempotencyKey === undefined ? null : `${idempotencyKey}/${path.key}`);
  if (key === null) return null;
  if (typeof key !== 'string' || !keyForm.test(key)) throw badKey();
  return { key, body: bodyHash(mutation.name, rest) };
}
