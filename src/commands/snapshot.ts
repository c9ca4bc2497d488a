import { Command, InvalidArgumentError } from 'commander';
import { readConfig } from '../config.ts';
import { isCalendarMonth } from '../identifiers/calendar-date.ts';
import { faultSentence } from '../store/fault-sentence.ts';

const options = new Command('snapshot')
  .description(
    'Publish the statistics of a month that is over, store by store; what has been published stands.',
  )
  .requiredOption('--month <month>', 'YYYY-MM', readMonth)
  .option('--store <store>', 'this store only, e.g. one that was down before')
  .addHelpText(
    'after',
    '\nThe databases are found as the server finds them. Ends with 1 when a store could not be counted.',
  )
  .parse()
  .opts<{ month: string; store?: string }>();

try {
  // Who has said it wrongly does not wait for the product to be loaded.
  const [{ createGraph }, { countStore, publish }, { openStores }] = await Promise.all([
    import('../schema.ts'),
    import('../statistics/snapshot.ts'),
    import('../stores.ts'),
  ]);
  const { statistics: plan } = createGraph();
  const counted = plan.stores.filter((store) => !options.store || store === options.store);
  if (counted.length === 0)
    throw new Error(`Nothing is counted of ${options.store}. Use one of ${plan.stores.join(', ')}.`);
  const config = readConfig(process.env, { demo: process.env.NODE_ENV !== 'production', serves: false });
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const stores = await openStores(config, { log: say, join: true });
  try {
    for (const store of counted)
      try {
        const count = await countStore(stores.pools, plan, store, options.month);
        await publish(stores.pools, plan, [count], config.today());
        say(`${store}: ${count.cells.length} cells of ${options.month}.`);
      } catch (error) {
        process.exitCode = 1;
        process.stderr.write(`${store}: ${faultSentence(error)}\n`);
      }
  } finally {
    await stores.close();
  }
} catch (error) {
  process.stderr.write(`${faultSentence(error)}\n`);
  process.exitCode = 1;
}

function readMonth(text: string): string {
  if (!isCalendarMonth(text)) throw new InvalidArgumentError('Give a month as YYYY-MM, such as 2007-02.');
  return text;
}
