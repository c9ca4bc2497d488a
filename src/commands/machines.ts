import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawMachine } from '../contract/doing/draw.ts';
import { readMachines } from '../contract/doing/read-machines.ts';
import { schemaFolder } from '../contract/sdl/sources.ts';

// Draws every machine of schema/machines/ into docs/machines/.
const folder = join(import.meta.dirname, '../../docs/machines');
mkdirSync(folder, { recursive: true });
for (const file of readdirSync(folder)) rmSync(join(folder, file));
const { byRecord } = readMachines(join(schemaFolder, 'machines'));
for (const [record, transitions] of byRecord) {
  const name = record.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
  writeFileSync(join(folder, `${name}.md`), drawMachine(record, transitions));
}
process.stdout.write(`${byRecord.size} machines are drawn in docs/machines/.\n`);
