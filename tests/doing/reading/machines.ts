import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ViewerCode } from '../../../src/identity/viewers.ts';

// The do-matrix as this test reads it: it parses schema/machines/*.tsv by itself and shares no code with the product, so
// that a mistake there is not repeated here.

const folder = join(import.meta.dirname, '../../../schema/machines');

/** Which rows an actor may act on: one token of the column `territory`. */
export interface Territory {
  readonly kind: string;
  /** Of `unit <property>` and `person <property>`. */
  readonly property: string;
}

/** One row of a table. */
export interface Row {
  /** `permit-application.tsv:7`. */
  readonly where: string;
  readonly record: string;
  /** `–` alone: it makes the record; `*` alone: in any state. */
  readonly from: readonly string[];
  readonly event: string;
  readonly to: string;
  /** Codes of viewers; none where the system does it. */
  readonly viewers: readonly string[];
  readonly posts: readonly string[];
  readonly territory: readonly Territory[];
  readonly input: readonly { readonly field: string; readonly required: boolean }[];
  readonly guards: readonly string[];
  readonly effects: readonly string[];
  readonly deadline: string;
  readonly awaited: boolean;
  readonly adverse: boolean;
  readonly mutation: string;
  /** The mutation that does it for each row of a list. */
  readonly list: string;
  readonly clause: string;
  readonly title: string;
}

const split = (cell: string, by: RegExp): string[] =>
  cell
    .split(by)
    .map((part) => part.trim())
    .filter((part) => part !== '');

function rowOf(where: string, line: string): Row {
  const [
    record = '',
    from = '',
    event = '',
    to = '',
    viewers = '',
    post = '',
    territory = '',
    input = '',
    guard = '',
    effects = '',
    deadline = '',
    awaited = '',
    adverse = '',
    mutation = '',
    clause = '',
    title = '',
  ] = line.split('\t').map((cell) => cell.trim());
  return {
    where,
    record,
    from: from === '' ? ['*'] : split(from, /[,，]/),
    event,
    to,
    viewers: split(viewers, /[,，]/).filter((code) => code !== 'SYSTEM'),
    posts: split(post, /[,，]/),
    territory: split(territory, /\|/).map((token) => {
      const [kind = '', property = ''] = token.split(' ');
      return { kind, property };
    }),
    input: split(input, / /).map((token) => ({
      field: token.replace('!', ''),
      required: token.endsWith('!'),
    })),
    guards: split(guard, /;/),
    effects: split(effects, /;/),
    deadline,
    awaited: awaited === 'yes',
    adverse: adverse === 'adverse',
    mutation: mutation.split(' ')[0] ?? '',
    list: /(\w+)\[\]/.exec(mutation)?.[1] ?? '',
    clause,
    title,
  };
}

/** Every row of every table, by record type. */
export function readTables(): ReadonlyMap<string, readonly Row[]> {
  const rows = globSync('*.tsv', { cwd: folder })
    .sort()
    .flatMap((file) =>
      readFileSync(join(folder, file), 'utf8')
        .split('\n')
        .map((line, i) => ({ line: line.replace('\r', ''), where: `${file}:${i + 1}` }))
        .slice(1)
        .filter(({ line }) => line.trim() !== '')
        .map(({ line, where }) => rowOf(where, line)),
    );
  return Map.groupBy(rows, ({ record }) => record);
}

export const makes = ({ from }: Row): boolean => from[0] === '–';
export const bySystem = ({ viewers }: Row): boolean => viewers.length === 0;

/** Whether a row leaves from a state; null for a record without states. */
export const leaves = (row: Row, state: string | null): boolean =>
  !makes(row) && (row.from[0] === '*' || (state !== null && row.from.includes(state)));

/** Who may act: a viewer, a branch of the society, which has a place, or the system. */
export type Actor = ViewerCode | 'SVB' | 'SYSTEM';

/** Whether a row names an actor, its post apart. A branch of the society is the society elsewhere. */
export const names = (row: Row, actor: Actor): boolean =>
  actor === 'SYSTEM' ? bySystem(row) : row.viewers.includes(actor === 'SVB' ? 'SVC' : actor);

/** Whether a row is open to an actor with some posts; what it may act on apart. */
export const isOpen = (row: Row, actor: Actor, posts: readonly string[]): boolean =>
  names(row, actor) &&
  (actor === 'SYSTEM' || row.posts.length === 0 || row.posts.some((p) => posts.includes(p)));

/** The states that the rows of a table know. */
export const statesOf = (rows: readonly Row[]): string[] =>
  [...new Set(rows.flatMap(({ from, to }) => [...from, to]))].filter(
    (state) => state !== '' && state !== '–' && state !== '*',
  );

/** `returnForReview` as the enum of a mutation writes it. */
export const enumOf = (event: string): string => event.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toUpperCase();

/** The sets of posts that an actor is tried with: none, and each that some row of the table asks for. */
export const postSets = (rows: readonly Row[], actor: Actor): string[][] => {
  const asked = new Set(rows.filter((row) => names(row, actor)).flatMap(({ posts }) => posts));
  return [[], ...[...asked].map((post) => [post])];
};
