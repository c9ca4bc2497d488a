import type { Model } from '../../../src/contract/model/record.ts';

/** A type and all that is seen as it is. */
export function withParts(model: Model, type: string): string[] {
  const parts = [...model.values()].filter(({ source }) => source.scope.parent?.record === type);
  return [type, ...parts.flatMap((part) => withParts(model, part.name))];
}
