import type { GraphQLField } from 'graphql';

/**
 * Whether a field that is no record's tells of persons (`@persons`), such as what awaits a viewer: it needs a purpose and
 * an entry in the access log, as a read of the records themselves does (dossier §0.8).
 */
export const tellsOfPersons = ({ astNode }: GraphQLField<unknown, unknown>): boolean =>
  astNode?.directives?.some(({ name }) => name.value === 'persons') ?? false;
