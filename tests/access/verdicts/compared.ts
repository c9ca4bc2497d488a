import { type ViewerCode, type ViewerName, viewers } from '../../../src/identity/viewers.ts';

export type EachViewer = readonly { readonly code: ViewerCode; readonly name: ViewerName }[];
export const eachViewer: EachViewer = viewers;

/** One sentence when two are not the same. */
export function* compared(where: string, got: unknown, expected: unknown): Generator<string> {
  const [is, should] = [String(got ?? null), String(expected ?? null)];
  if (is !== should) yield `${where}: ${is}, expected ${should}`;
}
