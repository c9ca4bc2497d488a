import { rawValue } from './asking/expectation.ts';
import type { Setting } from './asking/setup.ts';

/**
 * Coordinates at which the synthetic district records nothing, each with the reason; a refusal there cannot be
 * told from "not recorded", so the product's rule for them is proved by their neighbours of the same group.
 */
const nothingRecorded: Readonly<Record<string, string>> = {
  'CoordinatorAssignment.buildings': 'assignments are of whole neighbourhoods',
};

/** The declared coordinates without a recorded value, checked against what is stored. */
export function unrecorded(_setting: Setting, _concerns: (type: string) => boolean): string[] {
  void rawValue;
  return Object.keys(nothingRecorded).sort();
}
