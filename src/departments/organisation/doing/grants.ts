import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import type { Fill, FillFault, Guard } from '../../../contract/doing/department-doing.ts';
import { schemaFolder } from '../../../contract/sdl/sources.ts';
import { readGrantLimits } from '../../../contract/tables/grant-limits.ts';
import { readMatrix } from '../../../contract/tables/matrix.ts';
import { findActingUnit } from '../../../identity/units.ts';
import { viewers } from '../../../identity/viewers.ts';
import { listOf } from '../../../store/code-check.ts';
import { today } from '../../../store/today.ts';
import { accessGrants as grants } from '../tables.ts';

const matrix = readMatrix(join(schemaFolder, 'visibility.tsv'));
const limits = readGrantLimits(join(schemaFolder, 'grants.tsv'), new Set(matrix.keys()));
const needConsent = [...matrix.keys()].filter((group) => limits.needsConsent(group));

/** Midnight in Shanghai at the beginning of a day. */
const startOf = (day: ReturnType<typeof sql>) => sql`((${day})::timestamp at time zone 'Asia/Shanghai')`;

/** Conditions of case-bound grants (dossier §6.5). */
export const grantGuards: Readonly<Record<string, Guard>> = {
  withinThirtyDays: {
    after: true,
    holds: (row) =>
      sql`${row(grants.validTo)} > ${startOf(today)} and ${row(grants.validTo)} <= ${startOf(sql`${today} + 31`)}`,
    field: 'validTo',
    en: 'A grant ends after today and within thirty days.',
    zh: '授权期限须晚于今日且不超过三十日。',
  },
  stillToCome: {
    holds: (row) => sql`${row(grants.validTo)} > ${startOf(today)}`,
    en: 'The end of the grant has passed; ask anew.',
    zh: '授权期限已过，请重新申请。',
  },
  clientConsented: {
    after: true,
    holds: (row) =>
      sql`${row(grants.fieldGroup)} not in (${listOf(needConsent)}) or (${row(grants.consentOn)} <= ${today})`,
    en: 'The client has to consent to it first: give the day.',
    zh: '须先取得当事人同意并填写同意日期。',
  },
};

const refuse = (path: string, en: string, zh: string): FillFault => ({ path: [path], en, zh });

/** The type of a record by its global id; undefined where it is none. Whether the record exists is nobody's to learn. */
function typeOfRef(ref: string): string | undefined {
  const text = Buffer.from(ref, 'base64url').toString('utf8');
  const isWhole = Buffer.from(text).toString('base64url') === ref && text.length <= 200;
  return isWhole ? /^([A-Z]\w+):[^\0]+$/.exec(text)?.[1] : undefined;
}

/** Who decides: the department that answers for the field group. What nobody may be granted is refused at once. */
const findOwner: Fill = {
  sets: ['ownerId'],
  async fill({ given, unit }) {
    const group = matrix.get(String(given.fieldGroup));
    const owner = viewers.find(({ name }) => name === group?.owner);
    if (!group || !owner) return refuse('fieldGroup', 'There is no such field group.', '无此可见范围组。');
    const asking = viewers.filter(({ code }) => findActingUnit(unit)?.owners.includes(code));
    if (!asking.some(({ name }) => limits.mayBeGranted(group.name, name)))
      return refuse(
        'fieldGroup',
        'No grant of this field group is given to your unit.',
        '该可见范围组不得向贵单位授权。',
      );
    if (!typeOfRef(String(given.recordRef)))
      return refuse('recordRef', 'This is no id of a record.', '记录引用无效。');
    const ownerId = `PT-${owner.code}`;
    return ownerId === unit
      ? refuse('fieldGroup', 'Your own unit answers for this field group.', '该可见范围组由贵单位主管。')
      : { ownerId };
  },
};

/** Two persons of the owner approve, and neither is who asked; the table checks the same. */
const anotherPerson: Fill = {
  sets: [],
  compares: [],
  fill: async ({ row, person }) =>
    [row?.requestedBy, row?.approvedBy].includes(person)
      ? {
          path: [],
          en: 'Two persons of the owner approve, and neither is who asked.',
          zh: '须由数据主管单位两名不同人员批准，且均非申请人。',
        }
      : {},
};

export const grantFills: Readonly<Record<string, Fill>> = { findOwner, anotherPerson };
