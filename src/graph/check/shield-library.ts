import { createRequire } from 'node:module';

// Both through CommonJS: shield's ESM build does not load on Node 23 and later, and mixed with the ESM
// middleware it finds no types. `chain` and `race` call a function that Node no longer has: never use them.
const require = createRequire(import.meta.url);
const library = require('graphql-shield') as typeof import('graphql-shield');
const middleware = require('graphql-middleware') as typeof import('graphql-middleware');

export const { shield, rule, and, allow, deny } = library;
export const { applyMiddleware } = middleware;
