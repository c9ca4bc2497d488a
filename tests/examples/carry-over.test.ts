import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type Carried,
  exampleOfOperation,
  fillVariables,
  keepForOthers,
  nextStep,
} from '../../console/src/carry-over.ts';
import type { Example } from '../../console/src/server-calls.ts';
import { parseConsoleExample, readConsoleExamples } from '../../src/http/console-examples.ts';

const make = (name: string, operation: string, takes: readonly string[] = [], variables = '{}') =>
  parseConsoleExample(
    name,
    [
      '# title: x',
      '# titleZh: 示例',
      `# domain: doing-question-1`,
      `# variables: ${variables}`,
      ...takes.map((take) => `# takes: ${take}`),
      `query ${operation} { a }`,
    ].join('\n'),
  ) as Example;

const taking = make(
  'step',
  'Step',
  [
    'input.id, input.version from first a.{id,v}',
    'input.id, input.version from second list.nodes.0.{id,v}',
    'rows.1 from second list.nodes[kind=B].id',
  ],
  '{"input":{"id":"","version":1,"event":"GO"},"rows":["",""]}',
);
const all = [make('first', 'First'), make('second', 'Second'), taking];
const answer = {
  list: {
    nodes: [
      { id: 'n0', v: 4 },
      { id: 'n1', v: 5, kind: 'B' },
    ],
  },
};

describe('what an example takes from the answer of another', () => {
  it('is filled in beside what the example says itself, the newest answer first', () => {
    const carried: Carried = new Map();
    keepForOthers(carried, all, 'second', answer);
    keepForOthers(carried, all, 'first', { a: { id: 'f', v: 2 } });
    const { example, from, missing } = fillVariables(taking, carried);
    expect(example.variables).toEqual({ input: { id: 'f', version: 2, event: 'GO' }, rows: ['', 'n1'] });
    expect([from, missing]).toEqual([['first', 'second'], []]);
    keepForOthers(carried, all, 'second', answer);
    expect(fillVariables(taking, carried).example.variables).toMatchObject({
      input: { id: 'n0', version: 4 },
    });
    expect(taking.variables).toMatchObject({ input: { id: '' } });
  });

  it('is missed by the name of the example that gives it, also when its last answer had nothing', () => {
    const carried: Carried = new Map();
    expect(fillVariables(taking, carried).missing).toEqual(['first', 'second']);
    keepForOthers(carried, all, 'first', { a: { id: 'f', v: 2 } });
    keepForOthers(carried, all, 'second', answer);
    keepForOthers(carried, all, 'second', { list: null });
    expect(fillVariables(taking, carried).missing).toEqual(['second']);
    keepForOthers(carried, all, 'first', undefined);
    expect(fillVariables(taking, carried).missing).toEqual(['first', 'second']);
  });

  it('is all that is kept of an answer', () => {
    const carried: Carried = new Map();
    keepForOthers(carried, all, 'first', { a: { id: 'f', v: 2, name: '示例' } });
    keepForOthers(carried, all, 'step', { a: { id: 'f' } });
    expect([...carried.values()]).toEqual(['f', 2]);
  });

  it('comes from the example whose operation was asked, whatever was changed in it', () => {
    expect(exampleOfOperation(all, '# own words\nquery First { a b }')).toBe('first');
    expect(exampleOfOperation(all, 'query Other { a }')).toBeUndefined();
    expect(exampleOfOperation(all, '{ a }')).toBeUndefined();
  });
});

describe('the step after', () => {
  it('goes from each question that is a write to the end of what it asks for', async () => {
    const examples = (await readConsoleExamples(join(import.meta.dirname, '../../examples'))) as Example[];
    const stepAfter = (beginning: string) =>
      nextStep(examples, examples.find(({ name }) => name.startsWith(beginning))!)?.name ?? '';
    for (const number of ['01', '02', '04', '07', '08', '16', '18'])
      expect(stepAfter(`question-${number}`)).toMatch(`doing-${number}-a-`);
    expect(stepAfter('doing-01-a')).toMatch('doing-01-b-');
    expect(stepAfter('doing-01-new-e')).toMatch('doing-01-c-');
    for (const last of ['doing-18-b', 'question-03', 'refusal-01', 'housing-faults'])
      expect(stepAfter(last)).toBe('');
  });
});
