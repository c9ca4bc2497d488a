import type { ViewerCode } from '../../../src/identity/viewers.ts';
import type { Answer } from '../../support/graph.ts';
import type { Oracle } from '../oracle.ts';
import type { Coordinate } from '../reading/contract.ts';
import { decoded } from './decoded.ts';
import type { Expectation } from './expectation.ts';

/** A refusal as `extensions.access.denied` tells it. */
export interface Refusal {
  readonly coordinate: string;
  readonly group: string;
  readonly owner: string;
  readonly reason: string;
}

/** Refusals that a viewer meets at output coordinates: one a coordinate, none of secret groups. */
export function refusalsOf(oracle: Oracle, viewer: ViewerCode, fields: Iterable<Coordinate>): Refusal[] {
  const found = new Map<string, Refusal>();
  for (const field of fields) {
    const sight = oracle.sight(viewer, field);
    const coordinate = `${field.type}.${field.name}`;
    if (sight.kind !== 'DENIED') continue;
    found.set(coordinate, { coordinate, group: sight.group, owner: sight.owner, reason: sight.reason });
  }
  return [...found.values()];
}

/** The refusal of a root field: rows of the type do not exist for the viewer. */
export function rootRefusal(
  oracle: Oracle,
  viewer: ViewerCode,
  type: string,
  coordinate: string,
): Refusal | undefined {
  if (oracle.presence(viewer, type) !== 'NONE') return undefined;
  const sight = oracle.refusal(viewer, oracle.type(type).group);
  return sight.kind === 'DENIED'
    ? { coordinate, group: sight.group, owner: sight.owner, reason: sight.reason }
    : undefined;
}

const sorted = (lines: readonly string[]): string[] => [...lines].sort();

const refusalLine = ({ coordinate, group, owner, reason }: Refusal): string =>
  `${coordinate} ${group} ${owner} ${reason}`;

/** A place of an answer at which something is refused: the path joined by dots, and the coordinate. */
export interface RefusedPlace {
  readonly path: string;
  readonly coordinate: string;
}

/** What an entry in `errors` says of a refused place; whatever more it said would be said for each row. */
const entryKeys = 'code,coordinate';

/**
 * Differences between an answer and its refusals: each reason once in `extensions.access.denied`, and at each refused
 * place of the answer one short entry in `errors`, no other error anywhere.
 */
export function compareErrors(
  answer: Answer,
  expected: readonly Refusal[],
  places: readonly RefusedPlace[],
): string[] {
  const entries = answer.errors.map(({ message, path = [], extensions }) =>
    extensions.code === 'FORBIDDEN' && Object.keys(extensions).sort().join() === entryKeys
      ? `${path.join('.')} ${extensions.coordinate}`
      : `${JSON.stringify(extensions)} ${message}`,
  );
  return [
    ...difference(
      'errors',
      sorted(entries),
      sorted(places.map(({ path, coordinate }) => `${path} ${coordinate}`)),
    ),
    ...difference('denied', sorted(answer.denied.map(refusalLine)), sorted(expected.map(refusalLine))),
  ];
}

/** Differences between `extensions.access` and the coordinates that must be named there, each exactly once. */
export function compareExtensions(
  oracle: Oracle,
  viewer: ViewerCode,
  answer: Answer,
  fields: Iterable<Coordinate>,
): string[] {
  const masks = new Set<string>();
  const own = new Set<string>();
  for (const field of fields) {
    const sight = oracle.sight(viewer, field);
    if (sight.kind === 'DENIED' || sight.kind === 'SILENT' || oracle.row(field.group).secret) continue;
    const coordinate = `${field.type}.${field.name}`;
    const word = oracle.maskWord(viewer, field);
    if (word) masks.add(`${coordinate} ${field.group} ${word}`);
    if (oracle.isOfSomeRows(viewer, field)) own.add(`${coordinate} ${field.group}`);
  }
  const { masked = [], ownRowsOnly = [] } = answer.extensions?.access ?? {};
  type Entry = { coordinate: string; group: string; mask: string };
  return [
    ...difference(
      'masked',
      sorted(masked.map((m: Entry) => `${m.coordinate} ${m.group} ${m.mask}`)),
      sorted([...masks]),
    ),
    ...difference(
      'ownRowsOnly',
      sorted(ownRowsOnly.map((o: Entry) => `${o.coordinate} ${o.group}`)),
      sorted([...own]),
    ),
  ];
}

function difference(what: string, got: readonly string[], expected: readonly string[]): string[] {
  const left = [...got];
  const missing = expected.filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return [
    ...missing.map((line) => `${what}: missing ${line}`),
    ...left.map((line) => `${what}: not expected ${line}`),
  ];
}

/** Names a code of the contract, never a value of a person. */
const code = /^[A-Z][A-Z0-9_-]*$/;

/**
 * Withheld values that occur anywhere in an answer: in its data unless a field shows the same text by right, and
 * in errors, extensions and cursors (as they are and decoded) at all.
 */
export function leaks(answer: Answer, { withheld, allowed }: Expectation): string[] {
  const data = JSON.stringify(answer.data);
  // The offer of a grant names the record that the request itself has named.
  const told = JSON.stringify(answer.extensions ?? null, (key, value) =>
    key === 'recordRef' ? undefined : value,
  );
  const aside = [JSON.stringify(answer.errors), told, ...decoded(data)];
  const shown = [...allowed].join('\n');
  return [...withheld].flatMap(([value, coordinate]) => {
    const text = JSON.stringify(value).slice(1, -1);
    const inData = data.includes(text) && !shown.includes(text);
    const inAside = !code.test(value) && aside.some((part) => part.includes(text));
    return inData || inAside
      ? [`a withheld value of ${coordinate} is in the ${inData ? 'data' : 'errors, extensions or cursors'}`]
      : [];
  });
}
