import { encodeNodeId } from '../../src/graph/node-id.ts';
import { createViewer, type PostFunction, type Viewer } from '../../src/identity/viewer.ts';
import type { ViewerCode } from '../../src/identity/viewers.ts';
import type { TestGraph } from './graph.ts';

/** A person who acts for a unit, with posts. */
export const actor = (department: ViewerCode, unit: string, ...posts: PostFunction[]): Viewer =>
  createViewer({ department, unit, sub: `someone-${department.toLowerCase()}`, name: '示例', posts });

/** What a mutation answered. */
export interface Done {
  readonly committed: boolean | null;
  /** `path.path CODE` of each thing that the person can mend. */
  readonly faults: readonly string[];
  /** The code of the error at the top; null where there is none. */
  readonly code: string | null;
  readonly extensions: Readonly<Record<string, unknown>>;
  readonly effects: readonly { readonly effect: string; readonly store: string; readonly state: string }[];
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into by path.
  readonly record: any;
}

/**
 * Lets a viewer do something.
 * @param record the field of the payload with what is to be read of it, `migrant { id }`; nothing is read without it
 */
export async function act(
  graph: TestGraph,
  viewer: Viewer,
  mutation: string,
  input: Readonly<Record<string, unknown>>,
  record = '',
): Promise<Done> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!`;
  const document = `mutation($input: ${type}) { ${mutation}(input: $input) {
    committed userErrors { path code } effects { effect store state } ${record} } }`;
  const { data, errors } = await graph.ask(viewer, document, { input });
  const answer = data?.[mutation];
  const [error] = errors;
  return {
    committed: answer?.committed ?? null,
    faults: (answer?.userErrors ?? []).map(({ path, code }: { path: string[]; code: string }) =>
      `${path.join('.')} ${code}`.trim(),
    ),
    code: error ? String(error.extensions?.code ?? error.message) : null,
    extensions: error?.extensions ?? {},
    effects: answer?.effects ?? [],
    record: record ? answer?.[record.split(/[\s{]/)[0] ?? ''] : undefined,
  };
}

/** Id and version of a record, as its viewer reads it, for a change. */
export async function readFor(
  graph: TestGraph,
  viewer: Viewer,
  type: string,
  id: string,
): Promise<{ id: string; expectedVersion: number }> {
  const node = id.includes('-') ? encodeNodeId(type, id) : id;
  const { data, errors } = await graph.ask(
    viewer,
    `query($id: ID!) { node(id: $id) { id ... on ${type} { recordVersion } } }`,
    { id: node },
  );
  if (!data?.node) throw new Error(`${type} ${id} is not seen: ${JSON.stringify(errors)}`);
  return { id: node, expectedVersion: data.node.recordVersion };
}
