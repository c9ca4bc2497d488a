import { keeperOf, postOf, type RowScopeTable, type ScopeLine, shieldOpenTo } from '../tables/row-scopes.ts';
import type { Carriers, RowScope } from './row-scope.ts';

/** A store's record types with the columns that carry their row scopes. */
export interface CarryingStore {
  readonly store: string;
  readonly records: Readonly<Record<string, { readonly carries?: Carriers }>>;
}

/** The same store with the row scopes. */
export type Scoped<Store extends CarryingStore> = Omit<Store, 'records'> & {
  readonly records: Readonly<Record<string, Store['records'][string] & { readonly scope: RowScope }>>;
};

/**
 * Joins the table of row scopes with the columns that the departments name for it.
 * @throws Error with a sentence for each part without a column, column without a part, type without a line,
 * and line of an unknown type
 */
export function crossScopes<Store extends CarryingStore>(
  stores: readonly Store[],
  table: RowScopeTable,
): Scoped<Store>[] {
  const faults: string[] = [];
  const known = new Set(stores.flatMap(({ records }) => Object.keys(records)));
  const lines = Map.groupBy(table.lines, ({ type }) => type);
  for (const [type, [line]] of lines)
    if (!known.has(type) && line?.part !== 'others')
      faults.push(
        `${table.file}: ${type} is no record type of any department; correct the name or remove its lines.`,
      );
  for (const { type, part, value } of table.lines)
    if ((part === 'parent' || part === 'asked') && !known.has(value))
      faults.push(
        `${table.file}: ${part} of ${type} names ${value}, which is no record type of any department; correct it.`,
      );
  const made = stores.map((store) => {
    const folder = `src/departments/${store.store.replaceAll('_', '-')}`;
    const records = Object.fromEntries(
      Object.entries(store.records).map(([type, source]) => {
        const own = lines.get(type) ?? [];
        const carries = source.carries ?? {};
        if (own.length === 0)
          faults.push(
            `${table.file}: ${type} has no line, so that nobody would see a row; add its parts with their clauses.`,
          );
        else faults.push(...mismatches(type, own, carries, table.file, folder));
        return [type, { ...source, scope: scopeOf(own, carries) }];
      }),
    );
    return { ...store, records } as unknown as Scoped<Store>;
  });
  if (faults.length > 0)
    throw new Error(`The table of row scopes and the departments do not fit:\n${faults.join('\n')}`);
  return made;
}

/** The parts for which a table needs columns, as the lines name them: `territory station`, `asked Migrant`, `units`. */
function neededBy(lines: readonly ScopeLine[]): Set<string> {
  const withValue = new Set(['territory', 'asked']);
  const withoutColumn = new Set(['onRequest', 'post', 'everywhere', 'others']);
  return new Set(
    lines
      .filter(({ part, value }) => !withoutColumn.has(part) && value !== 'ALL_ROWS')
      .map(({ part, value }) => (withValue.has(part) ? `${part} ${value}` : part)),
  );
}

/** The parts for which a department names columns; an empty list names none. */
function carriedBy({ territory, asked, ...others }: Carriers): Set<string> {
  const named = (part: string, columns: object | undefined) =>
    Object.entries(columns ?? {}).flatMap(([name, column]) => (column ? [`${part} ${name}`] : []));
  return new Set([
    ...named('territory', territory),
    ...named('asked', asked?.opens),
    ...Object.entries(others).flatMap(([part, columns]) =>
      columns === undefined || (Array.isArray(columns) && columns.length === 0) ? [] : [part],
    ),
  ]);
}

function mismatches(
  type: string,
  lines: readonly ScopeLine[],
  carries: Carriers,
  file: string,
  folder: string,
): string[] {
  const [needed, carried] = [neededBy(lines), carriedBy(carries)];
  const missing = [...needed].filter((part) => !carried.has(part));
  const extra = [...carried].filter((part) => !needed.has(part));
  return [
    ...missing.map(
      (part) =>
        `${file}: ${type} has the part ${part}, but ${folder}/ names no column for it; add it to carries, or remove the line.`,
    ),
    ...extra.map(
      (part) =>
        `${folder}/: carries of ${type} names a column for ${part}, but ${file} has no such line; add it with its clause, or remove the column.`,
    ),
  ];
}

function scopeOf(lines: readonly ScopeLine[], carries: Carriers): RowScope {
  const value = (part: ScopeLine['part']) => lines.find((line) => line.part === part)?.value;
  const { former, window, task, parent, published, shield, ...same } = carries;
  const [formerDays, windowDays, taskDays] = [value('former'), value('window'), value('task')];
  const record = value('parent');
  const [keeper, post, open] = [value('onRequest'), value('post'), value('shield')];
  return {
    ...same,
    ...(former && formerDays ? { former: { ...former, days: Number(formerDays) } } : {}),
    ...(window && windowDays ? { window: { ...window, days: Number(windowDays) } } : {}),
    ...(task && taskDays ? { task: { ...task, days: Number(taskDays) } } : {}),
    ...(keeper ? { onRequest: keeperOf(keeper) } : {}),
    ...(parent && record ? { parent: { record, by: parent } } : {}),
    ...(value('published') === 'ALL_ROWS'
      ? { published: 'ALL_ROWS' }
      : published
        ? { published: { on: published } }
        : {}),
    ...(value('everywhere') === undefined ? {} : { everywhere: true }),
    ...(post ? { post: postOf(post) } : {}),
    ...(shield && open ? { shielded: shield, shieldOpenTo: shieldOpenTo(open) } : {}),
  };
}
