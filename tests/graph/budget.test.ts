import type { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { ObjectBudget } from '../../src/graph/limits/budget.ts';

const budgetOf = (objectsPerMinute: number, capacity?: number) => {
  let now = 0;
  const budget = new ObjectBudget({ objectsPerMinute, now: () => now, ...(capacity ? { capacity } : {}) });
  return { budget, wait: (seconds: number) => (now += seconds * 1000) };
};
const refusal = (work: () => unknown): GraphQLError => {
  try {
    work();
  } catch (error) {
    return error as GraphQLError;
  }
  throw new Error('was not refused');
};

describe('a budget of objects', () => {
  it('lets an answer in only while what it may cost is left, and says when it will be', () => {
    const { budget, wait } = budgetOf(600);
    budget.take('a', 400).settle(400);
    const { extensions } = refusal(() => budget.take('a', 300));
    expect(extensions).toMatchObject({ code: 'BUDGET_EXHAUSTED', retryAfter: 10, http: { status: 429 } });
    wait(10);
    expect(() => budget.take('a', 300)).not.toThrow();
  });

  it('gives back what the answer did not use, and takes what it used beyond', () => {
    const { budget } = budgetOf(600);
    budget.take('a', 600).settle(10);
    budget.take('a', 590).settle(590 + 100);
    expect(refusal(() => budget.take('a', 1)).extensions.retryAfter).toBe(11);
  });

  it('holds what answers under way may cost, and counts an answer once', () => {
    const { budget } = budgetOf(600);
    const [first] = [budget.take('a', 300), budget.take('a', 300)];
    expect(() => budget.take('a', 1)).toThrow();
    first.settle(1);
    first.settle(-10_000);
    budget.take('a', 299);
    expect(() => budget.take('a', 1)).toThrow();
  });

  it('charges an empty answer as one object, so that asking is never free', () => {
    const { budget } = budgetOf(3);
    for (let i = 0; i < 3; i++) budget.take('a', 0).settle(0);
    expect(() => budget.take('a', 0)).toThrow();
  });

  it('lets a document that may cost more than a whole budget run on a full one', () => {
    const { budget } = budgetOf(600);
    budget.take('a', 20_000).settle(5);
    expect(() => budget.take('a', 20_000)).toThrow();
  });

  it('is one for each identity', () => {
    const { budget } = budgetOf(600);
    budget.take('a', 600);
    expect(() => budget.take('b', 600)).not.toThrow();
    expect(() => budget.take('a', 1)).toThrow();
  });

  it('saves no more than a minute up', () => {
    const { budget, wait } = budgetOf(600);
    budget.take('a', 100).settle(100);
    wait(86_400);
    budget.take('a', 600).settle(600);
    expect(() => budget.take('a', 1)).toThrow();
  });

  it('remembers a bounded number of identities and forgets those not seen for longest', () => {
    const { budget } = budgetOf(600, 100);
    budget.take('first', 600);
    for (let i = 0; i < 99; i++) budget.take(`p${i}`, 1);
    expect(() => budget.take('first', 1)).toThrow();
    for (let i = 99; i < 5000; i++) {
      budget.take(`p${i}`, 1);
      if (i % 50 === 0) expect(() => budget.take('first', 1)).toThrow();
    }
    expect(budget.size).toBe(100);
  });
});
