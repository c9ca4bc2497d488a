import { join } from 'node:path';
import { expect, test } from 'vitest';
import { enforcementPoints } from './points/index.ts';
import { changed } from './syntax/find.ts';
import { Program } from './syntax/program.ts';

const program = Program.in(join(import.meta.dirname, '../../..'));

test.each(enforcementPoints)('$file: $name has its place, and is a change', ({ file, changes }) => {
  const { source, text } = changed(program, file, changes);
  expect(text).not.toBe(source.text);
});
