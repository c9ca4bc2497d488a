import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ViewerCode, viewers } from '../../src/identity/viewers.ts';
import { openSetting, type Setting } from '../access/asking/setup.ts';
import { createTestDatabase, sharedDatabaseUrl } from '../support/database.ts';
import { createTestGraph, viewerOf } from '../support/graph.ts';

// Dossier §7.2, 4: a coordinator who lists the persons of another neighbourhood gets OUT_OF_SCOPE. An empty list would
// say that nobody lives there, also where the code was only mistyped.

let setting: Setting;
let ask: Setting['graph']['ask'];
beforeAll(async () => {
  setting = await openSetting();
  ask = setting.graph.ask;
});
afterAll(() => setting?.graph.close());

type Input = Readonly<Record<string, unknown>>;

async function answerTo(code: ViewerCode, many: string, type: string, filter: Input, unit?: string) {
  const { data, errors } = await ask(
    viewerOf(code, unit),
    `query ($f: ${type}Filter) { list: ${many}(first: 1, filter: $f) { totalCount } beside: orgUnits(first: 1) { totalCount } }`,
    { f: filter },
  );
  expect(data.beside.totalCount).toBeGreaterThan(0);
  if (data.list === null) {
    expect(errors.map(({ path }) => path)).toEqual([['list']]);
    return String(errors[0]?.extensions.code);
  }
  expect(errors).toEqual([]);
  return data.list.totalCount as number;
}

const persons = (code: ViewerCode, filter: Input, unit?: string) =>
  answerTo(code, 'migrants', 'Migrant', filter, unit);

describe('a neighbourhood', () => {
  const [own, foreign] = ['310107015001', '310107015009'];

  it.each([
    ['of somebody else', { eq: foreign }],
    ['of another sub-district', { eq: '310107016001' }],
    ['that does not exist', { eq: '310107015999' }],
    ['of no sub-district', { eq: '310107999001' }],
    ['among others that are the own', { in: [own, foreign] }],
    ['by its beginning', { startsWith: foreign.slice(0, 12) }],
  ])('%s is out of scope for a coordinator, in a list of any type', async (_, neighbourhoodCode) => {
    expect(await persons('COR', { neighbourhoodCode })).toBe('OUT_OF_SCOPE');
    expect(await answerTo('COR', 'dwellings', 'Dwelling', { neighbourhoodCode })).toBe('OUT_OF_SCOPE');
    expect(await persons('COR', { and: [{ not: { neighbourhoodCode } }] })).toBe('OUT_OF_SCOPE');
    const through = { currentRegistration: { dwelling: { neighbourhoodCode } } };
    expect(await persons('COR', through)).toBe('OUT_OF_SCOPE');
  });

  it('of the own area is answered, also in part, and where nobody is in it', async () => {
    expect(await persons('COR', { neighbourhoodCode: { eq: own } })).toBeGreaterThan(0);
    expect(await persons('COR', { neighbourhoodCode: { startsWith: '310107015' } })).toBeGreaterThan(0);
    expect(await persons('COR', { neighbourhoodCode: { eq: own }, status: { eq: 'DECEASED' } })).toBe(0);
  });

  it('is in scope for the sub-district and the station whose it is, and for no other', async () => {
    const [[pair]] = [
      await setting.graph.pools.ownerOf('housing')`
        select station_code as station, min(neighbourhood_code) as code from housing.dwellings
        where station_code = 'PT-STN-015-2' group by 1`,
    ];
    const filter = { neighbourhoodCode: { eq: pair?.code } };
    expect(await persons('SUB', filter, 'PT-SUB-015')).toBeGreaterThan(0);
    expect(await persons('SUB', filter, 'PT-SUB-016')).toBe('OUT_OF_SCOPE');
    expect(await persons('STN', filter, 'PT-STN-015-2')).toBeGreaterThan(0);
    expect(await persons('STN', filter, 'PT-STN-015-1')).toBe('OUT_OF_SCOPE');
    expect(await persons('PSB', filter)).toBeGreaterThan(0);
  });

  it('that does not exist is out of scope for everybody, so that no typing error looks like an empty place', async () => {
    for (const code of ['PSB', 'POP', 'SUB', 'STN', 'COR'] as const)
      for (const eq of ['310107015999', '310107999001', '310107015', '310115001001'])
        expect(await persons(code, { neighbourhoodCode: { eq } }), `${code} ${eq}`).toBe('OUT_OF_SCOPE');
  });
});

