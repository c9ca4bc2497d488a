import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { InFlight } from '../../src/http/transport/in-flight.ts';
import { perTurn, Starts } from '../../src/http/transport/starts.ts';

/** Puts so many requests into the line; @returns which have begun, by number */
function ask(starts: Starts, count: number): number[] {
  const begun: number[] = [];
  for (let i = 0; i < count; i++) void starts.wait().then(() => begun.push(i));
  return begun;
}

it('of requests that come together a few begin in each turn of the event loop, in their order, and all do', async () => {
  const begun = ask(new Starts(), 30);
  const each: number[] = [];
  for (let before = 0; begun.length < 30; before = begun.length) {
    await nextTurn();
    each.push(begun.length - before);
  }
  expect(Math.max(...each.slice(1))).toBe(perTurn);
  expect(begun).toEqual(Array.from({ length: 30 }, (_, i) => i));
});

it('whoever comes while others wait is no sooner than they', async () => {
  const starts = new Starts();
  const first = ask(starts, 3 * perTurn);
  await nextTurn();
  const second = ask(starts, 1);
  while (second.length === 0) await nextTurn();
  expect(first).toHaveLength(3 * perTurn);
});

it('nothing waits when nothing else begins', async () => {
  const starts = new Starts();
  for (let i = 0; i < 3; i++) {
    const begun = ask(starts, 1);
    await Promise.resolve();
    await Promise.resolve();
    expect(begun).toEqual([0]);
    await nextTurn();
    await nextTurn();
  }
});

it('the first refusal is told, and, when half of the places are free, how many there were', () => {
  const told: (number | undefined)[] = [];
  const inFlight = new InFlight({ most: 4, onChange: (refused) => told.push(refused) });
  const leave = Array.from({ length: 4 }, () => inFlight.enter()!);
  for (let i = 0; i < 9; i++) expect(inFlight.enter()).toBeUndefined();
  expect(told).toEqual([undefined]);
  leave[0]!();
  expect(told).toEqual([undefined]);
  leave[1]!();
  expect(told).toEqual([undefined, 9]);
});
