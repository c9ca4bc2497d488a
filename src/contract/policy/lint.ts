import { type DocumentNode, type FieldDefinitionNode, Kind, type ObjectTypeDefinitionNode } from 'graphql';
import { viewers } from '../../identity/viewers.ts';
import type { Model, RecordModel } from '../model/record.ts';
import { directive, enumValues } from '../sdl/directives.ts';
import type { Matrix } from '../tables/matrix.ts';

/** Words for a prediction about a person (dossier §0.2). No coordinate may carry them. */
const forbiddenWords = /risk|suspicio|suspect(?!_)|keyPerson|watchList|blacklist|likelihood|profil/i;
/** Never an argument anywhere (dossier §0.3). */
const neverArguments = new Set(['ETHNICITY', 'HOUSEHOLD_REGISTRATION']);

const isArgument = (field: FieldDefinitionNode) =>
  Boolean(directive(field, 'filter') ?? directive(field, 'order'));

/** The SDL and the matrix must name the same groups. */
export function lintGroups(named: readonly string[], matrix: Matrix): string[] {
  const missing = named
    .filter((group) => !matrix.has(group))
    .map((group) => `${group}: has no row in the matrix`);
  const extra = [...matrix.keys()].filter((group) => !named.includes(group));
  return [
    ...missing,
    ...extra.map((group) => `${group}: stands in the matrix but not in the enum FieldGroup`),
  ];
}

/**
 * What the document check relies on: `Node` is the only interface, there are no unions and no subscriptions,
 * and the enum Viewer is the list of viewers. A further shape needs its rule first.
 */
export function lintShape(document: DocumentNode): string[] {
  const faults = document.definitions.flatMap((d) => {
    if (d.kind === Kind.INTERFACE_TYPE_DEFINITION && d.name.value !== 'Node')
      return [`${d.name.value}: no rule protects the fields of an interface; Node is the only one`];
    if (d.kind === Kind.UNION_TYPE_DEFINITION) return [`${d.name.value}: no rule protects a union`];
    return [];
  });
  const named = enumValues(document, 'Viewer');
  for (const { name } of viewers)
    if (!named.includes(name)) faults.push(`${name}: is missing in the enum Viewer`);
  for (const name of named)
    if (!viewers.some((v) => v.name === name))
      faults.push(`${name}: stands in the enum Viewer but is no viewer`);
  return faults;
}

/**
 * What must hold of the contract before the server starts: a field that may be denied to somebody is
 * nullable, nothing predicts about a person, groups of people are no filter.
 * @returns every fault, as sentences that name the coordinate.
 */
export function lintContract(types: ReadonlyMap<string, ObjectTypeDefinitionNode>, model: Model): string[] {
  const faults: string[] = [];
  for (const type of types.values()) {
    if (forbiddenWords.test(type.name.value))
      faults.push(`${type.name.value}: no type may predict about a person`);
    for (const field of type.fields ?? []) {
      const coordinate = `${type.name.value}.${field.name.value}`;
      if (forbiddenWords.test(field.name.value))
        faults.push(`${coordinate}: no field may predict about a person`);
      for (const { name } of field.arguments ?? [])
        if (forbiddenWords.test(name.value))
          faults.push(`${coordinate}(${name.value}): no argument may predict about a person`);
      if (!field.description) faults.push(`${coordinate}: has no description`);
      // These types tell of the contract and of the answer itself, never of a stored record.
      const isApart = directive(type, 'metadata') || directive(type, 'payload');
      if (isApart && isArgument(field))
        faults.push(`${coordinate}: no records are filtered or ordered by it`);
      if (isApart || field.type.kind !== 'NonNullType' || field.name.value === 'id') continue;
      const access = model.get(type.name.value)?.fields.get(field.name.value)?.access;
      const refused = viewers.filter(({ name }) => access?.[name].decision !== 'CLEAR' || access[name].own);
      if (refused.length > 0)
        faults.push(
          `${coordinate}: is non-null, but ${refused.map((v) => v.code).join(', ')} may be denied it`,
        );
    }
  }
  for (const record of model.values()) {
    const type = types.get(record.name);
    for (const field of type?.fields ?? []) {
      const rule = record.fields.get(field.name.value)?.rule;
      if (
        isArgument(field) &&
        rule &&
        (neverArguments.has(rule.group.name) || field.name.value === 'originProvince')
      )
        faults.push(
          `${record.name}.${field.name.value}: ethnicity, household registration and origin are never filters or orders`,
        );
    }
    if (record.rules.group?.secret)
      for (const other of model.values())
        for (const field of other.fields.values()) {
          const leads = (field.kind === 'many' || field.kind === 'link') && field.type === record.name;
          if (leads && !other.rules.group?.secret)
            faults.push(`${field.rule.coordinate}: leads from an open record to secret ones`);
        }
    faults.push(...lintAsked(record, model));
    if (record.rules.published && !record.source.scope.published)
      faults.push(
        `${record.name}: has fields of class PUBLIC, so its row scope must say from which day on a row is published, or that all rows are`,
      );
    for (const viewer of viewers)
      if (record.access[viewer.name].rows !== 'NONE' && !record.columns.id)
        faults.push(`${record.name}: its table has no column id`);
  }
  return faults;
}

/**
 * The SDL says what being asked opens. The row scope of the asking type says whom and when. Each needs the
 * other.
 */
function lintAsked({ name, rules, fields }: RecordModel, model: Model): string[] {
  const asking = [...model.values()].filter(({ source }) => source.scope.asked?.opens[name]);
  const opened = [...fields.values()].filter(({ rule }) => rule.asked);
  const wrong = opened.filter(({ kind }) => !['column', 'link', 'many'].includes(kind));
  return [
    ...(rules.askedOf.length > 0 !== asking.length > 0
      ? [`${name}: @asked on the type does not fit the row scopes of the types that ask about it`]
      : []),
    ...(opened.length > 0 && rules.askedOf.length === 0
      ? [`${name}: has fields marked @asked, but no @asked(of: …) on the type`]
      : []),
    ...wrong.map(({ rule }) => `${rule.coordinate}: only stored values, links and relations can be @asked`),
  ];
}
