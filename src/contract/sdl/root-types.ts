/** The types whose fields are root fields. */
export const rootTypes: ReadonlySet<string> = new Set(['Query', 'Mutation']);
