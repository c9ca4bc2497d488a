import { type DocumentNode, type FieldDefinitionNode, Kind, parse } from 'graphql';
import { viewers } from '../../identity/viewers.ts';
import { directive, directiveArgument, isListType, namedType } from '../sdl/directives.ts';
import { capital, constant, type Mutation, mutationsOf, printingMutation, small } from './mutations.ts';
import { presented } from './taking-in.ts';
import type { DoMatrix } from './transition.ts';

type Fields = ReadonlyMap<string, FieldDefinitionNode>;

/** A field of an input, and where its value goes. */
export interface InputShape {
  readonly name: string;
  /** As it stands in the SDL: `Date`, `[ID!]`, `AdverseDecisionInput`. */
  readonly type: string;
  readonly description: string;
}

/** What a person is found by who has no record number at hand: beside each link to a person. */
export const presentedName = (field: string): string => `${field}CitizenIdNumber`;

/** At a window: the number on the card of the person who stands there, so that the window reaches the person's rows. */
export const presentedNumber = 'presentedCitizenIdNumber';

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

function inputsOf(
  mutation: Mutation,
  types: ReadonlyMap<string, Fields>,
  values: Set<string>,
  faults: string[],
): InputShape[] {
  const { makes, changes, transitions, choosesEvent } = mutation;
  const shapes = new Map<string, InputShape>();
  const put = (name: string, type: string, description: string, where?: string) => {
    const there = shapes.get(name);
    if (there && there.type !== type)
      faults.push(`${where}: ${name} is ${there.type} elsewhere in ${mutation.name}, here ${type}`);
    else shapes.set(name, { name, type, description });
  };
  put('clientMutationId', 'String', 'Key of this call: a repetition has no second effect (幂等键).');
  if (changes) put('id', makes ? 'ID' : 'ID!', 'The record (记录).');
  if (changes)
    put('expectedVersion', makes ? 'Int' : 'Int!', 'Its recordVersion as it was read (所依据的版本).');
  if (choosesEvent) put('event', `${capital(mutation.name)}Event${makes ? '' : '!'}`, 'What is done (事项).');
  for (const { record, input, where } of transitions) {
    if (mutation.parts.includes(record)) continue;
    for (const { field, required } of input) {
      const definition = types.get(record)?.get(field);
      if (field === 'reason' && !definition) continue;
      const type = definition && inputType(definition, types, values);
      if (!definition || !type) {
        faults.push(`${where}, column input: ${record}.${field} is no stored value, link or value object`);
        continue;
      }
      const needed = required ? ' Needed.' : '';
      put(field, type, `${definition.description?.value ?? field}${needed}`, where);
      if (namedType(definition.type) === presented.type && !isListType(definition.type))
        put(
          presentedName(field),
          'CitizenId',
          'The same person by the number presented, instead of the id (出示的证件号码).',
        );
    }
  }
  for (const part of mutation.parts)
    put(
      small(part),
      `${capital(mutation.name)}${part}Input`,
      `The ${part} that belongs to it (随附登记). Needed.`,
    );
  const windows = viewers.filter(({ kind }) => kind === 'RECEPTION_CENTRE');
  if (transitions.some((row) => windows.some(({ name }) => row.viewers.has(name))))
    put(
      presentedNumber,
      'CitizenId',
      'At a reception centre: the number on the card of the person at the window (窗口出示的证件号码).',
    );
  if (!shapes.has('reason'))
    put('reason', 'String', 'Why; kept with the event, at most 500 characters (说明).');
  return [...shapes.values()];
}

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

/** What the client gives of a row that belongs to the main one: all but the link to it. */
function partInput(
  mutation: Mutation,
  part: string,
  types: ReadonlyMap<string, Fields>,
  values: Set<string>,
  faults: string[],
): string {
  const [main] = mutation.records;
  const isLink = (field: string) => {
    const definition = types.get(part)?.get(field);
    return definition !== undefined && namedType(definition.type) === main && directive(definition, 'link');
  };
  const transitions = mutation.transitions
    .filter(({ record }) => record === part)
    .map((row) => ({ ...row, input: row.input.filter(({ field }) => !isLink(field)) }));
  const own = {
    ...mutation,
    transitions,
    records: [part],
    parts: [],
    makes: true,
    changes: false,
    choosesEvent: false,
  };
  const fields = inputsOf(own, types, values, faults).filter(
    ({ name }) => !['clientMutationId', 'reason', presentedNumber].includes(name),
  );
  return `"What ${mutation.name} needs of a ${part} (随附登记)." input ${capital(mutation.name)}${part}Input {
  ${fields.map(({ name, type, description }) => `"${description}" ${name}: ${type}`).join('\n  ')}
}`;
}

/** The type of an input field; undefined for what is not stored in the record itself. */
function inputType(
  field: FieldDefinitionNode,
  types: ReadonlyMap<string, Fields>,
  values: Set<string>,
): string | undefined {
  if (directive(field, 'many') || directive(field, 'computed')) return undefined;
  const list = isListType(field.type);
  if (directive(field, 'link')) return list ? '[ID!]' : 'ID';
  const type = namedType(field.type);
  if (directiveArgument(field, 'embed', 'prefix') !== undefined || types.has(type)) {
    values.add(type);
    return list ? `[${type}Input!]` : `${type}Input`;
  }
  return list ? `[${type}!]` : type;
}

function valueInput(type: string, types: ReadonlyMap<string, Fields>): string {
  const parts = [...(types.get(type)?.values() ?? [])].map((part) => {
    const name = namedType(part.type);
    return `"${part.description?.value ?? part.name.value}" ${part.name.value}: ${isListType(part.type) ? `[${name}!]` : name}`;
  });
  return `"${type} as it is given." input ${type}Input {\n${parts.join('\n')}\n}`;
}

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
