import type { Sql } from 'postgres';
import { encodeNodeId } from '../../../src/graph/node-id.ts';
import type { Viewer } from '../../../src/identity/viewer.ts';
import type { Answer, TestGraph } from '../../support/graph.ts';
import { enumOf, isOpen, leaves, makes, names, postSets, type Row } from '../reading/machines.ts';
import { capital, type ReadMutation, small } from '../reading/mutations.ts';
import type { Tally } from './by-role.ts';
import { askers, type Ground, type Machine, type Placed } from './ground.ts';

/** How a mutation ended. */
interface Ending {
  /** The code of a refusal as a whole. */
  readonly code: string;
  readonly legal: readonly string[];
  /** What the person is to mend: code and path. */
  readonly mend: readonly { readonly code: string; readonly path: readonly string[] }[];
}

async function ask(
  graph: TestGraph,
  viewer: Viewer,
  name: string,
  input: Record<string, unknown>,
): Promise<Ending> {
  const document = `mutation($input: ${capital(name)}Input!) { ${name}(input: $input) { committed userErrors { code path } } }`;
  return endingOf(await graph.ask(viewer, document, { input }), name);
}

function endingOf({ data, errors }: Answer, name: string): Ending {
  const [error] = errors;
  const extensions = error?.extensions as { code?: string; legal?: string[] } | undefined;
  return {
    code: error ? String(extensions?.code ?? error.message) : '',
    legal: extensions?.legal ?? [],
    mend: data?.[name]?.userErrors ?? [],
  };
}

/** Puts a row of the district into a state, as the owner; a rule of the table that forbids it is told. */
export async function putIntoState(
  owner: Sql,
  ground: Ground,
  { type, state }: Machine,
  { row, crafted }: Placed,
  was: string | null,
): Promise<string | null> {
  const sets = {
    ...crafted,
    ...(state && was !== null && { [ground.column(type, state)]: was }),
  };
  const entries = Object.entries(sets);
  if (entries.length === 0) return null;
  const text = `update ${ground.held(type)} set ${entries.map(([column], i) => `"${column}" = $${i + 2}`).join(', ')} where id = $1`;
  try {
    await owner.unsafe(`set session_replication_role = replica`);
    await owner.unsafe(text, [row.id, ...entries.map(([, value]) => value)]);
    return null;
  } catch (error) {
    return String((error as { code?: unknown }).code);
  } finally {
    await owner.unsafe(`set session_replication_role = origin`);
  }
}

/** The row as it was read. */
export async function putBack(
  owner: Sql,
  ground: Ground,
  { type, state }: Machine,
  { row, crafted }: Placed,
): Promise<void> {
  const properties = Object.keys(row).filter((property) => !property.endsWith('()'));
  const touched = properties.filter(
    (property) => property === state || ground.column(type, property) in crafted,
  );
  const stored = ground.district.row(type, row.id) ?? row;
  if (touched.length === 0) return;
  await owner.unsafe(`set session_replication_role = replica`);
  await owner.unsafe(
    `update ${ground.held(type)} set ${touched.map((p, i) => `"${ground.column(type, p)}" = $${i + 2}`).join(', ')} where id = $1`,
    [row.id, ...touched.map((p) => stored[p])] as never[],
  );
  await owner.unsafe(`set session_replication_role = origin`);
}

/** What the tables say of a call that changes a row in a state. */
function expected(
  machine: Machine,
  mutation: ReadMutation,
  event: string,
  { actor, posts, within }: Placed,
  was: string | null,
): { readonly code: string; readonly legal: readonly string[]; readonly row: Row | undefined } {
  const mine = mutation.rows.filter(
    (row) =>
      row.record === machine.type &&
      !makes(row) &&
      row.event === event &&
      isOpen(row, actor, posts) &&
      within.has(row),
  );
  if (mine.length === 0) return { code: 'NOT_YOURS', legal: [], row: undefined };
  const row = mine.find((each) => leaves(each, was));
  if (row) return { code: '', legal: [], row };
  const legal = machine.rows
    .filter((each) => leaves(each, was) && isOpen(each, actor, posts) && within.has(each))
    .map((each) => each.event);
  return { code: 'BAD_TRANSITION', legal: [...new Set(legal)].sort(), row: undefined };
}

