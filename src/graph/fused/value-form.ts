import { type GraphQLOutputType, getNamedType, getNullableType, isEnumType, isListType } from 'graphql';
import { NotFusible } from './not-fusible.ts';
import type { ValueForm } from './shape.ts';

/** Types whose values are JSON as PostgreSQL makes it of their columns; numbers of an `ID` or a `Decimal` are none. */
const texts: ReadonlySet<string> = new Set([
  'String',
  'Date',
  'Month',
  'CitizenId',
  'DivisionCode',
  'OrgCode',
  'RegNo',
]);

type Source =
  | { readonly kind: 'column'; readonly column: { getSQLType(): string } }
  | { readonly kind: 'computed' };

/** How a field's values are written. @throws NotFusible where the executor writes them otherwise than PostgreSQL */
export function formOf(output: GraphQLOutputType, source: Source): ValueForm {
  const type = getNamedType(output);
  const sqlType = source.kind === 'column' ? source.column.getSQLType() : undefined;
  const isText = isEnumType(type) || texts.has(type.name);
  if (isListType(getNullableType(output))) {
    if (isText && (sqlType === 'text[]' || sqlType === 'date[]')) return 'as it is';
    throw new NotFusible();
  }
  const stands = (...sqlTypes: string[]) => sqlType === undefined || sqlTypes.includes(sqlType);
  if (isText && sqlType && stands('text', 'date', 'uuid')) return 'as it is';
  if (type.name === 'Boolean' && stands('boolean')) return 'as it is';
  if (type.name === 'Int' && stands('integer', 'smallint')) return 'as it is';
  if (isText || type.name === 'ID') return 'text';
  if (type.name === 'Money' && stands('bigint', 'integer')) return 'money';
  if (type.name === 'Decimal' && (sqlType === undefined || sqlType.startsWith('numeric'))) return 'text';
  if (type.name === 'DateTime' && sqlType?.startsWith('timestamp')) return 'instant';
  throw new NotFusible();
}
