import { GraphQLError } from 'graphql';
import type { Purposes } from '../../contract/tables/purposes.ts';
import { getViewer, type ViewerName } from '../../identity/viewers.ts';

/**
 * The header that carries the purpose. `extensions.purpose` of the request is read where the header is
 * absent.
 */
export const purposeHeader = 'laihu-purpose';

/** The purpose that a request names: an existing one, none, or an unknown one. */
export interface StatedPurpose {
  /** A value of the enum Purpose, never anything else that a client wrote. */
  readonly purpose: string | null;
  /** The request names something that is no purpose. */
  readonly isUnknown: boolean;
}

/** Reads the purpose of a request, the header first. An unknown purpose is not kept: it may hold anything. */
export function statedPurpose(purposes: Purposes, header: unknown, extension: unknown): StatedPurpose {
  const said = header ?? extension ?? null;
  if (said === null || said === '') return { purpose: null, isUnknown: false };
  const isKnown = typeof said === 'string' && purposes.rows.has(said);
  return { purpose: isKnown ? said : null, isUnknown: !isKnown };
}

/**
 * The refusal of a document that reads persons without a purpose open to the acting viewer; null when it may
 * run (dossier §0.8, §6.4).
 */
export function purposeRefusal(
  purposes: Purposes,
  { purpose, isUnknown }: StatedPurpose,
  viewer: ViewerName,
): GraphQLError | null {
  if (purpose !== null && purposes.clause(purpose, viewer) !== undefined) return null;
  const open = purposes.openTo(viewer);
  const list = open.length === 1 ? open[0] : `${open.slice(0, -1).join(', ')} or ${open.at(-1)}`;
  const say = `Send the header ${purposeHeader} (or extensions.purpose) with ${list}.`;
  const refuse = (code: string, message: string) =>
    new GraphQLError(message, { extensions: { code, ...(purpose && { purpose }), open } });
  if (isUnknown) return refuse('PURPOSE_UNKNOWN', `There is no such purpose. ${say}`);
  if (purpose === null)
    return refuse('PURPOSE_REQUIRED', `The document reads persons and needs a purpose. ${say}`);
  const { code } = getViewer(viewer);
  return refuse('PURPOSE_DENIED', `No clause opens the purpose ${purpose} to ${viewer} (${code}). ${say}`);
}
