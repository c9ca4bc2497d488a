import { Command, InvalidArgumentError } from 'commander';

/** What the command line of the server says. */
export interface Flags {
  readonly demo?: boolean;
  readonly size: number;
  readonly empty?: boolean;
}

export const flags = new Command('laihu')
  .description(
    'Serves the graph of the district: PostgreSQL (embedded unless DATABASE_URL is set), GraphQL and GraphiQL.',
  )
  .option('--demo', 'sign in as demonstration personas (never with NODE_ENV=production)')
  .option(
    '--size <persons>',
    'persons of the synthetic district that a first start loads, up to 1000000',
    readSize,
    20_000,
  )
  .option('--empty', 'load the organisation of 2007 only, no persons')
  .parse()
  .opts<Flags>();

function readSize(text: string): number {
  const size = Number(text);
  if (!Number.isInteger(size) || size < 0 || size > 1_000_000)
    throw new InvalidArgumentError('Give a whole number from 0 to 1000000.');
  return size;
}
