export const scalarResolvers = {};
