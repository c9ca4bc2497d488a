import { expect, it, onTestFinished, vi } from 'vitest';
import { createUuidV7 } from '../../src/identifiers/uuid-v7.ts';

it('each id is a UUID of version 7, made now, and greater than the one before, also many in a millisecond', () => {
  const newId = createUuidV7();
  vi.setSystemTime('2007-03-01T09:30:00Z');
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const ids = Array.from({ length: 20_000 }, newId);
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids.map((id) => id.slice(-12))).size).toBeGreaterThan(19_990);
  for (const id of ids)
    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  const made = Number.parseInt(ids[0]!.replaceAll('-', '').slice(0, 12), 16);
  expect(new Date(made).toISOString()).toBe('2007-03-01T09:30:00.000Z');
});
