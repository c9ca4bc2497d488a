import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ViewerCode } from '../../../src/identity/viewers.ts';

// The row scopes as this test reads them: which parts a type has from the product's own table, by which columns from the
// dossier. No code of src/ reads either for it, so that a part that is left out there is missed here.

const root = join(import.meta.dirname, '../../..');

/** Whose rows of a type are whose, by names of properties. */
export interface RowReading {
  readonly place?: {
    readonly subdistrict: string;
    readonly station?: string;
    readonly neighbourhood?: string;
  };
  readonly about: readonly string[];
  readonly serves: readonly string[];
  readonly concerns: readonly string[];
  readonly concerned: readonly string[];
  readonly units: readonly string[];
  readonly persons: readonly string[];
  readonly former?: {
    readonly unit: string;
    readonly subdistrict: string;
    readonly leftOn: string;
    readonly days: number;
  };
  readonly window?: { readonly unit: string; readonly closedOn: string; readonly days: number };
  readonly task?: {
    readonly assignee: string;
    readonly closedOn: string;
    readonly subject: string;
    readonly subdistrict: string;
    readonly days: number;
  };
  readonly asked?: {
    readonly unit: string;
    readonly closedOn: string;
    readonly opens: ReadonlyMap<string, string>;
  };
  /** The one department that sees all files of those whom it serves. */
  readonly keeper?: ViewerCode;
  readonly parent?: { readonly type: string; readonly by: string };
  readonly post?: { readonly viewer: ViewerCode; readonly duty: string };
  /** True in rows of shielded persons, and who sees them: all, or its own. */
  readonly shield?: {
    readonly by: string;
    readonly all: readonly ViewerCode[];
    readonly own: readonly ViewerCode[];
  };
  readonly publishedOn?: string;
  readonly everywhere: boolean;
}

/** One part: `territory station` and what stands beside it, in the product's words. */
export interface ScopePart {
  readonly part: string;
  readonly value: string;
  readonly columns: readonly string[];
}

const lines = (path: string): string[][] =>
  readFileSync(join(root, path), 'utf8')
    .split('\n')
    .slice(1)
    .filter((line) => line !== '')
    .map((line) => line.split('\t'));

const keepers: Readonly<Record<string, string>> = {
  about: 'subjects',
  serves: 'serves',
  concerns: 'concerns',
  concerned: 'concerned',
  units: 'units',
  persons: 'persons',
};

/** The dossier's reading, part by part, in the words of the product's table. */
export function dossierParts(): Map<string, ScopePart[]> {
  const found = new Map<string, ScopePart[]>();
  for (const [type = '', , scope = ''] of lines('tests/access/dossier/row-scopes.tsv'))
    found.set(type, scope.split('; ').flatMap(partsOf));
  return found;
}

function partsOf(phrase: string): ScopePart[] {
  const [word = '', ...rest] = phrase.split(' ');
  const last = rest.at(-1) ?? '';
  const one = (part: string, value: string, columns: readonly string[]) => [{ part, value, columns }];
  switch (word) {
    case 'place':
      return rest.map((column, i) => ({
        part: 'territory',
        value: ['subdistrict', 'station', 'neighbourhood'][i] ?? '?',
        columns: [column],
      }));
    case 'former':
    case 'window':
    case 'task':
      return one(word, last, rest.slice(0, -1));
    case 'asked':
      return rest.slice(2).map((opened) => {
        const [type = '', column = ''] = opened.split('=');
        return { part: 'asked', value: type, columns: [...rest.slice(0, 2), column] };
      });
    case 'kept':
      return one('onRequest', last, []);
    case 'part':
      return one('parent', rest[1] ?? '', [last]);
    case 'post':
      return one('post', rest.join(' '), []);
    case 'shield':
      return one('shield', rest.slice(1).join(' '), rest.slice(0, 1));
    case 'public':
      return last === 'all' ? one('published', 'ALL_ROWS', []) : one('published', 'BY_DAY', [last]);
    case 'everywhere':
      return one('everywhere', '', []);
    default:
      return one(keepers[word] ?? `unknown ${word}`, '', rest);
  }
}

/** The product's table, read anew: type, part, value. */
export const tableLines = (): (readonly [type: string, part: string, value: string])[] =>
  lines('schema/row-scopes.tsv')
    .filter(([, part]) => part !== 'others')
    .map(([type = '', part = '', value = '']) => [type, part, value] as const);

/** The parts of the product's table with the columns of the dossier. */
export function readRowScopes(): ReadonlyMap<string, RowReading> {
  const dossier = dossierParts();
  const made = new Map<string, RowReading>();
  for (const [type, own] of Map.groupBy(tableLines(), ([type]) => type))
    made.set(
      type,
      readingOf(
        own.map(([, part, value]) => {
          const columns = dossier.get(type)?.find((p) => p.part === part && p.value === value)?.columns;
          return { part, value, columns: columns ?? [] };
        }),
      ),
    );
  return made;
}

function readingOf(parts: readonly ScopePart[]): RowReading {
  const all = (part: string) => parts.filter((p) => p.part === part);
  const columns = (part: string) => all(part).flatMap((p) => p.columns);
  const level = (value: string) => all('territory').find((p) => p.value === value)?.columns[0];
  const [subdistrict, station, neighbourhood] = ['subdistrict', 'station', 'neighbourhood'].map(level);
  const [window, task, parent, post, shield, keeper, published, former] = [
    'window',
    'task',
    'parent',
    'post',
    'shield',
    'onRequest',
    'published',
    'former',
  ].map((part) => all(part)[0]);
  const asked = all('asked');
  const codes = (shield?.value ?? '').split(' ');
  const [viewer, duty = ''] = (post?.value ?? '').split(' ');
  const at = (part: ScopePart, i: number): string => part.columns[i] ?? '';
  return {
    ...(subdistrict && {
      place: { subdistrict, ...(station && { station }), ...(neighbourhood && { neighbourhood }) },
    }),
    about: columns('subjects'),
    serves: columns('serves'),
    concerns: columns('concerns'),
    concerned: columns('concerned'),
    units: columns('units'),
    persons: columns('persons'),
    ...(former && {
      former: {
        unit: at(former, 0),
        subdistrict: at(former, 1),
        leftOn: at(former, 2),
        days: Number(former.value),
      },
    }),
    ...(window && { window: { unit: at(window, 0), closedOn: at(window, 1), days: Number(window.value) } }),
    ...(task && {
      task: {
        assignee: at(task, 0),
        closedOn: at(task, 1),
        subject: at(task, 2),
        subdistrict: at(task, 3),
        days: Number(task.value),
      },
    }),
    ...(asked[0] && {
      asked: {
        unit: at(asked[0], 0),
        closedOn: at(asked[0], 1),
        opens: new Map(asked.map((p) => [p.value, at(p, 2)])),
      },
    }),
    ...(keeper && { keeper: keeper.value as ViewerCode }),
    ...(parent && { parent: { type: parent.value, by: at(parent, 0) } }),
    ...(post && { post: { viewer: viewer as ViewerCode, duty } }),
    ...(shield && {
      shield: {
        by: at(shield, 0),
        all: codes.filter((code) => !code.endsWith('o')) as ViewerCode[],
        own: codes.filter((code) => code.endsWith('o')).map((code) => code.slice(0, -1)) as ViewerCode[],
      },
    }),
    ...(published?.value === 'BY_DAY' && { publishedOn: at(published, 0) }),
    everywhere: all('everywhere').length > 0,
  };
}
