import { Command, InvalidArgumentError } from 'commander';
import { readConfig } from '../config.ts';
import type { RetentionCount } from '../database/deadlines/apply-retention.ts';
import { isCalendarDate } from '../identifiers/calendar-date.ts';
import { faultSentence } from '../store/fault-sentence.ts';

interface Options {
  readonly dryRun?: true;
  readonly apply?: true;
  readonly store?: string;
  readonly today?: string;
}

const command = new Command('retention')
  .description(
    'Delete or anonymise the records whose term is over (schema/retention.tsv), or say which would be.',
  )
  .option('--dry-run', 'say what would be done, change nothing')
  .option('--apply', 'do it')
  .option('--store <store>', 'this store only')
  .option('--today <day>', 'as on this day, YYYY-MM-DD (default: the district’s day)', readDay)
  .addHelpText(
    'after',
    '\nRecords under a legal hold (access.legal_holds) stay, and so do those that records which stay name. The access log is never changed. Ends with 1 when a store could not be done.',
  )
  .parse();
const options = command.opts<Options>();
if (Boolean(options.dryRun) === Boolean(options.apply)) command.error('Say either --dry-run or --apply.');

try {
  const [{ departments }, { productRetention }, { placeRetention }, { applyRetention }, { openStores }] =
    await Promise.all([
      import('../departments/index.ts'),
      import('../contract/deadlines/retention.ts'),
      import('../database/deadlines/place-retention.ts'),
      import('../database/deadlines/apply-retention.ts'),
      import('../stores.ts'),
    ]);
  const terms = placeRetention(productRetention(), departments);
  const stores = [...new Set(terms.map(({ store }) => store))].sort();
  if (options.store && !stores.includes(options.store))
    throw new Error(`There is no store ${options.store} of records. Use one of ${stores.join(', ')}.`);
  const config = readConfig(process.env, { demo: process.env.NODE_ENV !== 'production', serves: false });
  const today = options.today ?? config.today();
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const opened = await openStores(config, { log: say, join: true });
  try {
    say(`${options.apply ? 'Ended' : 'Would be ended'} on ${today}:`);
    for (const store of options.store ? [options.store] : stores)
      try {
        // With the terms of all stores: a store's rows are named by its own rows only.
        const own = terms.filter((term) => term.store === store);
        const counts = await applyRetention(own, opened.pools.ownerOf, { today, isDry: !options.apply });
        for (const count of counts) say(lineOf(count));
      } catch (error) {
        process.exitCode = 1;
        process.stderr.write(`${store}: ${faultSentence(error)}\n`);
      }
  } finally {
    await opened.close();
  }
} catch (error) {
  process.stderr.write(`${faultSentence(error)}\n`);
  process.exitCode = 1;
}

/** Numbers and days, never a value of a record. */
function lineOf({ term, ended, held, named, next }: RetentionCount): string {
  const what = `${term.store} ${term.records.join(', ')}`.padEnd(62);
  return `  ${what} ${term.rule.action.padEnd(9)} ${String(ended).padStart(8)}  held ${held}  named by others ${named}  next ${next ?? '–'}`;
}

function readDay(text: string): string {
  if (!isCalendarDate(text)) throw new InvalidArgumentError('Give a day as YYYY-MM-DD.');
  return text;
}
