import type { Example } from './server-calls.ts';

/**
 * Values that one example takes from the answer of another, by `<example> <path>`, the newest last. Only these are kept when
 * somebody else signs in, ids and versions of records: the answers themselves are not.
 */
export type Carried = Map<string, unknown>;

const keyOf = ({ from, path }: Example['takes'][number]): string => `${from} ${path}`;

/** Keeps of an answer what the examples take from it, in the place of what they took from the one before. */
export function keepForOthers(
  carried: Carried,
  examples: readonly Example[],
  name: string,
  data: unknown,
): void {
  for (const taking of examples.flatMap(({ takes }) => takes)) {
    if (taking.from !== name) continue;
    const value = valueAt(data, taking.path);
    carried.delete(keyOf(taking));
    if (value !== undefined && value !== null) carried.set(keyOf(taking), value);
  }
}

/** An example with its variables filled, and the examples from which they came or must come first. */
export interface FilledExample {
  readonly example: Example;
  readonly from: readonly string[];
  readonly missing: readonly string[];
}

/** Fills the variables of an example. Of alternatives the newest answer counts. */
export function fillVariables(example: Example, carried: Carried): FilledExample {
  if (example.takes.length === 0) return { example, from: [], missing: [] };
  const variables = structuredClone(example.variables ?? {});
  const age = [...carried.keys()];
  const from = new Set<string>();
  const missing = new Set<string>();
  for (const to of new Set(example.takes.map((taking) => taking.to))) {
    const alternatives = example.takes.filter((taking) => taking.to === to);
    const newest = alternatives
      .filter((taking) => carried.has(keyOf(taking)))
      .sort((one, other) => age.indexOf(keyOf(other)) - age.indexOf(keyOf(one)))[0];
    if (newest) {
      put(variables, to.split('.'), carried.get(keyOf(newest)));
      from.add(newest.from);
    } else missing.add(alternatives[0]!.from);
  }
  return { example: { ...example, variables }, from: [...from], missing: [...missing] };
}

/**
 * The step after an example that writes, or after the question that asks for it: the next of its domain, at the end of it
 * whichever goes on from its answer.
 */
export function nextStep(examples: readonly Example[], { name, domain }: Example): Example | undefined {
  const steps = (of: string) => examples.filter((example) => example.domain === of);
  if (!domain.startsWith('doing-')) {
    const number = /^question-0*(\d+)-/.exec(name)?.[1];
    return steps(`doing-question-${number}`)[0];
  }
  const own = steps(domain);
  return (
    own[own.findIndex((example) => example.name === name) + 1] ??
    examples.find(({ takes }) => takes.some(({ from }) => from === name))
  );
}

/** The name of the example whose operation this is; undefined for what somebody wrote. */
export function exampleOfOperation(examples: readonly Example[], document: string): string | undefined {
  const operation = operationOf(document);
  return examples.find((example) => operation && operationOf(example.document) === operation)?.name;
}

const operationOf = (document: string): string | undefined =>
  /^(?:query|mutation)\s+(\w+)/m.exec(document)?.[1];

/** The value at `nodes.0.id` or `opinions[kind=ONSITE].id`; undefined where there is none. */
function valueAt(answer: unknown, path: string): unknown {
  let found: unknown = answer;
  for (const part of path.split('.')) {
    const [, name, key, wanted] = /^(\w+)(?:\[(\w+)=(\w+)\])?$/.exec(part) ?? [];
    found = (found as Record<string, unknown> | null | undefined)?.[name ?? ''];
    if (key) found = (found as Record<string, unknown>[] | undefined)?.find((each) => each[key] === wanted);
  }
  return found;
}

function put(into: Record<string, unknown>, [first, ...rest]: string[], value: unknown): void {
  if (first === undefined) return;
  if (rest.length === 0) into[first] = value;
  else put(into[first] as Record<string, unknown>, rest, value);
}
