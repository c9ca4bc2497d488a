import { ethnicityNames } from '../../departments/public-security/ethnicities.ts';
import { terms } from './file-kind.ts';

/** GB/T 2261.1 by name or code. */
export const sexes = terms({ MALE: '男 1', FEMALE: '女 2', UNKNOWN: '未知 0', NOT_STATED: '未说明 9' });

/** With or without 族. */
export const ethnicities = new Map(
  (Object.entries(ethnicityNames) as [keyof typeof ethnicityNames, string][]).flatMap(([code, name]) => [
    [name, code] as const,
    [`${name}族`, code] as const,
  ]),
);

/** GB/T 2261.2. */
export const maritalStatuses = terms({
  UNMARRIED: '未婚 10',
  MARRIED: '已婚 20',
  FIRST_MARRIAGE: '初婚 21',
  REMARRIED: '再婚 22',
  REMARRIED_SAME_SPOUSE: '复婚 23',
  WIDOWED: '丧偶 30',
  DIVORCED: '离婚 离异 40',
  NOT_STATED: '未说明 90',
});

/** GB/T 4658-2006, tens. */
export const educationLevels = terms({
  POSTGRADUATE: '研究生 硕士 博士 10',
  UNDERGRADUATE: '本科 大学本科 大学 20',
  JUNIOR_COLLEGE: '大专 专科 大学专科 30',
  SECONDARY_VOCATIONAL: '中专 中技 技校 职高 40',
  SENIOR_HIGH: '高中 60',
  JUNIOR_HIGH: '初中 70',
  PRIMARY: '小学 80',
  OTHER: '其他 其它 文盲 半文盲 90',
});

export const stayReasons = terms({
  WORK: '务工',
  BUSINESS: '经商',
  STUDY: '学习 就学 求学',
  JOIN_FAMILY: '投靠亲友 随迁',
  MEDICAL: '治病 就医',
  VISIT: '探亲 访友 探亲访友 旅游',
  OTHER: '其他 其它',
});

export const dwellingRelations = terms({
  TENANT: '租赁房屋 出租房屋 租赁',
  OWNER: '自有住房 自购房屋 自购住房',
  EMPLOYER_DORM: '单位宿舍 单位内部',
  SITE_DORM: '工地工棚 工地现场',
  WITH_RELATIVE: '亲友家中 居民家中',
  HOTEL: '旅馆 旅店 宾馆 旅馆旅店',
  OTHER: '其他 其它',
});

export const captureSources = terms({
  WINDOW: '受理窗口 窗口受理',
  COORDINATOR_VISIT: '协管员上门 协管员采集',
  EMPLOYER_REPORT: '用人单位申报 单位申报',
  LANDLORD_REPORT: '出租人申报 房东申报',
  IMPORT: '批量导入',
});