/** Each difference between what the program lets viewers change and what the table says. */
export async function programFaults(
  owner: Sql,
  graph: TestGraph,
  ground: Ground,
  machine: Machine,
  tally: Tally,
): Promise<string[]> {
  const { type, states, rows } = machine;
  const faults: string[] = [];
  const calls = new Map(
    rows
      .filter((row) => row.mutation !== '' && !makes(row))
      .map(({ mutation, event }) => [`${mutation} ${event}`, { mutation, event }] as const),
  );
  for (const actor of askers) {
    const { found } = ground.placed(machine, actor);
    const isActor = rows.some((row) => !makes(row) && names(row, actor));
    // Whom no row names is refused whatever the state.
    for (const was of isActor ? states : states.slice(0, 1)) {
      for (const placed of found) {
        const stopped = await putIntoState(owner, ground, machine, placed, was);
        if (stopped !== null) {
          tally.skipped.push(`${type} ${was} for ${actor}: the owner could not set it (${stopped})`);
          continue;
        }
        const viewer = ground.viewer(actor, placed.posts);
        const id = encodeNodeId(type, placed.row.id);
        // In some states a row of the table is a record of another type.
        const isOfType = await ground.isOfType(owner, type, placed.row.id);
        for (const { mutation: name, event } of calls.values()) {
          const mutation = ground.mutations.get(name)!;
          const expectedVersion = Number(placed.row.recordVersion);
          const input = {
            id,
            expectedVersion,
            ...(mutation.choosesEvent && { event: enumOf(event) }),
          };
          const ending = await ask(graph, viewer, name, input);
          const should = isOfType
            ? expected(machine, mutation, event, placed, was)
            : { code: 'NOT_YOURS', legal: [], row: undefined };
          tally[should.code === '' ? 'legal' : 'illegal'] += 1;
          const cell = `${type}: ${was ?? 'any'} ${name} ${event} by ${actor}${placed.posts.length > 0 ? ` (${placed.posts})` : ''}`;
          if (should.code !== '') {
            if (ending.code !== should.code)
              faults.push(`${cell} should be ${should.code}, got ${textOf(ending)}`);
            else if (
              should.code === 'BAD_TRANSITION' &&
              [...ending.legal].sort().join() !== should.legal.join()
            )
              faults.push(`${cell} tells of ${ending.legal}, should of ${should.legal}`);
          } else faults.push(...letThroughFaults(cell, ending, should.row!));
        }
        await putBack(owner, ground, machine, placed);
      }
    }
  }
  return faults;
}

/** A legal call without input: nothing but what is missing keeps it back, all that is needed, and nothing else. */
function letThroughFaults(cell: string, ending: Ending, { input }: Row): string[] {
  if (ending.code !== '') return [`${cell} is legal, got ${textOf(ending)}`];
  if (ending.mend.some(({ code }) => code === 'NOT_READY')) return [];
  return needFaults(
    cell,
    ending,
    input.filter(({ required }) => required).map(({ field }) => field),
  );
}

function needFaults(cell: string, { mend }: Ending, needed: readonly string[]): string[] {
  const asked = [...new Set(mend.filter(({ code }) => code === 'REQUIRED').map(({ path }) => path[0] ?? ''))];
  const should = [...needed].sort().join();
  // What a table cannot hold without is asked for too.
  return needed.length === 0 || asked.sort().join() === should
    ? []
    : [`${cell} asks for ${asked}, should for ${should}`];
}

const textOf = ({ code, mend }: Ending): string =>
  code || (mend.length > 0 ? mend.map((m) => `${m.code} ${m.path.join('.')}`).join(', ') : 'committed');

/** Each difference between whom the program lets make a record and what the tables say. */
export async function makingProgramFaults(
  graph: TestGraph,
  ground: Ground,
  mutation: ReadMutation,
  tally: Tally,
): Promise<string[]> {
  const faults: string[] = [];
  const { name, rows, choosesEvent, parts, records } = mutation;
  const making = rows.filter((row) => makes(row) && !parts.includes(row.record));
  const events = [...new Set(making.map(({ event }) => event))];
  for (const actor of askers)
    for (const posts of postSets(rows, actor))
      for (const event of choosesEvent ? events : events.slice(0, 1)) {
        const open = making.filter(
          (row) =>
            (row.record === records[0] || parts.length === 0) &&
            row.event === event &&
            isOpen(row, actor, posts),
        );
        const partsOpen = parts.every((part) =>
          rows.some((row) => row.record === part && isOpen(row, actor, posts)),
        );
        const input = choosesEvent ? { event: enumOf(event) } : {};
        const ending = await ask(graph, ground.viewer(actor, posts), name, input);
        const [row] = open;
        tally[row ? 'legal' : 'illegal'] += 1;
        const cell = `${name} ${event} by ${actor}${posts.length > 0 ? ` (${posts})` : ''}`;
        if (!row) {
          if (ending.code !== 'NOT_YOURS') faults.push(`${cell} should be NOT_YOURS, got ${textOf(ending)}`);
        } else if (ending.code !== '') faults.push(`${cell} is legal, got ${textOf(ending)}`);
        else if (parts.length > 0) faults.push(...needFaults(cell, ending, parts.map(small)));
        else
          faults.push(
            ...needFaults(
              cell,
              ending,
              row.input.filter(({ required }) => required).map(({ field }) => field),
            ),
          );
        if (row && !partsOpen) tally.skipped.push(`${cell}: its parts are not open to it`);
      }
  return faults;
}
