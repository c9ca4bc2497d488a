import { GraphQLError } from 'graphql';

// Faults of a read that a client can mend. No message repeats what was sent: it may be personal.

const fault = (code: string, message: string, extensions: Record<string, unknown> = {}) =>
  new GraphQLError(message, { extensions: { code, ...extensions } });

export const badId = () =>
  fault('BAD_ID', 'This is not the global id of such a record. Use an id as it came in a field `id`.');

/** The same fault in a filter, which is checked before anything runs. */
export const badFilterId = () => {
  const { message, extensions } = badId();
  return fault(String(extensions.code), message, { http: { status: 400 } });
};

/** @param coordinate the compared field, as the contract names it */
export const nullOperand = (coordinate: string) =>
  fault(
    'BAD_VALUE',
    `${coordinate} is null, which is no condition. Use isNull for what is not recorded, or leave it out.`,
    { coordinate, http: { status: 400 } },
  );

/** A text that no column can hold. */
export const badText = (coordinate: string) =>
  fault('BAD_VALUE', `${coordinate} is no text: it holds a zero character or half of a surrogate pair.`, {
    coordinate,
    http: { status: 400 },
  });

export const badCursor = () =>
  fault(
    'BAD_CURSOR',
    'This cursor does not belong to this list in this order. Start again without `after` or `before`.',
  );

export const badPage = () =>
  fault('BAD_PAGE', 'Use `first` with `after`, or `last` with `before`; a size is 0 or more.');

export const pageTooLarge = (limit: number) =>
  fault('PAGE_TOO_LARGE', `A page holds at most ${limit} records. Ask for fewer and follow the cursors.`, {
    limit,
  });

export const listTooLong = (coordinate: string, limit: number) =>
  fault(
    'LIST_TOO_LONG',
    `${coordinate} holds more than ${limit} records here, and a part of them would pass for all. Ask the department that keeps them.`,
    { coordinate, limit },
  );

export const filterTooBroad = (type: string, limit: number) =>
  fault('FILTER_TOO_BROAD', `More than ${limit} ${type} records match a part of the filter. Narrow it.`, {
    limit,
  });

export const filterTooComplex = (conditions: number, depth: number) =>
  fault(
    'FILTER_TOO_COMPLEX',
    `A filter has at most ${conditions} conditions on ${depth} levels. Ask in several documents.`,
    {
      limit: conditions,
      http: { status: 400 },
    },
  );

export const tooManyLooks = (limit: number) =>
  fault(
    'FILTER_TOO_COMPLEX',
    `A filter asks after persons through at most ${limit} relations and negations. Ask in several documents.`,
    { limit },
  );

export const tooManyValues = (limit: number) =>
  fault('TOO_MANY_VALUES', `A condition \`in\` takes at most ${limit} values. Ask in several documents.`, {
    limit,
  });

/** The answer to an exact look-up of a person whose whereabouts are shielded (dossier §6.3). */
export const askRegistrar = () =>
  fault('ASK_REGISTRAR', 'Ask the registrar of the public security sub-bureau about this number.');

/** One answer for a place that does not exist and for one beyond the viewer's own. */
export const placeOutOfScope = (unit: string, coordinate: string) =>
  fault(
    'OUT_OF_SCOPE',
    `${unit} works on no place of this code. Check the code, or ask the unit of that place.`,
    {
      coordinate,
    },
  );

/** One answer for a record that does not exist and for one outside the row scope. */
export const outOfScope = (type: string, unit: string) =>
  fault('OUT_OF_SCOPE', `No such ${type} among the records that ${unit} works on.`, { type });
