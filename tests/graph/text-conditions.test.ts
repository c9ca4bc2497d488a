import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scopeBindings } from '../../src/database/rows/viewer-class.ts';
import { personViewers, postViewers } from '../../src/database/wall/person-viewers.ts';
import { encodeNodeId } from '../../src/graph/node-id.ts';
import type { ViewerCode } from '../../src/identity/viewers.ts';
import { createTestDatabase } from '../support/database.ts';
import { createTestGraph, type TestGraph, testDay, viewerOf } from '../support/graph.ts';

let graph: TestGraph;
let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  database = await createTestDatabase('district');
  graph = createTestGraph(database.url);
});
afterAll(async () => {
  await graph?.close();
  await database?.drop();
});

const owner = (store: string) => graph.pools.ownerOf(store);

/** Whether a condition on a list finds a record. */
async function finds(code: ViewerCode, list: string, id: string, condition: object): Promise<boolean> {
  const type = {
    migrants: 'Migrant',
    residenceRegistrations: 'ResidenceRegistration',
    dwellings: 'Dwelling',
    governanceMatters: 'GovernanceMatter',
    leases: 'Lease',
    employers: 'Employer',
  }[list];
  const { data, errors } = await graph.ask(
    viewerOf(code),
    `query ($f: ${type}Filter) { ${list}(first: 1, filter: $f) { nodes { id } } }`,
    { f: { and: [{ id: { eq: encodeNodeId(String(type), id) } }, condition] } },
  );
  expect(errors).toEqual([]);
  return data[list].nodes.length === 1;
}

/** Texts that a clerk takes for one another, and one that is another. */
const alike: readonly { texts: readonly string[]; other: string }[] = [
  {
    texts: [
      '阿依古丽·买买提',
      '阿依古丽•买买提',
      '阿依古丽・买买提',
      '阿依古丽‧买买提',
      '阿依古丽．买买提',
      '阿依古丽.买买提',
      '阿依古丽 · 买买提',
      '阿依古丽･买买提',
      '阿依古丽∙买买提',
      '阿依古丽⋅买买提',
      '\u200e阿依古丽·买买提\ufeff',
    ],
    other: '阿依古丽·买买',
  },
  {
    texts: ['王伟', '王 伟', '王　伟', ' 王伟 ', '王\u00a0伟', '王\u200b伟', '王\u3000 伟'],
    other: '王伟伟',
  },
  {
    texts: ['John Smith', 'JOHN SMITH', 'ｊｏｈｎ　ｓｍｉｔｈ', 'john\u2009smith', 'JohnSmith'],
    other: 'John Smyth',
  },
];

describe('a name is found by what a clerk can see of it, however it stands in the register', () => {
  it.each(alike)('$texts.0', async ({ texts, other }) => {
    const [person] = await owner('public_security')`select id, name from public_security.migrants
      where status = 'ACTIVE' and not shielded order by id limit 1`;
    const id = String(person?.id);
    const missed: string[] = [];
    for (const stored of texts) {
      await owner('public_security')`update public_security.migrants set name = ${stored} where id = ${id}`;
      for (const asked of texts)
        for (const condition of [
          { eq: asked },
          { in: ['李示例', asked] },
          { startsWith: asked },
          { contains: asked },
          { contains: [...asked.normalize('NFKC').trim()].slice(-2).join('') },
        ])
          if (!(await finds('PSB', 'migrants', id, { name: condition })))
            missed.push(`${JSON.stringify(stored)} by ${JSON.stringify(condition)}`);
      for (const condition of [{ eq: other }, { in: [other] }])
        if (await finds('PSB', 'migrants', id, { name: condition })) missed.push(`${stored} is no ${other}`);
    }
    await owner(
      'public_security',
    )`update public_security.migrants set name = ${person?.name} where id = ${id}`;
    expect(missed).toEqual([]);
  });

  it('a long name by a space or a hyphen where the dot belongs', async () => {
    const [person] = await owner(
      'public_security',
    )`update public_security.migrants set name = '阿依古丽·买买提'
      where id = (select id from public_security.migrants where status = 'ACTIVE' and not shielded order by id limit 1) returning id`;
    for (const name of [
      { eq: '阿依古丽 买买提' },
      { eq: '阿依古丽-买买提' },
      { startsWith: '阿依古丽·' },
      { contains: '·买' },
    ])
      expect(await finds('PSB', 'migrants', String(person?.id), { name }), JSON.stringify(name)).toBe(true);
  });
});

