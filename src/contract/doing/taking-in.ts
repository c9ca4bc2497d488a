import type { ViewerName } from '../../identity/viewers.ts';
import { getViewer } from '../../identity/viewers.ts';
import type { Model } from '../model/record.ts';

/** What persons are found by who come with a document. */
export const presented = { type: 'Migrant', property: 'citizenIdNumber' } as const;

/**
 * Whether a viewer takes in persons whom it has not seen before: a department that sees its own clients only. Whoever
 * comes to it with a number becomes one by the record that it makes. It may refer to the person, and reads nothing of
 * the person before.
 */
export const takesIn = (viewer: ViewerName, model: Model): boolean => {
  const rows = model.get(presented.type)?.access[viewer].rows;
  return getViewer(viewer).kind === 'DISTRICT' && (rows === 'OWN' || rows === 'NONE');
};
