import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { Command } from 'commander';
import { createGraph } from '../schema.ts';

new Command('schema')
  .description('Print the whole contract as SDL: what the departments wrote and everything derived from it.')
  .action(() => {
    process.stdout.write(`${printSchemaWithDirectives(createGraph().bare)}\n`);
  })
  .parse();
