import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  parse,
} from 'graphql';
import type { Contract } from '../../../src/product-contract.ts';
import type { ContractMutant } from './mutant.ts';

type Objects = ObjectTypeDefinitionNode | ObjectTypeExtensionNode;
type Annotated = Objects | FieldDefinitionNode;

/** The directives that say what a viewer may do. The others say where a value is stored and where it leads. */
const policyDirectives: ReadonlySet<string> = new Set([
  'group',
  'class',
  'mask',
  'filter',
  'order',
  'computed',
  'payload',
  'metadata',
  'value',
  'record',
]);

/** Seen in full by every viewer. */
const widestGroup = 'ORGANISATION';

/** Each application of a policy directive removed, and replaced by what shows more. */
export function* directiveMutants(contract: Contract): Generator<ContractMutant> {
  const types = new Map<string, Objects>();
  for (const { definitions } of contract.sdl)
    for (const d of definitions) if (d.kind === Kind.OBJECT_TYPE_DEFINITION) types.set(d.name.value, d);
  for (const [d, document] of contract.sdl.entries())
    for (const [i, definition] of document.definitions.entries()) {
      if (!isObject(definition)) continue;
      const type = definition.name.value;
      const replaced = (changed: Objects): Contract => ({
        ...contract,
        sdl: contract.sdl.with(d, withDefinition(document, i, changed)),
      });
      for (const { what, directives } of changesOf(definition))
        yield mutant(`${what} at ${type}`, type, () => replaced({ ...definition, directives }));
      if (definition.kind === Kind.OBJECT_TYPE_DEFINITION && !has(definition, 'metadata'))
        yield mutant(`@metadata added at ${type}`, type, () =>
          replaced({ ...definition, directives: [...others(definition, 'record'), made('@metadata')] }),
        );
      for (const [f, field] of (definition.fields ?? []).entries())
        for (const { what, directives } of changesOf(field, types.get(type)))
          yield mutant(`${what} at ${type}.${field.name.value}`, type, () =>
            replaced({ ...definition, fields: definition.fields?.with(f, { ...field, directives }) }),
          );
    }
}

const mutant = (name: string, type: string, make: () => Contract): ContractMutant => ({
  kind: 'directive',
  name,
  near: { types: [type] },
  make,
});

interface Change {
  readonly what: string;
  readonly directives: readonly ConstDirectiveNode[];
}

/** @param holder the field's type, whose own group and class rule where the field has none */
function* changesOf(node: Annotated, holder?: Objects): Generator<Change> {
  for (const directive of node.directives ?? []) {
    const name = directive.name.value;
    if (!policyDirectives.has(name)) continue;
    // What the type says anyway can go without a change.
    const isSaidTwice = holder?.directives?.some((d) => textOf(d) === textOf(directive)) ?? false;
    if (!isSaidTwice) yield { what: `@${name} removed`, directives: others(node, name) };
    for (const wider of widerThan(directive))
      yield {
        what: `${wider} for ${textOf(directive)}`,
        directives: [...others(node, name), made(wider)],
      };
  }
  // Forbidden everywhere: groups of people are no argument.
  if (node.kind === Kind.FIELD_DEFINITION)
    for (const name of ['filter', 'order'])
      if (isOfPeople(node) && !has(node, name))
        yield { what: `@${name} added`, directives: [...(node.directives ?? []), made(`@${name}`)] };
}

const isOfPeople = (node: Annotated): boolean =>
  node.name.value === 'originProvince' ||
  (node.directives ?? []).some((d) => /ETHNICITY|HOUSEHOLD_REGISTRATION/.test(textOf(d)));

function widerThan(directive: ConstDirectiveNode): string[] {
  const name = directive.name.value;
  const value = (argument: string) => {
    const found = directive.arguments?.find((a) => a.name.value === argument)?.value;
    return found && 'value' in found ? String(found.value) : undefined;
  };
  if (name === 'group') return value('is') === widestGroup ? [] : [`@group(is: ${widestGroup})`];
  if (name === 'mask') return value('as') === 'SHOWN' ? [] : ['@mask(as: SHOWN)'];
  if (name === 'class')
    return ['INTERNAL', 'PUBLIC']
      .filter((level) => levels.indexOf(level) < levels.indexOf(value('is') ?? ''))
      .map((level) => `@class(is: ${level})`);
  if (name !== 'computed') return [];
  const from = directive.arguments?.find((a) => a.name.value === 'from')?.value;
  const names = from?.kind === Kind.LIST ? from.values.map((v) => ('value' in v ? `"${v.value}"` : '')) : [];
  const because = value('because');
  const reason = because === undefined ? '' : `, because: ${JSON.stringify(because)}`;
  return [
    `@computed(from: []${reason})`,
    ...(names.length > 1
      ? names.map((_, i) => `@computed(from: [${names.toSpliced(i, 1).join(', ')}]${reason})`)
      : []),
    because === undefined
      ? `@computed(from: [${names.join(', ')}], because: "For no good reason at all.")`
      : `@computed(from: [${names.join(', ')}])`,
  ];
}

const levels = ['PUBLIC', 'INTERNAL', 'PERSONAL', 'SENSITIVE', 'SECRET'];

const has = (node: Annotated, name: string): boolean =>
  (node.directives ?? []).some((d) => d.name.value === name);

const others = (node: Annotated, name: string): ConstDirectiveNode[] =>
  (node.directives ?? []).filter((d) => d.name.value !== name);

function made(text: string): ConstDirectiveNode {
  const [definition] = parse(`type Any ${text} { any: Int }`, { noLocation: true }).definitions;
  const [directive] = (definition as ObjectTypeDefinitionNode).directives ?? [];
  if (!directive) throw new Error(`${text} is no directive.`);
  return directive;
}

const textOf = ({ name, arguments: args = [] }: ConstDirectiveNode): string =>
  `@${name.value}(${args.map((a) => `${a.name.value}: ${'value' in a.value ? a.value.value : '…'}`).join(', ')})`;

const isObject = (d: DefinitionNode): d is Objects =>
  d.kind === Kind.OBJECT_TYPE_DEFINITION || d.kind === Kind.OBJECT_TYPE_EXTENSION;

const withDefinition = (document: DocumentNode, at: number, changed: DefinitionNode): DocumentNode => ({
  ...document,
  definitions: document.definitions.with(at, changed),
});
