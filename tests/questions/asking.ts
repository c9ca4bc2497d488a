import { join } from 'node:path';
import { type GraphQLSchema, parse, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import type postgres from 'postgres';
import { afterAll } from 'vitest';
import { type ConsoleExample, readConsoleExamples } from '../../src/http/console-examples.ts';
import type { ViewerCode } from '../../src/identity/viewers.ts';
import { connectTo } from '../../src/store/connect.ts';
import { sharedDatabaseUrl } from '../support/database.ts';
import { type Answer, createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';

export const examples = await readConsoleExamples(join(import.meta.dirname, '../../examples'));

/** The example whose name begins so: `question-07`, `refusal-12`. */
export function exampleOf(beginning: string): ConsoleExample {
  const [found, another] = examples.filter(({ name }) => name.startsWith(beginning));
  if (!found || another) throw new Error(`Not one example begins with ${beginning}.`);
  return found;
}

/** What is asked otherwise than the example says. */
interface Otherwise {
  readonly as?: ViewerCode;
  readonly unit?: string;
  readonly variables?: Record<string, unknown>;
}

export interface Asking {
  readonly graph: TestGraph;
  /** The district as its owner reads it: what answers are compared with. Days are `YYYY-MM-DD`. */
  readonly sql: postgres.Sql;
  /** An example as its viewer, or as another for that one's usual purpose. */
  ask(beginning: string, otherwise?: Otherwise): Promise<Answer>;
  /** A document of the test's own. */
  askAs(
    as: ViewerCode,
    document: string,
    variables?: Record<string, unknown>,
    unit?: string,
  ): Promise<Answer>;
}

/** Opens the shared district for a test file, and closes it after its tests. */
export function openAsking(): Asking {
  const graph = createTestGraph();
  const sql = connectTo(sharedDatabaseUrl(), {
    max: 1,
    onnotice: () => {},
    types: { date: { to: 1082, from: [1082], serialize: String, parse: String } },
  });
  afterAll(async () => {
    await graph.close();
    await sql.end();
  });
  return {
    graph,
    sql,
    ask(beginning, { as, unit, variables } = {}) {
      const example = exampleOf(beginning);
      const viewer = viewerOf(
        as ?? (example.as as ViewerCode),
        unit ?? (as ? undefined : (example.unit ?? undefined)),
      );
      return graph.ask(
        viewer,
        example.document,
        { ...example.variables, ...variables },
        as ? undefined : (example.purpose ?? undefined),
      );
    },
    askAs: (as, document, variables, unit) => graph.ask(viewerOf(as, unit), document, variables),
  };
}

/** Types that hold values of persons. */
export const personTypes = [
  'Migrant',
  'Party',
  'Contact',
  'LeaseOccupancy',
  'Household',
  'ResidenceRegistration',
];

/** The object types that an example selects fields of. */
export function typesReadBy(beginning: string, schema: GraphQLSchema): Set<string> {
  const types = new Set<string>();
  const info = new TypeInfo(schema);
  visit(
    parse(exampleOf(beginning).document),
    visitWithTypeInfo(info, { Field: () => void types.add(info.getParentType()?.name ?? '') }),
  );
  return types;
}

/** The fields that an example selects, by name. */
export function askedNames(beginning: string): Set<string> {
  const names = new Set<string>();
  visit(parse(exampleOf(beginning).document), { Field: ({ name }) => void names.add(name.value) });
  return names;
}

/** The global id of a record. */
export const globalId = (type: string, id: string): string =>
  Buffer.from(`${type}:${id}`).toString('base64url');

/** Every value of a field of this name in an answer, at any depth. */
export function valuesOf(answer: unknown, field: string): unknown[] {
  if (Array.isArray(answer)) return answer.flatMap((item) => valuesOf(item, field));
  if (!answer || typeof answer !== 'object') return [];
  return Object.entries(answer).flatMap(([name, value]) => [
    ...(name === field ? [value] : []),
    ...valuesOf(value, field),
  ]);
}
