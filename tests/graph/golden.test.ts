import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ViewerCode } from '../../src/identity/viewers.ts';
import { type Answer, createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';

// Each document of golden/ stands beside the SQL that it makes, which docs/request.md points to.
// `vitest run tests/graph/golden.test.ts --update` writes the SQL anew.

const folder = join(import.meta.dirname, 'golden');
const files = readdirSync(folder).filter((name) => name.endsWith('.graphql'));
const documents = files.map(
  (name) => [name.replace('.graphql', ''), readFileSync(join(folder, name), 'utf8')] as const,
);

let graph: TestGraph;
let person: string;

beforeAll(async () => {
  graph = createTestGraph();
  const [row] = await graph.pools.ownerOf('public_security')`
    select person_id as id from public_security.household_members order by person_id limit 1`;
  person = Buffer.from(`Migrant:${row?.id}`).toString('base64url');
});
afterAll(() => graph.close());

const codeOf = (document: string) => /^# viewer: (\w+)/.exec(document)?.[1] as ViewerCode;

const ask = (document: string, first?: number) =>
  graph.ask(viewerOf(codeOf(document)), document, {
    ...(document.includes('$id') && { id: person }),
    ...(first !== undefined && { first }),
  });

/** Statements of one level run side by side, so they are put in the order of their text. */
function sqlOf({ statements }: Answer): string {
  return statements
    .map(({ store, text, params }) => `-- ${store}, ${params.length} parameters\n${broken(text)};\n`)
    .sort()
    .join('\n');
}

/** A line for each clause. */
const broken = (text: string): string =>
  text.replaceAll(
    / (?=(?:from (?!"t"\.)["u]|where |order by |limit |cross join |left join |group by ))/g,
    '\n  ',
  );

describe.each(documents)('%s', (name, document) => {
  test('makes the SQL that stands beside it', async () => {
    const answer = await ask(document);
    expect(answer.errors).toEqual([]);
    await expect(sqlOf(answer)).toMatchFileSnapshot(join(folder, `${name}.sql`));
  });

  test('finds something, or its SQL would prove little', async () => {
    const { data } = await ask(document);
    const [root] = Object.values(data) as ({ nodes?: unknown[] } | null)[];
    expect(root).not.toBeNull();
    if (root?.nodes) expect(root.nodes.length).toBeGreaterThan(0);
  });

  test('makes the same statements for five rows as for a hundred', async () => {
    const [few, many] = [await ask(document, 5), await ask(document, 100)];
    expect(few.statements.map((s) => s.text).sort()).toEqual(many.statements.map((s) => s.text).sort());
  });

  test('puts no value into the text of a statement', async () => {
    for (const { text } of (await ask(document)).statements) {
      // Literals are masks and the codes of derived values; what a client sends is a parameter.
      expect(text).not.toMatch(/'\d{4}-\d\d-\d\d'|'(NOT_FILED|EXPIRED|VALID|ACTIVE|REVOKED)'/);
    }
  });
});
