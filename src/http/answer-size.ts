import type { ApolloServerPlugin } from '@apollo/server';
import type { Context } from '../graph/context.ts';
import { FusedText } from '../graph/fused/fused-text.ts';

/** The most bytes of an answer where no other limit is set. */
export const defaultAnswerBytes = 8 * 1024 * 1024;

/**
 * Refuses an answer, errors and extensions included, that would be longer than a limit, before its text is
 * made. The access log has what was read for it.
 */
export function answerSize(limit: number): ApolloServerPlugin<Context> {
  return {
    requestDidStart: async () => ({
      willSendResponse: async ({ response }) => {
        const { body, http } = response;
        if (body.kind !== 'single' || !isLonger(body.singleResult, limit)) return;
        http.status = 400;
        const message = `The answer has more than ${limit} bytes. Ask for smaller pages or fewer fields.`;
        const cost = body.singleResult.extensions?.cost;
        body.singleResult = {
          data: null,
          errors: [{ message, extensions: { code: 'ANSWER_TOO_LARGE', limit } }],
          ...(cost === undefined ? {} : { extensions: { cost } }),
        };
      },
    }),
  };
}

/** Whether a value has more bytes as JSON than a limit. Counting stops as soon as that is known. */
export function isLonger(value: unknown, limit: number): boolean {
  // No character takes more than six bytes. Most answers are therefore known to be short without a look at
  // their text.
  return measure(value, limit, (text) => text.length * 6) > limit && measure(value, limit, exact) > limit;
}

const exact = (text: string): number => Buffer.byteLength(JSON.stringify(text)) - 2;

/** The bytes of a value as JSON, counted from its texts. Counting ends beyond the limit. */
function measure(value: unknown, limit: number, bytesOf: (text: string) => number): number {
  let bytes = 0;
  const open: unknown[] = [value];
  while (open.length > 0 && bytes <= limit) {
    const item = open.pop();
    if (item instanceof FusedText) bytes += Buffer.byteLength(item.text) + 1;
    else if (typeof item === 'string') bytes += bytesOf(item) + 3;
    else if (typeof item !== 'object' || item === null) bytes += String(item ?? null).length + 1;
    else if (Array.isArray(item)) {
      bytes += 3;
      for (const below of item) open.push(below);
    } else {
      bytes += 3;
      for (const name in item) {
        const below = (item as Record<string, unknown>)[name];
        if (below === undefined) continue;
        bytes += name.length + 3;
        open.push(below);
      }
    }
  }
  return bytes;
}
