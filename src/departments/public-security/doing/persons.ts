import { sql } from 'drizzle-orm';
import type { DepartmentDoing, Filling } from '../../../contract/doing/department-doing.ts';
import { parseCitizenId } from '../../../identifiers/citizen-id.ts';
import { parsePhone } from '../../../identifiers/phone.ts';
import { migrants, residenceRegistrations as stays } from '../tables.ts';
import { changeFlags } from './flags.ts';
import { endMemberships } from './memberships.ts';
import { isFault, placeOfStay } from './place.ts';
import { sameNumber } from './same-number.ts';
import { closeOpenStays, settle } from './stays.ts';

/** The flags that come of the person's own values; the others are set and cleared elsewhere. */
const ownFlags = ['ID_CHECKSUM', 'SEX_MISMATCH', 'DOB_MISMATCH', 'PHONE_INVALID'];

/** The person as the row will be. */
const becoming = ({ row, given }: Filling): Readonly<Record<string, unknown>> => ({ ...row, ...given });

/** What number, sex and birth date say against each other. */
export function doubtsOf(person: Readonly<Record<string, unknown>>, asOf: string): string[] {
  if (typeof person.citizenIdNumber !== 'string') return [];
  const read = parseCitizenId(person.citizenIdNumber, { asOf });
  if (!read.ok) return ['ID_CHECKSUM'];
  const { sex, birthDate } = read.value;
  return [
    ...(person.sex !== sex ? ['SEX_MISMATCH'] : []),
    ...(person.birthDate !== birthDate ? ['DOB_MISMATCH'] : []),
  ];
}

/** The persons of the register. */
export const personsDoing: DepartmentDoing = {
  guards: {
    Migrant: {
      identityNumberMissing: {
        holds: (row) =>
          sql`${row(migrants.citizenIdNumber)} is null and ${row(migrants.documentNumber)} is null`,
        en: 'A number is recorded already; the registrar corrects it.',
        zh: '已登记证件号码，如有错误请由登记部门更正。',
      },
      lastStayClosed: {
        holds: (row) =>
          sql`exists (select 1 from ${stays} where ${stays.personId} = ${row(migrants.id)}) and not exists (select 1 from ${stays} where ${stays.personId} = ${row(migrants.id)} and ${stays.status} <> 'CLOSED')`,
        en: 'The person has an open stay.',
        zh: '该人员尚有有效居住登记。',
      },
      openStay: {
        holds: (row) =>
          sql`exists (select 1 from ${stays} where ${stays.personId} = ${row(migrants.id)} and ${stays.status} <> 'CLOSED')`,
        en: 'The person has no open stay.',
        zh: '该人员无有效居住登记。',
      },
      survivorLive: {
        holds: (row) =>
          sql`exists (select 1 from ${migrants} where ${migrants.id} = ${row(migrants.mergedIntoId)} and ${migrants.status} <> 'MERGED')`,
        after: true,
        field: 'mergedInto',
        en: 'The other row has itself been merged: name the one that stays.',
        zh: '目标人员已被合并，请选择保留的人员。',
      },
    },
  },
  fills: {
    placePerson: {
      sets: ['subdistrictCode', 'stationCode', 'neighbourhoodCode'],
      async fill({ beside }, system) {
        const place = await placeOfStay(beside.ResidenceRegistration ?? {}, system, [
          'residenceRegistration',
        ]);
        if (isFault(place)) return place;
        const { subdistrictCode, stationCode, neighbourhoodCode } = place;
        return { subdistrictCode, stationCode, neighbourhoodCode };
      },
    },
    flagDoubts: {
      sets: ['qualityFlags'],
      async fill(filling, system) {
        const { row, given, today } = filling;
        const person = becoming(filling);
        if (typeof given.birthDate === 'string' && given.birthDate > today)
          return { path: ['birthDate'], en: 'The birth date lies ahead.', zh: '出生日期不得晚于今天。' };
        for (const [property, path] of [
          ['mobilePhone', ['mobilePhone']],
          ['emergencyContactPhone', ['emergencyContact', 'phone']],
        ] as const) {
          const phone = given[property];
          if (typeof phone === 'string' && !parsePhone(phone).ok)
            return { path, en: 'This is no telephone number.', zh: '电话号码无效。' };
        }
        const held = (row?.qualityFlags ?? []) as readonly string[];
        const doubles = await sameNumber(person, row ? String(row.id) : null, system);
        const isDouble = doubles.length > 0 ? ['DUP_SUSPECT'] : [];
        const flags = [
          ...held.filter((flag) => !ownFlags.includes(flag)),
          ...doubtsOf(person, today),
          ...isDouble,
        ];
        return { qualityFlags: [...new Set(flags)] };
      },
    },
  },
  effects: {
    async flagDoubles({ id }, system) {
      const person = await system.row('Migrant', id);
      if (!person) return;
      for (const other of await sameNumber(person, id, system))
        await changeFlags(other, { add: ['DUP_SUSPECT'] }, system);
    },
    async closeStays({ id, today: on }, system) {
      await closeOpenStays(id, { on, byNext: false }, system);
      await settle(id, system);
    },
    async leaveHousehold({ id, today: on }, system) {
      await endMemberships(id, { on }, system);
    },
    async verifyPerson({ id }, system) {
      const document = await system.row('MigrantDocument', id);
      const person = document && (await system.row('Migrant', String(document.personId)));
      if (!document || !person || person.verifiedAt !== null) return;
      if (document.number !== person.citizenIdNumber && document.number !== person.documentNumber) return;
      const doubles = await sameNumber(person, String(person.id), system);
      // Of two rows with one number neither is verified until the registrar has looked.
      if (doubles.length > 0) await changeFlags(String(person.id), { add: ['DUP_SUSPECT'] }, system);
      else await system.change('Migrant', String(person.id), 'verify');
    },
  },
};
