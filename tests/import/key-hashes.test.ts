import { expect, it } from 'vitest';
import { KeyHashes } from '../../src/import/key-hashes.ts';
import { createRandom } from './synthetic-people.ts';

it('remembers what was kept first with each of many alike texts, and nothing of others', () => {
  const hashes = new KeyHashes();
  const random = createRandom(7);
  const known = new Map<string, number>();
  const wrong: string[] = [];
  for (let n = 0; n < 400_000; n++) {
    const text = `PT200703${String(random.below(300_000)).padStart(6, '0')}`;
    const value = random.below(2 ** 31);
    if (hashes.find(text, value) !== known.get(text)) wrong.push(text);
    if (!known.has(text)) known.set(text, value);
  }
  expect(wrong).toEqual([]);
  expect(hashes.size).toBe(known.size);
});
