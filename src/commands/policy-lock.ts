import { Command } from 'commander';
import { ColumnPlan } from '../database/columns/column-plan.ts';
import { printLock } from '../database/lock/print-lock.ts';
import { productContract, ruleContract } from '../schema.ts';

new Command('policy:lock')
  .description(
    'Print the whole policy as one sorted text: what each viewer gets at each coordinate, and which rows. Keep it as policy.lock.',
  )
  .parse();

try {
  const contract = productContract();
  const { model, accessPlan } = ruleContract(contract);
  process.stdout.write(printLock({ ...contract, model, accessPlan, plan: new ColumnPlan(model) }));
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
