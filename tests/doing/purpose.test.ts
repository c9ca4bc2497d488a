import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, parse, type TypeNode } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccessEvent } from '../../src/audit/event.ts';
import { sharedDatabaseUrl } from '../support/database.ts';
import { createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';

// What tells of persons without being a record needs a purpose and an entry in the log, as the record does (dossier 0.8).

const folder = join(import.meta.dirname, '../../schema');
const definitions = readdirSync(folder)
  .filter((name) => name.endsWith('.graphql'))
  .flatMap((name) => parse(readFileSync(join(folder, name), 'utf8')).definitions);
const named = (type: TypeNode): string =>
  type.kind === Kind.NAMED_TYPE ? type.name.value : named(type.type);
const has = (node: { directives?: readonly { name: { value: string } }[] }, name: string) =>
  node.directives?.some((d) => d.name.value === name) ?? false;
const apart = new Map(
  definitions.flatMap((d) =>
    d.kind === Kind.OBJECT_TYPE_DEFINITION && (has(d, 'metadata') || has(d, 'payload'))
      ? [[d.name.value, d] as const]
      : [],
  ),
);
const roots = definitions.flatMap((d) =>
  d.kind === Kind.OBJECT_TYPE_EXTENSION && d.name.value === 'Query' ? (d.fields ?? []) : [],
);

/** Whether a type that is no record's holds ids of records, at any depth, or documents made of records. */
function holdsIds(type: string, seen = new Set<string>()): boolean {
  const found = apart.get(type);
  if (!found || seen.has(type)) return false;
  seen.add(type);
  return (found.fields ?? []).some(
    (field) => named(field.type) === 'ID' || holdsIds(named(field.type), seen),
  );
}

describe('a field of Query that answers with ids of records outside of records', () => {
  const telling = roots.filter((field) => holdsIds(named(field.type)));

  it('is there', () => expect(telling.map(({ name }) => name.value)).toContain('myWork'));

  it.each(telling.map((field) => [field.name.value, field] as const))('%s is marked @persons', (_, field) => {
    expect(has(field, 'persons')).toBe(true);
  });
});

describe('the work list', () => {
  let graph: TestGraph;
  const entries: AccessEvent[] = [];
  beforeAll(() => {
    const log = { record: async (event: AccessEvent) => void entries.push(event), tokensOf: () => [] };
    graph = createTestGraph(sharedDatabaseUrl(), undefined, undefined, log as never);
  });
  afterAll(() => graph.close());
  const ask = '{ myWork(first: 5) { total items { id } } }';

  it('is not answered without a purpose', async () => {
    const { data, errors } = await graph.ask(viewerOf('CAC'), ask, {}, null);
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['PURPOSE_REQUIRED']);
    expect(data).toBeNull();
  });

  it('stands in the access log', async () => {
    const { errors } = await graph.ask(viewerOf('CAC'), ask);
    expect(errors).toEqual([]);
    expect(entries.at(-1)?.coordinates).toContain('Query.myWork');
  });
});