it.each(['PSB', 'SUB', 'STN'] as const)(
  'a station or sub-district that does not exist is out of scope: %s',
  async (code) => {
    expect(await persons(code, { subdistrictCode: { eq: '310107099' } })).toBe('OUT_OF_SCOPE');
    expect(await persons(code, { subdistrictCode: { startsWith: '310108' } })).toBe('OUT_OF_SCOPE');
    expect(await persons(code, { stationCode: { eq: 'PT-STN-015-9' } })).toBe('OUT_OF_SCOPE');
  },
);

it('a station of others is out of scope for a station; the sub-district asks for each of its own', async () => {
  const other = { stationCode: { eq: 'PT-STN-015-2' } };
  expect(await persons('STN', other, 'PT-STN-015-1')).toBe('OUT_OF_SCOPE');
  expect(await persons('SUB', other, 'PT-SUB-015')).toBeGreaterThan(0);
});

it('a sub-district of others is out of scope for a sub-district; of the own also the beginning is answered', async () => {
  for (const subdistrictCode of [
    { eq: '310107016' },
    { in: ['310107015', '310107016'] },
    { startsWith: '310107016' },
  ])
    expect(await persons('SUB', { subdistrictCode }, 'PT-SUB-015')).toBe('OUT_OF_SCOPE');
  expect(await persons('SUB', { subdistrictCode: { eq: '310107015' } }, 'PT-SUB-015')).toBeGreaterThan(0);
  expect(await persons('SUB', { subdistrictCode: { startsWith: '3101070' } }, 'PT-SUB-015')).toBeGreaterThan(
    0,
  );
  expect(await persons('PSB', { subdistrictCode: { eq: '310107016' } })).toBeGreaterThan(0);
});

it('what is seen for another reason than its place, as what is published, is answered wherever it lies', async () => {
  const schools = await setting.graph.pools.ownerOf('education')`
    select subdistrict_code as code, count(*)::int as n from education.migrant_schools group by 1 order by 2 desc`;
  for (const { code, n } of schools)
    for (const viewer of ['STN', 'COR', 'CAC'] as const)
      expect(
        await answerTo(viewer, 'migrantSchools', 'MigrantSchool', { subdistrictCode: { eq: code } }),
      ).toBe(n);
  expect(schools.length).toBeGreaterThan(1);
});

it('statistics of a sub-district that does not exist, or is another, are out of scope', async () => {
  const document = (code: string) =>
    `{ statistics(measure: REGISTERED_MIGRANTS, subdistrict: "${code}") { cells { value } } }`;
  for (const [viewer, code] of [
    ['PSB', '310107099'],
    ['PSB', '310107015001'],
    ['SUB', '310107016'],
  ] as const) {
    const { data, errors } = await ask(viewerOf(viewer), document(code));
    expect([data.statistics, errors.map((e) => e.extensions.code)]).toEqual([null, ['OUT_OF_SCOPE']]);
  }
});

it('registers of places that are down refuse nobody, but a place of another district is none of this one', async () => {
  const up = sharedDatabaseUrl();
  const down = createTestGraph(up, (store) =>
    store === 'housing' ? 'postgres://nobody@127.0.0.1:1/none' : up,
  );
  try {
    const answers: unknown[] = [];
    for (const c of ['310107015999', '310115001001']) {
      const { data, errors } = await down.ask(
        viewerOf('PSB'),
        'query ($c: DivisionCode!) { migrants(first: 1, filter: { neighbourhoodCode: { eq: $c } }) { totalCount } }',
        { c },
      );
      answers.push(data.migrants?.totalCount ?? errors[0]?.extensions.code);
    }
    expect(answers).toEqual([0, 'OUT_OF_SCOPE']);
  } finally {
    await down.close();
  }
});

