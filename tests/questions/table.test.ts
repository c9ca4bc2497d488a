import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { personas } from '../../src/identity/personas.ts';
import { examples } from './asking.ts';

const numbered = (kind: string, count: number) =>
  Array.from({ length: count }, (_, i) => `${kind}-${String(i + 1).padStart(2, '0')}`);

const all = [...numbered('question', 25), ...numbered('refusal', 12)];

/** The domains of the examples that write, and what they do. */
const doing: readonly (readonly [string, string])[] = [
  ['doing-question-1', 'From the card at the window (question 1) to the card in the hand'],
  ['doing-question-2', 'Question 2: an application is accepted'],
  ['doing-question-4', 'Question 4: a visit is recorded'],
  ['doing-question-7', 'Question 7: visit tasks by block'],
  ['doing-question-8', 'Question 8: a leaflet is brought'],
  ['doing-question-16', 'Question 16: an outbreak, and a grant for a telephone'],
  ['doing-question-18', 'Question 18: a joint matter'],
];

/** `docs/questions.md`, from the heads of the examples. */
function page(): string {
  const rows = (domain: string) =>
    examples
      .filter((example) => example.domain === domain)
      .map(({ name, title, titleZh, as, unit, colleague, purpose }) => {
        const acting = unit ?? personas.find(({ code }) => code === as)?.unit;
        const who = colleague ? `${as}, second person` : as;
        return `| [${title}](../examples/${name}.graphql) ${titleZh} | ${who} | \`${acting}\` | ${purpose} |`;
      });
  const table = (domain: string) =>
    ['| what is asked | sign in as | acting for | purpose |', '|---|---|---|---|', ...rows(domain)].join(
      '\n',
    );
  return `# Questions of the district

Each is a document in \`examples/\`, in GraphiQL's menu of examples, and asked of the synthetic district by its viewer in
\`tests/questions/\`. The console signs in as the viewer; \`npm run token\` does for other clients. This page is written by
\`npx vitest run tests/questions/table.test.ts -u\` from the heads of the examples.

## Twenty-five questions

${table('question')}

## Twelve requests that are refused or emptied

${table('refusal')}

## Dashboards

${table('dashboard')}

## Questions that are writes

What a question asks to be done is done by the examples after it, in this order. A comment \`# takes:\` says which value comes
from which answer; the console fills it in, whoever signs in for the next step. \`tests/examples/writes.test.ts\` walks them.
${doing.map(([domain, heading]) => `\n### ${heading}\n\n${table(domain)}\n`).join('')}`;
}

test('there are twenty-five questions and twelve refusals, one example each', () => {
  for (const beginning of all)
    expect(
      examples.filter(({ name }) => name.startsWith(beginning)),
      beginning,
    ).toHaveLength(1);
  for (const domain of ['question', 'refusal'])
    expect(examples.filter((example) => example.domain === domain)).toHaveLength(
      all.filter((name) => name.startsWith(domain)).length,
    );
});

test('each is numbered in its title as in its name, and asked in a test', () => {
  const tests = readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith('.test.ts') && file !== 'table.test.ts')
    .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'))
    .join('\n');
  for (const beginning of all) {
    const [kind, number] = beginning.split('-');
    const title = examples.find(({ name }) => name.startsWith(beginning))?.title;
    expect(title).toMatch(new RegExp(`^${kind === 'refusal' ? 'R' : ''}${Number(number)}\\. `));
    expect(tests, beginning).toContain(`'${beginning}'`);
  }
});

test('every example that writes stands on the page', () => {
  const domains = examples.map(({ domain }) => domain).filter((domain) => domain.startsWith('doing'));
  expect(doing.map(([domain]) => domain)).toEqual([...new Set(domains)]);
});

test('the page that lists them is the one of the examples', async () => {
  await expect(page()).toMatchFileSnapshot('../../docs/questions.md');
});
