import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { enforcementPoints } from './points/index.ts';

const root = join(import.meta.dirname, '../../..');

test.each(enforcementPoints)('$file: $name stands where its mutant looks for it', (point) => {
  for (const { file, changes } of [point, ...(point.with ?? [])]) {
    const source = readFileSync(join(root, file), 'utf8');
    for (const [find] of changes) expect(source.split(find).length - 1, find).toBe(1);
  }
});