describe('a neighbourhood that no register of places has', () => {
  const code = '310107015777';
  const [station, other] = ['PT-STN-015-1', 'PT-STN-015-2'];
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  beforeAll(async () => {
    database = await createTestDatabase('district');
  });
  afterAll(() => database?.drop());

  /** Asks a program that has just been started. */
  const counts = async (asked: readonly (readonly [ViewerCode, string])[]) => {
    const graph = createTestGraph(database.url);
    try {
      const found: unknown[] = [];
      for (const [viewer, unit] of asked) {
        const { data, errors } = await graph.ask(
          viewerOf(viewer, unit),
          'query ($c: DivisionCode!) { migrants(first: 1, filter: { neighbourhoodCode: { eq: $c } }) { totalCount } }',
          { c: code },
        );
        found.push(data.migrants?.totalCount ?? errors[0]?.extensions.code);
      }
      return found;
    } finally {
      await graph.close();
    }
  };

  it('is unknown while only a shielded person lives there, and known to who would find somebody', async () => {
    const asked = [
      ['SUB', 'PT-SUB-015'],
      ['STN', station],
      ['STN', other],
      ['PSB', 'PT-PSB'],
    ] as const;
    const graph = createTestGraph(database.url);
    const owner = graph.pools.ownerOf('public_security');
    const [person] = await owner`
      select id from public_security.migrants where station_code = ${station} and not shielded
        and exists (select from public_security.residence_registrations r where r.person_id = migrants.id)
      order by id limit 1`;
    const place = { neighbourhood_code: code, subdistrict_code: '310107015', station_code: station };
    for (const shielded of [true, false]) {
      await owner`update public_security.migrants set ${owner({ ...place, shielded })} where id = ${person?.id}`;
      await owner`update public_security.residence_registrations set ${owner({ ...place, shielded })}
        where person_id = ${person?.id}`;
      const out = 'OUT_OF_SCOPE';
      expect(await counts(asked)).toEqual(shielded ? [out, out, out, out] : [1, 1, out, 1]);
    }
    await graph.close();
  });
});

describe('it does not tell of persons', () => {
  it('the answer to a place is the same for each code beyond the own, whoever lives there', async () => {
    const { district } = setting;
    const lived = new Set(district.rows('Migrant').map((row) => row.neighbourhoodCode));
    const shielded = district.rows('Migrant').find((row) => row.shielded)?.neighbourhoodCode;
    for (const eq of [
      [...lived].find((code) => code && !String(code).startsWith('310107015')),
      shielded,
      '310107016999',
    ])
      if (!String(eq).startsWith('31010701500')) {
        const { errors } = await ask(
          viewerOf('COR'),
          'query ($c: DivisionCode!) { migrants(first: 1, filter: { neighbourhoodCode: { eq: $c } }) { totalCount } }',
          { c: eq },
        );
        expect(errors.map((e) => e.toJSON())).toMatchObject([
          {
            message:
              'PT-SVB-015 works on no place of this code. Check the code, or ask the unit of that place.',
            path: ['migrants'],
            extensions: { code: 'OUT_OF_SCOPE', coordinate: 'MigrantFilter.neighbourhoodCode' },
          },
        ]);
      }
  });

  it('of secret records a place tells nothing: who has no right gets what one gets where there is nothing', async () => {
    for (const { code } of viewers) {
      const { data, errors } = await ask(
        viewerOf(code),
        '{ pregnancyNotices(first: 1, filter: { person: { neighbourhoodCode: { eq: "310107015001" } } }) { totalCount } }',
      );
      if (errors.length === 0) expect(data.pregnancyNotices).toEqual({ totalCount: expect.any(Number) });
    }
  });
});
