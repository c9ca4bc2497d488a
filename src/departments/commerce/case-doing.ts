import { sql } from 'drizzle-orm';
import type { Fill, Guard, RowColumn } from '../../contract/doing/department-doing.ts';
import { faultAt, keepUnits, nextNumber } from '../doing-fills.ts';
import { commerceCases as cases, markets, smallPremises } from './tables.ts';

/**
 * From which fine on there is a hearing before the decision, in fen (dossier A.10; Administrative Penalty Law of 1996,
 * article 42, and the hearing rules of the administration for industry and commerce): persons, and others.
 */
const largeFine = { person: 300_000, organisation: 3_000_000 } as const;
const limit = (row: RowColumn) =>
  sql`case when ${row(cases.subjectKind)} = 'PERSON' then ${sql.raw(String(largeFine.person))} else ${sql.raw(String(largeFine.organisation))} end`;

/** Conditions of cases against illegal business (dossier §5.4). */
export const caseGuards: Readonly<Record<string, Guard>> = {
  twoOfficers: {
    holds: (row) => sql`coalesce(cardinality(${row(cases.officers)}), 0) >= 2`,
    after: true,
    en: 'Two officers are needed.',
    zh: '须有两名以上执法人员。',
  },
  hearingHeld: {
    holds: (row) =>
      sql`(coalesce(${row(cases.fineAmount)}, 0) < ${limit(row)} or ${row(cases.hearingOn)} <= ${row(cases.decisionDecidedOn)})`,
    after: true,
    en: 'So large a fine needs a hearing before the decision.',
    zh: '较大数额罚款须先举行听证。',
  },
};

const place = sql`subdistrict_code as "subdistrictCode", station_code as "stationCode", neighbourhood_code as "neighbourhoodCode"`;

/** A place lies where its record lies; one without a record in the sub-district that is given. */
const territoryOfPlace: Fill = {
  sets: ['subdistrictCode', 'stationCode', 'neighbourhoodCode'],
  async fill({ given }, system) {
    const { premisesId, marketId, dwellingId, subdistrictCode } = given;
    const [found] =
      premisesId != null
        ? await system.rows('commerce', sql`select ${place} from ${smallPremises} where id = ${premisesId}`)
        : marketId != null
          ? await system.rows('commerce', sql`select ${place} from ${markets} where id = ${marketId}`)
          : dwellingId != null
            ? await system.rows(
                'housing',
                sql`select ${place} from housing.dwellings where id = ${dwellingId}`,
              )
            : [];
    if (found?.subdistrictCode) return found;
    if (subdistrictCode != null) return {};
    return faultAt(
      ['subdistrictCode'],
      'Give the sub-district, or a place that has one.',
      '请填写所在街道、镇，或选择已登记的场所。',
    );
  },
};

export const caseFills: Readonly<Record<string, Fill>> = {
  territoryOfPlace,
  assignCommerceCaseNo: nextNumber('commerce', 'caseNo', cases.caseNo, (day) => `PTAIC${day.slice(0, 4)}`, 6),
  keepJointUnits: keepUnits('jointUnits'),
};
