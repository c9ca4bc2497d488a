/** How a text is read before it is compared: the enum Reading of schema/base.graphql. */
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
 * The reading of a field by its type and its `@reads`. Null for what is no text: enums, numbers, and scalars
 * with a reading of their own, whose columns hold one spelling.
 */
export function readingOf(type: string, declared: string | undefined): TextReading | null {
  if (declared) return declared as TextReading;
  if (type === 'String') return 'TEXT';
  return type === 'DivisionCode' ? 'CODE' : null;
}

/** Whether the column may hold several spellings of one text. The database then folds both sides. */
export const isFolded = (reading: TextReading | null): boolean =>
  reading !== null && reading !== 'CODE' && reading !== 'EXACT';
