import { type ViewerCode, viewers } from '../../identity/viewers.ts';
import type { Cell, Matrix } from '../matrix.ts';
import { type Revision, sightsOf } from './sights.ts';

/** One difference: what a viewer had and has; null for nothing. */
export interface Change {
  /** A group of the matrix, or a coordinate of the contract. */
  readonly at: string;
  readonly viewer: ViewerCode;
  readonly before: string | null;
  readonly after: string | null;
  readonly kind: 'gained' | 'lost' | 'changed';
}

export interface PolicyDiff {
  readonly cells: readonly Change[];
  readonly coordinates: readonly Change[];
  /** Coordinates gained, lost and otherwise changed, by viewer; those without any are left out. */
  readonly summary: Readonly<Partial<Record<ViewerCode, { gained: number; lost: number; changed: number }>>>;
}

/** Every cell and every coordinate that some viewer gained or lost from one revision of the contract to another. */
export function comparePolicies(before: Revision, after: Revision): PolicyDiff {
  const cells = changes(cellTexts(before.matrix), cellTexts(after.matrix));
  const coordinates = changes(sightsOf(before), sightsOf(after));
  const summary: Partial<Record<ViewerCode, { gained: number; lost: number; changed: number }>> = {};
  for (const { viewer, kind } of coordinates) {
    const row = summary[viewer] ?? { gained: 0, lost: 0, changed: 0 };
    row[kind] += 1;
    summary[viewer] = row;
  }
  return { cells, coordinates, summary };
}

type Texts = ReadonlyMap<string, ReadonlyMap<ViewerCode, string>>;

function changes(before: Texts, after: Texts): Change[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((at) =>
    viewers.flatMap(({ code }): Change[] => {
      const [was, is] = [before.get(at)?.get(code) ?? null, after.get(at)?.get(code) ?? null];
      return was === is ? [] : [{ at, viewer: code, before: was, after: is, kind: kindOf(was, is) }];
    }),
  );
}

function kindOf(before: string | null, after: string | null): Change['kind'] {
  const [was, is] = [widthOf(before), widthOf(after)];
  return is > was ? 'gained' : is < was ? 'lost' : 'changed';
}

/** How much a text of a sight or of a cell gives: in clear before masked before counts, all rows before own ones. */
function widthOf(text: string | null): number {
  if (text === null) return 0;
  const own = /own rows|^[FMA]o /.test(text);
  if (/^A/.test(text)) return 1;
  if (/^MASKED NULL/.test(text)) return own ? 2 : 3;
  if (/^(MASKED|M)/.test(text)) return own ? 4 : 5;
  return own ? 6 : 7;
}

function cellTexts(matrix: Matrix): Texts {
  const text = ({ value, own, clause }: Cell) => `${value}${own ? 'o' : ''} ${clause}`;
  return new Map(
    [...matrix.values()].map(({ name, cells }) => [
      name,
      new Map(
        viewers.flatMap((viewer) => {
          const cell = cells.get(viewer.name);
          return cell ? [[viewer.code, text(cell)] as const] : [];
        }),
      ),
    ]),
  );
}
