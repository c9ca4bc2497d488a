import { GraphQLError } from 'graphql';
import type { Misread } from '../misread.ts';

export type UserErrorCode = 'REQUIRED' | 'VALIDATION' | 'NOT_FOUND' | 'NOT_READY' | RefusalCode;

/** Refusals of one row of a list; of a single call they are errors of the answer. */
export type RefusalCode = 'NOT_YOURS' | 'CONFLICT' | 'BAD_TRANSITION';

/** Something that the person can mend: where in the input, what, in both languages. It never repeats a value. */
export interface UserError {
  readonly path: readonly string[];
  readonly code: UserErrorCode;
  readonly message: string;
  readonly messageZh: string;
}

export const required = (...path: string[]): UserError => ({
  path,
  code: 'REQUIRED',
  message: `${path.join('.')} is needed.`,
  messageZh: `${path.join('.')} 为必填项。`,
});

export const invalid = (path: readonly string[], message: string, messageZh: string): UserError => ({
  path,
  code: 'VALIDATION',
  message,
  messageZh,
});

export const misread = (path: readonly string[], { expected, expectedZh }: Misread): UserError =>
  invalid(path, `This is not ${expected}.`, `应为${expectedZh}。`);

export const notFound = (...path: string[]): UserError => ({
  path,
  code: 'NOT_FOUND',
  message: `${path.join('.')}: there is no such record that you may use.`,
  messageZh: `${path.join('.')}：无此记录，或您无权使用。`,
});

/** Something that must stand on a printed document is not recorded, or not for this viewer to read. */
export const notPrintable = (): UserError => ({
  path: [],
  code: 'NOT_READY',
  message: 'Something that must stand on the document is not recorded, or you may not read it.',
  messageZh: '文书必须载明的内容尚未登记，或您无权查看。',
});

/** The input cannot be used; nothing has happened. */
export class InputFaults extends Error {
  override readonly name = 'InputFaults';
  readonly faults: readonly UserError[];

  constructor(faults: readonly UserError[]) {
    super('The input has faults.');
    this.faults = faults;
  }
}

const fault = (code: string, message: string, extensions: Record<string, unknown> = {}) =>
  new GraphQLError(message, { extensions: { code, ...extensions } });

/**
 * The actor, the post or the territory is not right. The same answer for a record that does not exist and one that the
 * actor does not see.
 */
export const notYours = (coordinate: string) =>
  fault(
    'NOT_YOURS',
    `${coordinate}: this unit may not do it to this record. availableActions of a record says what may be done.`,
    { coordinate },
  );

/** The state of the record does not allow it. @param legal the events that this viewer may let happen now */
export const badTransition = (event: string, state: string | null, legal: readonly string[]) =>
  fault(
    'BAD_TRANSITION',
    `${event} cannot happen ${state === null ? 'now' : `in the state ${state}`}. Possible for you: ${legal.join(', ') || 'nothing'}.`,
    { event, state, legal },
  );

/** Somebody else changed the record meanwhile. */
export const conflict = (
  current: number,
  changed: { readonly fields: readonly string[]; readonly groups: readonly string[] },
) =>
  fault(
    'CONFLICT',
    'The record has changed since it was read. Read it again, compare, and send the new recordVersion.',
    { recordVersion: current, ...changed },
  );

export const keyReused = () =>
  fault('KEY_REUSED', 'This key was used for another call. A new call needs a new clientMutationId.', {
    http: { status: 400 },
  });

export const badKey = () =>
  fault('BAD_VALUE', 'clientMutationId has 1 to 200 characters, none of them a control character.', {
    http: { status: 400 },
  });