describe('a number is found as it is said and written', () => {
  it('a telephone, whole and by its beginning', async () => {
    const [person] = await owner(
      'public_security',
    )`update public_security.migrants set mobile_phone = '13800001234'
      where id = (select id from public_security.migrants where status = 'ACTIVE' and not shielded order by id limit 1) returning id`;
    for (const mobilePhone of [
      ...[
        '13800001234',
        '１３８００００１２３４',
        '138-0000-1234',
        '138 0000 1234',
        '+86 138 0000 1234',
        '0086-13800001234',
        '(86)13800001234',
        '138－0000－1234',
        '138\u200b00001234',
      ].map((eq) => ({ eq })),
      ...['138', '１３', '138-00', '+86 138', '138 0000 12'].map((startsWith) => ({ startsWith })),
      ...['00-12', '１２３４'].map((contains) => ({ contains })),
      { in: ['１３８-００００-１２３４'] },
    ])
      expect(
        await finds('PSB', 'migrants', String(person?.id), { mobilePhone }),
        JSON.stringify(mobilePhone),
      ).toBe(true);
    expect(await finds('PSB', 'migrants', String(person?.id), { mobilePhone: { startsWith: '139' } })).toBe(
      false,
    );
  });

  it('a door, with and without the words of its parts', async () => {
    const [stay] = await owner('public_security')`update public_security.residence_registrations
      set road = '示例路', lane = '8', building = '27', room = '603'
      where id = (select r.id from public_security.residence_registrations r where status <> 'CLOSED' and not shielded order by id limit 1) returning id`;
    for (const address of [
      ...['8', '8弄', '８弄', '08', '八', '八弄', ' 8 '].map((lane) => ({ lane: { eq: lane } })),
      ...['27', '27#', '27号', '27号楼', '２７', '二十七', '027'].map((building) => ({
        building: { eq: building },
      })),
      ...['603', '603室', '６０３', '六〇三'].map((room) => ({ room: { eq: room } })),
      { road: { eq: ' 示例　路' } },
      { road: { eq: '上海市普陀区示例路' } },
      { road: { startsWith: '普陀区示例' } },
      { lane: { in: ['9弄', '8弄'] }, building: { startsWith: '２７' } },
    ])
      expect(
        await finds('PSB', 'residenceRegistrations', String(stay?.id), { address }),
        JSON.stringify(address),
      ).toBe(true);
    expect(
      await finds('PSB', 'residenceRegistrations', String(stay?.id), { address: { lane: { eq: '18弄' } } }),
    ).toBe(false);
  });

  it('codes and numbers, in any width and case, with spaces', async () => {
    const [lease] = await owner(
      'housing',
    )`select id, contract_no as number from housing.leases order by id limit 1`;
    const number = String(lease?.number);
    const wide = number.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
    for (const contractNo of [
      ...[number, number.toLowerCase(), wide, ` ${number.slice(0, 4)} ${number.slice(4)}`].flatMap((text) => [
        { eq: text },
        { in: [text] },
        { startsWith: text },
        { contains: text },
      ]),
      { startsWith: wide.slice(0, 3) },
    ])
      expect(
        await finds('HLR', 'leases', String(lease?.id), { contractNo }),
        JSON.stringify(contractNo),
      ).toBe(true);

    const [person] = await owner(
      'public_security',
    )`update public_security.migrants set citizen_id_number = '11010519491231002X'
      where id = (select id from public_security.migrants where status = 'ACTIVE' and not shielded order by id limit 1) returning id`;
    for (const eq of [
      '11010519491231002X',
      '11010519491231002x',
      '１１０１０５１９４９１２３１００２Ｘ',
      '110105 19491231 002x',
      '11010519491231002×',
      '11010519491231002Х',
      '\u200e11010519491231002X\ufeff',
    ])
      expect(await finds('PSB', 'migrants', String(person?.id), { citizenIdNumber: { eq } }), eq).toBe(true);

    const [matter] = await owner('comprehensive_management')`select id, participant_codes[1] as code
      from comprehensive_management.governance_matters order by id limit 1`;
    for (const has of [
      String(matter?.code),
      String(matter?.code).toLowerCase(),
      String(matter?.code).replace('-', '－'),
    ])
      expect(
        await finds('CSO', 'governanceMatters', String(matter?.id), { participantCodes: { has } }),
        has,
      ).toBe(true);
  });

  it('a division, in full width', async () => {
    const [person] = await owner('public_security')`select id from public_security.migrants
      where subdistrict_code = '310107015' and status = 'ACTIVE' and not shielded order by id limit 1`;
    for (const subdistrictCode of [
      { eq: '３１０１０７０１５' },
      { startsWith: '３１０１０７' },
      { in: ['310107 015'] },
    ])
      expect(
        await finds('PSB', 'migrants', String(person?.id), { subdistrictCode }),
        JSON.stringify(subdistrictCode),
      ).toBe(true);
  });
});

