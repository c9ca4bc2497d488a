import { type ViewerCode, viewers } from '../../identity/viewers.ts';
import type { Cell, Matrix } from '../tables/matrix.ts';
import { parts } from '../tables/row-scope-parts.ts';
import type { ScopeLine } from '../tables/row-scopes.ts';
import { accessOf, type Revision } from './revision-access.ts';

/** One difference: what a viewer had before and has now; null for nothing. */
export interface Change {
  /** A group of the matrix, or a coordinate of the contract. */
  readonly at: string;
  readonly viewer: ViewerCode;
  readonly before: string | null;
  readonly after: string | null;
  readonly kind: 'gained' | 'lost' | 'changed';
}

/** One difference of row scopes: what a part of a record type said before and says now; null for nothing. */
export interface ScopeChange {
  readonly type: string;
  readonly part: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly kind: 'added' | 'removed' | 'changed';
}

export interface PolicyDiff {
  readonly cells: readonly Change[];
  /** Null where a revision has no table of row scopes. */
  readonly rowScopes: readonly ScopeChange[] | null;
  readonly coordinates: readonly Change[];
  /** By viewer: coordinates gained, lost and otherwise changed. Viewers without any are left out. */
  readonly summary: Readonly<Partial<Record<ViewerCode, { gained: number; lost: number; changed: number }>>>;
}

/** Every cell and every coordinate that some viewer gained or lost between two revisions of the contract. */
export function comparePolicies(before: Revision, after: Revision): PolicyDiff {
  const cells = changes(cellTexts(before.matrix), cellTexts(after.matrix));
  const coordinates = changes(accessOf(before), accessOf(after));
  const rowScopes =
    before.rowScopes && after.rowScopes ? scopeChanges(before.rowScopes, after.rowScopes) : null;
  const summary: Partial<Record<ViewerCode, { gained: number; lost: number; changed: number }>> = {};
  for (const { viewer, kind } of coordinates) {
    const row = summary[viewer] ?? { gained: 0, lost: 0, changed: 0 };
    row[kind] += 1;
    summary[viewer] = row;
  }
  return { cells, rowScopes, coordinates, summary };
}

/** When a type has a part several times, the values tell the parts apart. */
function scopeChanges(before: readonly ScopeLine[], after: readonly ScopeLine[]): ScopeChange[] {
  const told = ({ type, part, value }: ScopeLine) =>
    parts.get(part)?.several ? `${type}\t${part} ${value}` : `${type}\t${part}`;
  const texts = (lines: readonly ScopeLine[]) =>
    new Map(lines.map((line) => [told(line), `${line.value || line.part} (${line.clause})`]));
  const [was, is] = [texts(before), texts(after)];
  return [...new Set([...was.keys(), ...is.keys()])].sort().flatMap((key): ScopeChange[] => {
    const [type = '', part = ''] = key.split('\t');
    const [old, now] = [was.get(key) ?? null, is.get(key) ?? null];
    if (old === now) return [];
    return [
      {
        type,
        part,
        before: old,
        after: now,
        kind: old === null ? 'added' : now === null ? 'removed' : 'changed',
      },
    ];
  });
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

/**
 * How much an answer or a cell, as text, gives: clear before masked before counts, all rows before own rows.
 */
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
