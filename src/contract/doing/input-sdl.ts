import type { FieldDefinitionNode } from 'graphql';
import { viewers } from '../../identity/viewers.ts';
import { directive, directiveArgument, isListType, namedType } from '../sdl/directives.ts';
import { capital, type Mutation, small } from './mutations.ts';
import { presented } from './taking-in.ts';

/** The fields of a type, by name. */
export type Fields = ReadonlyMap<string, FieldDefinitionNode>;

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
 * The fields of a mutation's input.
 * @param values gets the value objects that inputs are needed for
 * @param faults gets what the types do not fit
 */
export function inputsOf(
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

/** What the client gives of a row that belongs to the main one: all but the link to it. */
export function partInput(
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

/** The input of a value object. */
export function valueInput(type: string, types: ReadonlyMap<string, Fields>): string {
  const parts = [...(types.get(type)?.values() ?? [])].map((part) => {
    const name = namedType(part.type);
    return `"${part.description?.value ?? part.name.value}" ${part.name.value}: ${isListType(part.type) ? `[${name}!]` : name}`;
  });
  return `"${type} as it is given." input ${type}Input {\n${parts.join('\n')}\n}`;
}
