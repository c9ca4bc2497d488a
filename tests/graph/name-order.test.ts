import { sql } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nameOrder } from '../../src/store/name-order.ts';
import { createTestDatabase } from '../support/database.ts';
import { createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';

// Surnames whose reading as a surname is another one, with that reading (Dictionary of Modern Chinese, 现代汉语词典), among
// surnames that are read as ever.
// biome-ignore format: a table
const surnames: readonly (readonly [name: string, reading: string])[] = [
  ['卜一', 'bu'], ['曾一', 'zeng'], ['单一', 'shan'], ['仇一', 'qiu'], ['区一', 'ou'], ['解一', 'xie'], ['查一', 'zha'],
  ['任一', 'ren'], ['华一', 'hua'], ['朴一', 'piao'], ['盖一', 'ge'], ['乐一', 'yue'], ['翟一', 'zhai'], ['缪一', 'miao'],
  ['黑一', 'he'], ['种一', 'chong'], ['繁一', 'po'], ['折一', 'she'], ['冼一', 'xian'], ['秘一', 'bi'], ['祭一', 'zhai-'],
  ['尉迟一', 'yu chi'], ['万俟一', 'mo qi'], ['长孙一', 'zhang sun'], ['单于一', 'chan yu'], ['澹台一', 'tan tai'],
  ['安一', 'an'], ['陈一', 'chen'], ['邓一', 'deng'], ['方一', 'fang'], ['高一', 'gao'], ['何一', 'he-'], ['江一', 'jiang'],
  ['李一', 'li'], ['牛一', 'niu'], ['潘一', 'pan'], ['秦一', 'qin'], ['沈一', 'shen'], ['汤一', 'tang'], ['王一', 'wang'],
  ['徐一', 'xu'], ['臧一', 'zang'], ['张一', 'zhang'], ['朱一', 'zhu'], ['万一', 'wan'],
];

// The commonest surnames, each with its reading; 覃 has two, and the place of ü is another matter.
const common =
  '王wang李li张zhang刘liu陈chen杨yang黄huang赵zhao吴wu周zhou徐xu孙sun马ma朱zhu胡hu郭guo何he林lin罗luo郑zheng梁liang谢xie宋song唐tang' +
  '许xu邓deng韩han冯feng曹cao彭peng肖xiao田tian董dong潘pan袁yuan蔡cai蒋jiang余yu于yu杜du叶ye程cheng魏wei苏su丁ding沈shen任ren姚yao' +
  '卢lu傅fu钟zhong姜jiang崔cui谭tan廖liao范fan汪wang陆lu金jin石shi戴dai贾jia韦wei夏xia邱qiu侯hou邹zou孟meng熊xiong秦qin白bai江jiang' +
  '阎yan薛xue闫yan雷lei段duan郝hao孔kong邵shao史shi毛mao常chang万wan顾gu赖lai武wu康kang贺he严yan尹yin钱qian施shi牛niu洪hong龚gong' +
  '汤tang陶tao黎li温wen莫mo易yi樊fan乔qiao文wen安an殷yin颜yan庄zhuang章zhang鲁lu倪ni庞pang邢xing俞yu翟zhai蓝lan聂nie齐qi向xiang葛ge' +
  '柴chai伍wu骆luo关guan焦jiao柳liu欧ou祝zhu纪ji尚shang毕bi耿geng芦lu左zuo季ji管guan符fu辛xin苗miao詹zhan曲qu瞿qu盛sheng卓zhuo车che' +
  '时shi封feng米mi涂tu窦dou储chu艾ai席xi包bao卜bu凌ling宁ning项xiang华hua喻yu甘gan娄lou边bian游you祁qi岳yue谷gu桂gui龙long翁weng蒲pu' +
  '佟tong敖ao童tong单shan查zha应ying盖ge';

/** Syllables that more than one of the names has: their order among each other is that of the strokes. */
const syllable = (reading: string) => reading.replace('-', '');

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let graph: TestGraph;
beforeAll(async () => {
  database = await createTestDatabase('district');
  graph = createTestGraph(database.url);
});
afterAll(async () => {
  await graph.close();
  await database.drop();
});

const readings = new Map(surnames);
const readingsOf = (names: readonly string[]) => names.map((name) => syllable(readings.get(name) ?? '?'));
const expected = surnames.map(([, reading]) => syllable(reading)).sort();

describe('names in the order of pinyin', () => {
  it('sort a surname by its reading as a surname', async () => {
    const { sql: text } = new PgDialect().sqlToQuery(
      sql`select n as name from unnest($1::text[]) n order by ${nameOrder(sql.raw('n'))}`,
    );
    const rows = await graph.pools
      .ownerOf('public_security')
      .unsafe(text, [surnames.map(([name]) => name)] as never[]);
    expect(readingsOf(rows.map(({ name }) => String(name)))).toEqual(expected);
  });

  it('sort the commonest surnames by their readings', async () => {
    const { sql: text } = new PgDialect().sqlToQuery(
      sql`select n as name from unnest($1::text[]) n order by ${nameOrder(sql.raw('n'))}`,
    );
    const read = new Map(
      [...common.matchAll(/(\p{Script=Han})([a-z]+)/gu)].map(([, name, reading]) => [name!, reading!]),
    );
    const rows = await graph.pools.ownerOf('public_security').unsafe(text, [[...read.keys()]] as never[]);
    expect(rows.map(({ name }) => read.get(name))).toEqual([...read.values()].sort());
  });

  it('leave the same character in a given name as it is', async () => {
    const { sql: text } = new PgDialect().sqlToQuery(
      sql`select n as name from unnest($1::text[]) n order by ${nameOrder(sql.raw('n'))}`,
    );
    // 建仇 jiàn chóu, 建区 jiàn qū, 建单 jiàn dān, 建解 jiàn jiě
    const names = ['王建区', '王建仇', '王建解', '王建单'];
    const rows = await graph.pools.ownerOf('public_security').unsafe(text, [names] as never[]);
    expect(rows.map(({ name }) => name)).toEqual(['王建仇', '王建单', '王建解', '王建区']);
  });

  it.each(['ASC', 'DESC'] as const)('page through the register one after another: %s', async (direction) => {
    const owner = graph.pools.ownerOf('public_security');
    const people = await owner`select id from public_security.migrants
      where not shielded order by id limit ${surnames.length}`;
    for (const [i, { id }] of people.entries())
      await owner`update public_security.migrants set name = ${surnames[i]![0]} where id = ${id}`;
    const document = `query ($after: String) {
      migrants(first: 7, after: $after, filter: { name: { in: ${JSON.stringify(surnames.map(([name]) => name))} } },
        orderBy: { field: NAME, direction: ${direction} }) { nodes { name } pageInfo { hasNextPage endCursor } } }`;
    const names: string[] = [];
    let after: string | null = null;
    do {
      const { data, errors } = await graph.ask(viewerOf('PSB'), document, { after });
      expect(errors).toEqual([]);
      names.push(...data.migrants.nodes.map((node: { name: string }) => node.name));
      after = data.migrants.pageInfo.hasNextPage ? data.migrants.pageInfo.endCursor : null;
    } while (after !== null);
    expect(readingsOf(names)).toEqual(direction === 'ASC' ? expected : expected.toReversed());
  });
});
