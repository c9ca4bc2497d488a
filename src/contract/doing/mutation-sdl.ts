import { type DocumentNode, type FieldDefinitionNode, Kind, parse } from 'graphql';
import { type Fields, inputsOf, partInput, valueInput } from './input-sdl.ts';
import { capital, constant, type Mutation, mutationsOf, printingMutation, small } from './mutations.ts';
import type { DoMatrix } from './transition.ts';

/**
 * The mutations of the do-matrix as SDL: a field, an input and a payload each; and on every record that
 * something can happen to, what can, and what has.
 * @param sources what the departments wrote
 * @throws Error that lists every row that the types do not fit
 */
export function mutationSdl(sources: readonly DocumentNode[], matrix: DoMatrix): DocumentNode {
  const types = fieldsOfTypes(sources);
  const faults: string[] = [];
  const values = new Set<string>();
  const out: string[] = [];
  const mutations = mutationsOf(matrix);
  for (const mutation of mutations) out.push(...typesOf(mutation, types, values, faults));
  for (const value of values) out.push(valueInput(value, types));
  for (const record of matrix.byRecord.keys())
    if (types.has(record)) out.push(doneTo(record, types, prints(record, matrix)));
  if (faults.length > 0) throw new Error(`The do-matrix and the types do not fit:\n${faults.join('\n')}`);
  return parse(out.join('\n'), { noLocation: true });
}

/** The name of the field that tells what has happened to a record. */
export const eventsName = (fields: Fields): string => (fields.has('events') ? 'recordEvents' : 'events');

function fieldsOfTypes(sources: readonly DocumentNode[]): Map<string, Map<string, FieldDefinitionNode>> {
  const found = new Map<string, Map<string, FieldDefinitionNode>>();
  for (const definition of sources.flatMap(({ definitions }) => definitions)) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.OBJECT_TYPE_EXTENSION)
      continue;
    const name = definition.name.value;
    const fields = found.get(name) ?? new Map<string, FieldDefinitionNode>();
    for (const field of definition.fields ?? []) fields.set(field.name.value, field);
    found.set(name, fields);
  }
  return found;
}

function typesOf(
  mutation: Mutation,
  types: ReadonlyMap<string, Fields>,
  values: Set<string>,
  faults: string[],
): string[] {
  const { name, records, transitions } = mutation;
  const titles = [...new Set(transitions.map(({ title }) => title))];
  const inputs = inputsOf(mutation, types, values, faults);
  const clauses = [...new Set(transitions.map(({ clause }) => clause))].join(', ');
  const payload = records.map(
    (record) => `"The record after it (办理后的记录)." ${small(record)}: ${record}`,
  );
  return [
    `extend type Mutation {
  "${titles.length === 1 ? titles[0] : `${titles.slice(0, 4).join('; ')}${titles.length > 4 ? '; …' : ''}`}. Clause ${clauses}."
  ${name}("What is given (办理输入)." input: ${capital(name)}Input!): ${capital(name)}Payload @does
}`,
    ...(mutation.list ? [listSdl(mutation, mutation.list)] : []),
    ...mutation.parts.map((part) => partInput(mutation, part, types, values, faults)),
    `"What ${name} needs (办理输入)." input ${capital(name)}Input {
  ${inputs.map(({ name: field, type, description }) => `"${description}" ${field}: ${type}`).join('\n  ')}
}`,
    ...(mutation.choosesEvent
      ? [
          `"What ${name} can do (办理事项)." enum ${capital(name)}Event {
  ${mutation.events.map((event) => `"${titleOf(mutation, event)}." ${constant(event)}`).join('\n  ')}
}`,
        ]
      : []),
    `"What ${name} answers (办理结果)." type ${capital(name)}Payload @payload {
  ${payload.join('\n  ')}
  "Whether it has happened; true also where the record itself is withheld (是否已办理)." committed: Boolean!
  "What the person can mend (可更正的错误)." userErrors: [UserError!]!
  "What follows from it, and in which store (后续事项)." effects: [StoreEffect!]!
  "The key that was sent (幂等键)." clientMutationId: String
}`,
  ];
}

const titleOf = ({ transitions }: Mutation, event: string): string =>
  transitions.find((transition) => transition.event === event)?.title ?? event;

/** The same for each row of a list: each by itself, with its own errors. */
const listSdl = ({ name, records }: Mutation, list: string): string => `extend type Mutation {
  "${name} for each row of a list; each is done by itself (批量办理)."
  ${list}("What is given (办理输入)." input: ${capital(list)}Input!): ${capital(list)}Payload @does
}
"What ${list} needs (办理输入)." input ${capital(list)}Input {
  "Key of this call: a repetition has no second effect (幂等键)." clientMutationId: String
  "The rows, at most 100 (逐条输入)." each: [${capital(name)}Input!]!
}
"What ${list} answers (办理结果)." type ${capital(list)}Payload @payload {
  ${records.map((record) => `"The records, each at its row's place; null where it was not done (办理后的记录)." ${small(record)}s: [${record}]`).join('\n  ')}
  "Whether every row was done (是否全部办理)." committed: Boolean!
  "What the person can mend; the path begins with the row's number (可更正的错误)." userErrors: [UserError!]!
  "What follows, and in which store (后续事项)." effects: [StoreEffect!]!
  "The key that was sent (幂等键)." clientMutationId: String
}`;

const prints = (record: string, { byRecord }: DoMatrix): boolean =>
  (byRecord.get(record) ?? []).some(({ mutation }) => mutation === printingMutation);

function doneTo(record: string, types: ReadonlyMap<string, Fields>, prints: boolean): string {
  return `extend type ${record} {
  "What the viewer may do with it now, and what is missing (可办事项)."
  availableActions: [AvailableAction!] @doing @class(is: INTERNAL)
  "What has happened to it, oldest first, at most 200 (办理经过)."
  ${eventsName(types.get(record) ?? new Map())}: [RecordEvent!] @doing @class(is: INTERNAL)
${
  prints
    ? `  "Documents of it that were printed, oldest first; null where the record is not seen in full (已出具文书)."
  issuedDocuments: [IssuedDocument!] @doing @class(is: INTERNAL)
`
    : ''
}}`;
}
