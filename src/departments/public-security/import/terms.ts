import { type Terms, terms } from '../../../import/fields/terms.ts';
import { type Ethnicity, ethnicityNames } from '../ethnicities.ts';

/** GB/T 2261.1 by name or code. */
export const sexes = terms({
  MALE: '男 1 男性 M MALE',
  FEMALE: '女 2 女性 F FEMALE',
  UNKNOWN: '未知 0 未知的性别 不详',
  NOT_STATED: '未说明 9 未说明的性别',
});

/** GB/T 3304-1991: the letter codes of 01 to 56. */
const ethnicLetters =
  'HA MG HU ZA UG MH YI ZH BY CS MA DO YA BA TJ HN KZ DA LI LS VA SH GS LH SU DX NX JP KG TU DU ML QI BL SL MN GL XB AC PM TA NU UZ RS EW DE BN YG GI TT DR OR HZ MB LB JN'.split(
    ' ',
  );
/** Names that offices write besides those of the standard. */
const ethnicWords: Readonly<Partial<Record<Ethnicity, string>>> = {
  UYGUR: '维 维吾',
  CHOSEN: '鲜 朝',
  MAN: '满洲',
  SHE: '畬',
  KAZAK: '哈萨',
  ZHUANG: '僮',
  MAONAN: '毛难',
  GELAO: '仡老',
  DEANG: '崩龙',
  MONGOL: '蒙',
  OTHER: '其它 未识别 未识别民族 未定族称 穿青人 穿青 革家人 僜人 夏尔巴人 97',
  FOREIGN_BORN: '外国血统 外国血统中国籍 外国人入中国籍 外国人加入中国籍 入籍 98',
};

/** By name with or without 族, number or letters. */
export const ethnicities: Terms<Ethnicity> = new Map(
  (Object.entries(ethnicityNames) as [Ethnicity, string][]).flatMap(([code, name], index) => {
    const letters = ethnicLetters[index];
    const words = [name, ...(ethnicWords[code]?.split(' ') ?? [])].flatMap((word) => [word, `${word}族`]);
    const number = String(index + 1);
    return [...words, ...(letters ? [letters, number, number.padStart(2, '0')] : [])].map(
      (word) => [word, code] as const,
    );
  }),
);

/** GB/T 2261.2, and the single digits of GB 4766-84 before it, which are its tens. */
export const maritalStatuses = terms({
  UNMARRIED: '未婚 10 1 单身 从未结婚',
  MARRIED: '已婚 20 2 有配偶 已婚有配偶 有偶 结婚 在婚',
  FIRST_MARRIAGE: '初婚 21 初婚有配偶',
  REMARRIED: '再婚 22 再婚有配偶',
  REMARRIED_SAME_SPOUSE: '复婚 23 复婚有配偶',
  WIDOWED: '丧偶 30 3 丧偶未再婚 寡',
  DIVORCED: '离婚 离异 40 4 离婚未再婚 离婚未再娶',
  NOT_STATED: '未说明 90 9 未说明的婚姻状况 其他 其它',
});

/** How far somebody came at a school; the level is the same. */
const ends = [
  '',
  '毕业',
  '结业',
  '肄业',
  '在读',
  '辍学',
  '教育',
  '文化',
  '程度',
  '文化程度',
  '学历',
  '学生',
  '毕业生',
];
const levels = (numbers: string, words: string) =>
  [...numbers.split(' '), ...words.split(' ').flatMap((word) => ends.map((end) => word + end))].join(' ');

/** GB/T 4658-2006; 5x and 9x as in GB 4658-84 before it. */
export const educationLevels = terms({
  POSTGRADUATE: levels(
    '10 11 12 13 14 15 16 17 18 19',
    '研究生 硕士 博士 硕士研究生 博士研究生 研究生班 研究生及以上 博士后',
  ),
  UNDERGRADUATE: levels(
    '20 21 22 23 28',
    '本科 大学本科 大学 大本 学士 本科生 大学生 普通本科 大学本科及以上 本科及以上 大学普通班',
  ),
  JUNIOR_COLLEGE: levels(
    '30 31 32 33',
    '大专 专科 大学专科 高职 高专 高等专科 高等职业 专科生 大专及以上 大学专科和专科学校 高等职业学校 高等专科学校',
  ),
  SECONDARY_VOCATIONAL: levels(
    '40 41 42 43 44 45 46 47 48 49 50 51 52 53 59',
    '中专 中技 技校 职高 中职 中等专科 中等职业 中等技术 中等师范 中师 职业高中 职业中学 技工学校 技工 中等专业 中等专业学校 中等技术学校 中专中技 中专或中技',
  ),
  SENIOR_HIGH: levels('60 61 62 63 69', '高中 普通高中 高级中学 普通高级中学 普高'),
  JUNIOR_HIGH: levels('70 71 72 73 79', '初中 初级中学 普通初中'),
  PRIMARY: levels('80 81 82 83 89', '小学 初小 高小 完小'),
  OTHER: levels(
    '90 91 99',
    '其他 其它 文盲 半文盲 文盲半文盲 文盲或半文盲 不识字 识字很少 文盲或识字很少 未上学 未上过学 未受教育 扫盲班 学龄前 学龄前儿童 学前 幼儿 幼儿园 托儿所',
  ),
});

export const stayReasons = terms({
  WORK: '务工 打工 工作 就业 务工人员 外来务工',
  BUSINESS: '经商 个体经营 做生意 个体工商 经营',
  STUDY: '学习 就学 求学 上学 读书 借读 学习培训 进修 培训',
  JOIN_FAMILY: '投靠亲友 随迁 投亲靠友 投靠 投亲 随迁家属 随同 婚嫁 婚姻嫁娶',
  MEDICAL: '治病 就医 治病疗养 看病 疗养',
  VISIT: '探亲 访友 探亲访友 旅游 探访 旅游观光 观光 出差 公务',
  OTHER: '其他 其它',
});

export const dwellingRelations = terms({
  TENANT: '租赁房屋 出租房屋 租赁 出租房 租房 租赁住房 租借房屋 出租屋',
  OWNER: '自有住房 自购房屋 自购住房 自购房 自有房屋 自建房 自有房',
  EMPLOYER_DORM: '单位宿舍 单位内部 集体宿舍 职工宿舍 宿舍 学校宿舍',
  SITE_DORM: '工地工棚 工地现场 工地 工棚 建筑工地',
  WITH_RELATIVE: '亲友家中 居民家中 亲友家 亲戚家 寄住亲友家 居民家',
  HOTEL: '旅馆 旅店 宾馆 旅馆旅店 旅店宾馆 招待所 旅社',
  OTHER: '其他 其它',
});

export const captureSources = terms({
  WINDOW: '受理窗口 窗口受理',
  COORDINATOR_VISIT: '协管员上门 协管员采集',
  EMPLOYER_REPORT: '用人单位申报 单位申报',
  LANDLORD_REPORT: '出租人申报 房东申报',
  IMPORT: '批量导入',
});
