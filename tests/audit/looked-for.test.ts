import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { viewers } from '../../src/identity/viewers.ts';
import { rawValue } from '../access/asking/expectation.ts';
import { expectNoProblems } from '../access/asking/no-problems.ts';
import { recordTypes, type Setting, sharedDistrict } from '../access/asking/setup.ts';
import type { Answer } from '../support/graph.ts';
import {
  allLed,
  conditionsOn,
  idOf,
  isAboutPersons,
  leading,
  numberFields,
  throughWay,
  waysToMigrants,
} from './looking/ways.ts';
import { createRecordedGraph, type RecordedGraph } from './recorded-graph.ts';

// Whoever is looked for is named by the log, or the request was refused: for each filterable way to a person and each
// viewer, though no record of the person is answered.

let graph: RecordedGraph;
let setting: Omit<Setting, 'graph'>;

beforeAll(async () => {
  [graph, setting] = [await createRecordedGraph(), await sharedDistrict()];
});
afterAll(() => graph?.close());

/** A list asked with a filter, and the records of which the entry must name one. */
interface Asked {
  readonly title: string;
  readonly many: string;
  readonly type: string;
  readonly filter: Readonly<Record<string, unknown>>;
  /** Tokens of which the entry must hold at least one. */
  readonly persons: readonly string[];
  /** Whether the answer told something of them. @param before what the list before this one counted */
  readonly tells: (count: number, before: number) => boolean;
}

const pages = ['{ totalCount }', '{ pageInfo { hasNextPage } totalCount }'] as const;

/** Asks many lists in one document, of which none gives a row. @returns what is not named though it was answered */
async function unnamed(
  viewer: Parameters<RecordedGraph['ask']>[0],
  asked: readonly Asked[],
): Promise<string[]> {
  if (asked.length === 0) return [];
  const document = `query (${asked.map(({ type }, i) => `$f${i}: ${type}Filter`).join(' ')}) {
    ${asked.map(({ many }, i) => `a${i}: ${many}(first: 0, filter: $f${i}) ${pages[i % 2]}`).join('\n')}
  }`;
  const answer = await graph.ask(
    viewer,
    document,
    Object.fromEntries(asked.map(({ filter }, i) => [`f${i}`, filter])),
  );
  const [entry] = await graph.entries();
  const named = new Set(entry?.subjects);
  return asked.flatMap(({ title, persons, tells }, i) => {
    const page = answer.data?.[`a${i}`] as { totalCount: number } | null;
    if (isRefused(answer, `a${i}`) || !page || !tells(page.totalCount, countOf(answer, i - 1))) return [];
    toldSomewhere += 1;
    return persons.some((person) => named.has(person)) ? [] : [`${viewer.department}: ${title}`];
  });
}

const countOf = ({ data }: Answer, i: number): number => data?.[`a${i}`]?.totalCount ?? 0;

const isRefused = ({ errors }: Answer, alias: string): boolean =>
  errors.some(({ path, extensions }) => path?.[0] === alias && extensions.code === 'FORBIDDEN');

const always = () => true;
/** Lists of which the answer told something of a person. */
let toldSomewhere = 0;

describe.each(viewers.map(({ code }) => code))('%s', (code) => {
  test('names the person whose id stands in a filter, at the end of every way, whatever else it asks', async () => {
    const { oracle } = setting;
    const viewer = setting.expect(code);
    const asked = recordTypes.flatMap((type): Asked[] => {
      const { many } = oracle.type(type);
      if (!many) return [];
      return waysToMigrants(oracle, type).flatMap((way, i): Asked[] => {
        const led = leading(setting, viewer, type, way, i);
        if (!led) return [];
        const person = idOf('Migrant', led.person);
        const name = [type, ...way.map((f) => f.name)].join('.');
        const persons = graph.tokens('Migrant', [led.person.id]);
        const probe = { ...person, status: { eq: 'ACTIVE' } };
        const wrapped = [
          throughWay(way, probe),
          { not: throughWay(way, probe) },
          throughWay(way, { or: [{ and: [probe] }] }, 'none'),
        ][i % 3]!;
        return [{ title: `${name} by id`, many, type, filter: wrapped, persons, tells: always }];
      });
    });
    expect(asked.length).toBeGreaterThan(90);
    expectNoProblems(await unnamed(viewer.asking, asked));
  });

  test('names the persons that a condition on a field of theirs tells of, whatever rows are counted', async () => {
    const { oracle, district } = setting;
    const viewer = setting.expect(code);
    const turn = viewers.findIndex((v) => v.code === code);
    const asked = recordTypes.flatMap((type): Asked[] => {
      const { many } = oracle.type(type);
      if (!many) return [];
      return waysToMigrants(oracle, type).flatMap((way, i): Asked[] => {
        const led = leading(setting, viewer, type, way, i + turn);
        if (!led || way.length === 0) return [];
        const conditions = conditionsOn(oracle, led.person);
        const name = [type, ...way.map((f) => f.name)].join('.');
        const persons = graph.tokens(
          'Migrant',
          allLed(district, led.row, way).map(({ id }) => id),
        );
        return [turn + i, turn + i + 5].flatMap((n): Asked[] => {
          const condition = conditions[n % conditions.length]!;
          const title = `${name} by ${JSON.stringify(condition)}`;
          const row = idOf(type, led.row);
          const found = { ...row, ...throughWay(way, condition) };
          const negated = { ...row, not: throughWay(way, condition) };
          return [
            { title, many, type, filter: found, persons, tells: (count) => count > 0 },
            // The row is there, and is left out.
            {
              title: `not ${title}`,
              many,
              type,
              filter: negated,
              persons,
              tells: (count, before) => count === 0 && before > 0,
            },
          ];
        });
      });
    });
    expectNoProblems(await unnamed(viewer.asking, asked));
  });

  test('names the record whose number stands in a filter, seen or not', async () => {
    const { oracle, district } = setting;
    const viewer = setting.expect(code);
    const asked = recordTypes.flatMap((type): Asked[] => {
      const { many } = oracle.type(type);
      if (!many || !isAboutPersons(oracle, type)) return [];
      return numberFields(oracle, type).flatMap((field, i): Asked[] => {
        const rows = district.rows(type).filter((row) => rawValue(field, row) !== null);
        const picked = [rows.find((row) => viewer.scope.sees(type, row.id)), rows.at(-1)];
        return picked.flatMap((row, n): Asked[] => {
          if (!row) return [];
          const value = rawValue(field, row);
          const condition = { [field.name]: (i + n) % 2 === 0 ? { eq: value } : { in: [value] } };
          const persons = graph.tokens(type, [row.id]);
          const title = `${type}.${field.name}`;
          return [
            { title, many, type, filter: n === 0 ? condition : { not: condition }, persons, tells: always },
          ];
        });
      });
    });
    expect(new Set(asked.map(({ title }) => title)).size).toBeGreaterThan(11);
    expectNoProblems(await unnamed(viewer.asking, asked));
  });
});

test('the ways are those of the contract, and of more than one person each something is told to somebody', () => {
  const ways = recordTypes.flatMap((type) =>
    setting.oracle.type(type).many ? waysToMigrants(setting.oracle, type).map((way) => [type, ...way]) : [],
  );
  expect(ways.length).toBeGreaterThan(90);
  expect(toldSomewhere).toBeGreaterThan(ways.length);
});
