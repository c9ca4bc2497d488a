import { describe, expect, it } from 'vitest';
import { createTestDatabase } from '../support/database.ts';
import { testLogin } from '../support/login.ts';
import { compare } from './identities/compare.ts';
import { storm } from './identities/storm.ts';

// `npm run test:identities` does the same with 200 identities, 100,000 answers and 200 backends ended.

describe('identities that ask the same at once while backends are ended, connections cut and statements fail', () => {
  it.each([
    ['over connections of their own after a while', false],
    ['by turns throughout', true],
  ])(
    'get what they get alone or STORE_UNAVAILABLE, never a value of another, %s',
    {
      timeout: 300_000,
    },
    async (_, turns) => {
      // Its own: backends of other tests must not be ended.
      const database = await createTestDatabase('district');
      const report = await storm({
        databaseUrl: database.url,
        identities: 50,
        responses: 3000,
        terminations: 25,
        login: testLogin(),
        turns,
      }).finally(() => database.drop());
      expect(report.foreign).toEqual([]);
      expect(report.outcomes.foreign).toBe(0);
      // It means something only while identities see different things and most of them are answered.
      expect(report.differentAnswers).toBeGreaterThan(150);
      expect(report.outcomes.equal).toBeGreaterThan(report.responses / 2);
      expect(report.terminations).toBeGreaterThanOrEqual(25);
      expect(report.cuts).toBeGreaterThan(10);
      expect(report.failures).toBeGreaterThan(20);
    },
  );
});

describe('the comparison', () => {
  const alone = JSON.stringify({
    data: { a: { nodes: [{ id: '1', name: '王*' }] }, b: null },
    errors: [{ message: 'b', extensions: { code: 'FORBIDDEN' } }],
  });
  const change = (edit: (body: { data: unknown; errors: object[]; extensions?: object }) => void) => {
    const body = JSON.parse(alone);
    edit(body);
    return compare(alone, JSON.stringify(body));
  };
  const unavailable = { message: 's', extensions: { code: 'STORE_UNAVAILABLE' } };

  it('finds a foreign value, row, id or error, and one that a store unavailable would hide', () => {
    expect(change(() => {})).toBe('equal');
    const nothing = { a: null, b: null };
    expect(
      change((body) => Object.assign(body, { data: nothing, errors: [...body.errors, unavailable] })),
    ).toBe('unavailable');
    expect(change((body) => Object.assign(body, { data: nothing }))).toBe('foreign');
    for (const errors of [[], [unavailable]]) {
      for (const data of [
        { a: { nodes: [{ id: '1', name: '王示例' }] }, b: null },
        { a: { nodes: [{ id: '2', name: '王*' }] }, b: null },
        { a: { nodes: [] }, b: null },
        {
          a: {
            nodes: [
              { id: '1', name: '王*' },
              { id: '1', name: '王*' },
            ],
          },
          b: null,
        },
        { a: null, b: 'b' },
        { a: null, b: null, c: null },
      ])
        expect(change((body) => Object.assign(body, { data, errors: [...body.errors, ...errors] }))).toBe(
          'foreign',
        );
    }
    expect(change((body) => body.errors.push({ extensions: { code: 'INTERNAL' } }))).toBe('foreign');
    expect(
      change((body) =>
        Object.assign(body, { extensions: { access: {} }, errors: [...body.errors, unavailable] }),
      ),
    ).toBe('foreign');
    expect(compare(alone, 'no JSON')).toBe('foreign');
  });
});
