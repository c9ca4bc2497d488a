import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { drawMachine } from '../../src/contract/doing/draw.ts';
import { readMachines } from '../../src/contract/doing/read-machines.ts';

const root = join(import.meta.dirname, '../..');
const drawn = join(root, 'docs/machines');
const { byRecord } = readMachines(join(root, 'schema/machines'));
const fileOf = (record: string) => `${record.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase()}.md`;

describe('the drawings of the machines', () => {
  it('are those of the tables and no others', () => {
    expect(readdirSync(drawn).sort()).toEqual([...byRecord.keys()].map(fileOf).sort());
  });

  it.each([...byRecord])('show %s as its table has it', (record, transitions) => {
    expect(readFileSync(join(drawn, fileOf(record)), 'utf8')).toBe(drawMachine(record, transitions));
  });
});
