import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PostFunction, postFunctions } from '../../identity/viewer.ts';
import { findViewer, type ViewerName } from '../../identity/viewers.ts';
import type { DoMatrix, Effect, InputField, TerritoryRule, Transition } from './transition.ts';

const columns = [
  'record',
  'from',
  'event',
  'to',
  'viewers',
  'post',
  'territory',
  'input',
  'guard',
  'effects',
  'deadline',
  'awaited',
  'adverse',
  'mutation',
  'clause',
  'title',
] as const;
type Cells = Record<(typeof columns)[number], string>;

/**
 * Reads the do-matrix: every table of the folder, one file a record type.
 * @throws Error that names file, line and column of every fault at once
 */
export function readMachines(folder: string): DoMatrix {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.tsv'))
    .sort();
  return parseMachines(
    files.map((name) => ({
      name: `schema/machines/${name}`,
      text: readFileSync(join(folder, name), 'utf8'),
    })),
  );
}

/** The same from texts. @param files how faults call them, and what stands in them */
export function parseMachines(files: readonly { readonly name: string; readonly text: string }[]): DoMatrix {
  const faults: string[] = [];
  const transitions = files.flatMap(({ name, text }) => readFile(name, text, faults));
  if (faults.length > 0) throw new Error(`The do-matrix has faults:\n${faults.join('\n')}`);
  const byMutation = Map.groupBy(
    transitions.filter(({ mutation }) => mutation !== null),
    ({ mutation }) => mutation!,
  );
  return { transitions, byRecord: Map.groupBy(transitions, ({ record }) => record), byMutation };
}

function readFile(file: string, text: string, faults: string[]): Transition[] {
  const [head = '', ...lines] = text.trimEnd().split(/\r?\n/);
  if (head !== columns.join('\t')) {
    faults.push(`${file}:1: the columns must be ${columns.join(', ')}`);
    return [];
  }
  return lines.map((line, i) => {
    const values = line.split('\t').map((value) => value.trim());
    const where = `${file}:${i + 2}`;
    if (values.length > columns.length) faults.push(`${where}: has more cells than columns`);
    const cells = Object.fromEntries(columns.map((name, at) => [name, values[at] ?? ''])) as Cells;
    const says = (column: keyof Cells, fault: string) => faults.push(`${where}, column ${column}: ${fault}`);
    return readRow(where, cells, says);
  });
}

type Says = (column: keyof Cells, fault: string) => void;

function readRow(where: string, cells: Cells, says: Says): Transition {
  const viewers = listOf(cells.viewers);
  const bySystem = viewers.length === 1 && viewers[0] === 'SYSTEM';
  const [, mutation = null, listMutation = null] = /^(\w+)(?: (\w+)\[\])?$/.exec(cells.mutation) ?? [];
  if (cells.mutation !== '' && mutation === null)
    says('mutation', `"${cells.mutation}" is no name, maybe with a second for lists: issueTask issueTasks[]`);
  if (!/^[A-Z]\w+$/.test(cells.record)) says('record', `"${cells.record}" is no name of a type`);
  if (!/^[a-z]\w*$/.test(cells.event)) says('event', `"${cells.event}" is no name of an event`);
  if (bySystem !== (mutation === null)) says('mutation', 'what actors do has one, what the system does none');
  if (cells.clause === '') says('clause', 'say which clause or section gives the right');
  if (cells.title === '') says('title', 'say what happens, in English and (Chinese)');
  if (!bySystem && cells.territory === '') says('territory', 'say on which rows the actor may act');
  return {
    where,
    record: cells.record,
    from: cells.from === '–' ? 'NEW' : cells.from === '*' || cells.from === '' ? 'ANY' : listOf(cells.from),
    event: cells.event,
    to: cells.to || null,
    viewers: bySystem ? new Set() : readViewers(viewers, says),
    bySystem,
    posts: listOf(cells.post).map((post) => {
      if (!postFunctions.includes(post as PostFunction)) says('post', `there is no post ${post}`);
      return post as PostFunction;
    }),
    territory: cells.territory
      .split('|')
      .map((token) => token.trim())
      .filter(Boolean)
      .map((token) => readTerritory(token, says)),
    input: cells.input.split(/\s+/).filter(Boolean).map(readInput),
    guards: partsOf(cells.guard),
    effects: partsOf(cells.effects).map(readEffect),
    deadline: cells.deadline || null,
    awaited: flag('awaited', 'yes', cells, says),
    adverse: flag('adverse', 'adverse', cells, says),
    mutation,
    listMutation,
    clause: cells.clause,
    title: cells.title,
  };
}

const listOf = (cell: string): string[] => cell.split(/[,，]\s*/).filter(Boolean);
const partsOf = (cell: string): string[] =>
  cell
    .split(';')
    .map((part) => part.trim())
    .filter(Boolean);

function flag(column: 'awaited' | 'adverse', word: string, cells: Cells, says: Says): boolean {
  if (cells[column] !== '' && cells[column] !== word) says(column, `is empty or says "${word}"`);
  return cells[column] === word;
}

function readViewers(codes: readonly string[], says: Says): ReadonlySet<ViewerName> {
  if (codes.length === 0) says('viewers', 'say who may, or SYSTEM');
  return new Set(
    codes.flatMap((code) => {
      const found = findViewer(code);
      if (!found || found.code !== code) says('viewers', `there is no viewer ${code}`);
      return found ? [found.name] : [];
    }),
  );
}

function readTerritory(token: string, says: Says): TerritoryRule {
  const [, kind, property] = /^(unit|person) (\w+)$/.exec(token) ?? [];
  if (kind && property) return { kind: kind as 'unit' | 'person', property };
  const plain = ['everywhere', 'subdistrict', 'station', 'neighbourhood', 'own'] as const;
  const found = plain.find((name) => name === token);
  if (!found)
    says('territory', `"${token}" is none of ${plain.join(', ')}, unit <property>, person <property>`);
  return { kind: found ?? 'own' };
}

function readInput(token: string): InputField {
  const required = token.endsWith('!');
  return { field: required ? token.slice(0, -1) : token, required };
}

function readEffect(text: string): Effect {
  const [, property, value] = /^(\w+)=(\S+)$/.exec(text) ?? [];
  if (property && value) return { kind: 'set', property, value };
  const [, name = text, store = ''] = /^(\w+)(?:\[(\w+)\])?$/.exec(text) ?? [];
  return { kind: 'function', name, store };
}
