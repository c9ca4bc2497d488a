import { Command } from 'commander';
import { findViewer, viewers } from '../identity/viewers.ts';

const { as } = new Command('schema')
  .description(
    'Print the contract as SDL: what the departments wrote and everything derived from it; with --as, what one viewer may know of it.',
  )
  .option('--as <viewer>', 'code or name of a viewer, e.g. HLR or HOUSING')
  .parse()
  .opts<{ as?: string }>();

const viewer = as === undefined ? undefined : findViewer(as);
if (as !== undefined && !viewer) {
  process.stderr.write(`There is no viewer ${as}. Use one of ${viewers.map((v) => v.code).join(', ')}.\n`);
  process.exitCode = 1;
} else {
  // Who asks for help, or for a viewer that is none, does not wait for the product to be loaded.
  const { createGraph } = await import('../schema.ts');
  const { printSchemaWithDirectives } = await import('@graphql-tools/utils');
  const { bare, viewerSchemas } = createGraph();
  const sdl = viewer ? viewerSchemas.print(viewer.name) : printSchemaWithDirectives(bare);
  process.stdout.write(`${sdl}\n`);
}
