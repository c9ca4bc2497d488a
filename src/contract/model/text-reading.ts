/** How a text that is compared is read: the enum Reading of schema/base.graphql. */
export type TextReading =
  | 'TEXT'
  | 'NAME'
  | 'CODE'
  | 'PHONE'
  | 'ROAD'
  | 'LANE_NUMBER'
  | 'BUILDING_NUMBER'
  | 'ROOM_NUMBER'
  | 'EXACT';

/**
 * The reading of a field by its type and its `@reads`. Null for what is no text: an enum, a number, and scalars that
 * read themselves, whose columns hold one spelling.
 */
export function readingOf(type: string, declared: string | undefined): TextReading | null {
  if (declared) return declared as TextReading;
  if (type === 'String') return 'TEXT';
  return type === 'DivisionCode' ? 'CODE' : null;
}

/** Whether the column may hold several spellings of one text, so that both sides are folded by the database. */
export const isFolded = (reading: TextReading | null): boolean =>
  reading !== null && reading !== 'CODE' && reading !== 'EXACT';
