import { productReminders } from '../../src/contract/deadlines/reminders.ts';
import { placeReminders } from '../../src/database/deadlines/make-reminders.ts';
import { Reminding } from '../../src/database/deadlines/reminding.ts';
import { departments } from '../../src/departments/index.ts';
import { createPools } from '../../src/store/pools.ts';

// A worker of reminders in a process of its own, for a test that kills it.

const { WORKER_DATABASE: url = '', WORKER_RECORD: id = '' } = process.env;
const pools = createPools({ urls: () => url, statementTimeoutMs: 60_000 });
const reminding = new Reminding({
  reminders: placeReminders(productReminders(), departments),
  ownerOf: pools.ownerOf,
  queueUrl: url,
  today: () => '2007-03-01',
  onFault: (text, error) => process.stderr.write(`${text} ${error}\n`),
});
await reminding.wake('ResidencePermit', id);
