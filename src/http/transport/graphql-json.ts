/** The media type of GraphQL over HTTP. */
export const graphqlJson = 'application/graphql-response+json; charset=utf-8';
