import { GraphQLError } from 'graphql';

/** The refusal of a document that goes beyond a limit: code, what the limit is, what to do. */
export const refuse = (code: string, message: string, limit: number) =>
  new GraphQLError(message, { extensions: { code, limit, http: { status: 400 } } });