describe('the folding of the database', () => {
  /** What nobody sees, by the Unicode standard and not by the list of the function. */
  const unseen = /[\p{Z}\s\p{Default_Ignorable_Code_Point}]/gu;
  const reference = (text: string) =>
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(unseen, '')
      .replace(/[·•・‧∙⋅․]/g, '.')
      .replace(/[‐‑‒–—―−]/g, '-');

  it('is that of the standard over generated texts: equal where nobody sees a difference, and only there', async () => {
    let seed = 20070301;
    const random = (n: number) => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return Math.floor((seed / 2147483648) * n);
    };
    const letters = [
      ...'王伟阿依古丽买提李abcXYZ0189ＡｚＱ９０（）()／/·•・‧．.-－—㈱Ⅲ①㎡ｶﾞéÉß〇',
      ' ',
      '\u3000',
      '\u00a0',
      '\u2003',
      '\u200b',
      '\ufeff',
      '\u200e',
      '\u00ad',
      '\u2060',
      '\u{2f81a}',
      '\u{20000}',
      '\u{e0101}',
      'e\u0301',
    ];
    const texts = Array.from({ length: 4000 }, () =>
      Array.from({ length: random(9) }, () => letters[random(letters.length)]).join(''),
    );
    const rows = await owner('access')`select t.text, access.fold(t.text) as folded
      from unnest(${texts as string[]}::text[]) t(text)`;
    expect(rows.length).toBe(texts.length);
    const wrong = rows.filter(({ text, folded }) => folded !== reference(text));
    expect(wrong.map(({ text, folded }) => [text, folded, reference(text)]).slice(0, 5)).toEqual([]);
  });

  it('folds lists in their order, and nothing stays nothing', async () => {
    const [row] = await owner(
      'access',
    )`select access.fold_all(array['Ｂ', ' a', null, '']) as list, access.fold(null) as none`;
    expect([row?.list, row?.none]).toEqual([['b', 'a', null, ''], null]);
  });
});

describe('a look-up by a text uses an index, as the database runs it for a viewer', () => {
  const cases: [ViewerCode, string, string, object, string][] = (['PSB', 'STN'] as const).flatMap(
    (code): [ViewerCode, string, string, object, string][] => [
      [code, 'migrants', 'Migrant', { name: { eq: '王　伟' } }, 'migrants_folded_name'],
      [code, 'migrants', 'Migrant', { name: { in: ['王　伟', '李示例'] } }, 'migrants_folded_name'],
      [code, 'migrants', 'Migrant', { name: { startsWith: '阿依古丽' } }, 'migrants_folded_name'],
      [code, 'migrants', 'Migrant', { mobilePhone: { eq: '１３８00001234' } }, 'migrants_folded_phone'],
      [
        code,
        'migrants',
        'Migrant',
        { mobilePhone: { startsWith: '１３８0000999' } },
        'migrants_folded_phone',
      ],
      [code, 'migrants', 'Migrant', { citizenIdNumber: { eq: '11010519491231002x' } }, 'migrants_citizen_id'],
      [
        code,
        'residenceRegistrations',
        'ResidenceRegistration',
        { address: { road: { eq: '无此路' } } },
        'residence_registrations_folded_road',
      ],
      [
        code,
        'residenceRegistrations',
        'ResidenceRegistration',
        { serialNo: { eq: 'pt200702000100' } },
        'residence_registrations_serial',
      ],
    ],
  );
  cases.push(
    ['HLR', 'dwellings', 'Dwelling', { address: { road: { eq: '无此路' } } }, 'dwellings_folded_road'],
    [
      'SUB',
      'dwellings',
      'Dwelling',
      { address: { road: { startsWith: '无此路' } } },
      'dwellings_folded_road',
    ],
    ['HLR', 'leases', 'Lease', { contractNo: { eq: 'ｓｄ0000000002' } }, 'leases_contract_no_unique'],
    ['LSS', 'employers', 'Employer', { name: { eq: '示例企业０００１有限公司' } }, 'employers_folded_name'],
    [
      'AIC',
      'businessLicences',
      'BusinessLicence',
      { name: { eq: '无此店' } },
      'business_licences_folded_name',
    ],
    [
      'PSB',
      'permits',
      'ResidencePermit',
      { permitNo: { eq: 'pth000000001' } },
      'residence_permits_permit_no_unique',
    ],
  );

  it.each(cases)('%s: %s %s %j', async (code, list, type, filter, index) => {
    const viewer = viewerOf(code);
    const { statements, errors } = await graph.ask(
      viewer,
      `query ($f: ${type}Filter) { ${list}(first: 5, filter: $f, orderBy: { field: ID }) { nodes { id } } }`,
      { f: filter },
    );
    expect(errors).toEqual([]);
    const [{ store, text, params } = { store: '', text: '', params: [] }] = statements;
    const { holder, today } = scopeBindings(viewer, testDay);
    const { wall } = graph.graph;
    const pool = await graph.pools.acquire(store, {
      viewer: viewer.department,
      unit: viewer.unit,
      subdistrict: viewer.subdistrict ?? '',
      station: viewer.station ?? '',
      holder,
      person: personViewers(wall.model).has(viewer.department) ? viewer.person : '',
      posts: postViewers(wall.model).has(viewer.department) ? [...viewer.posts].sort().join(',') : '',
      today,
    });
    try {
      // The test's tables are small: a plan without the index costs here what it would at a million rows.
      const plan = await pool.sql.begin(async (tx) => {
        await tx`set local enable_seqscan = off`;
        return tx.unsafe(`explain ${text}`, params as never[]);
      });
      const lines = plan.map((row) => String(row['QUERY PLAN']));
      expect(lines.join('\n')).toMatch(new RegExp(`Index.* (?:using|on) ${index}\\b`));
      expect(lines.some((line) => /Index Cond: .*(fold|_no|citizen_id|serial)/.test(line))).toBe(true);
    } finally {
      graph.pools.release(pool);
    }
  });
});
