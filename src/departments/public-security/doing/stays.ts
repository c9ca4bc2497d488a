import { sql } from 'drizzle-orm';
import type {
  DepartmentDoing,
  EffectFunction,
  Fill,
  Guard,
  System,
} from '../../../contract/doing/department-doing.ts';
import { today } from '../../../store/today.ts';
import { migrants, registrationSerials, residenceRegistrations as stays } from '../tables.ts';
import { changeFlags } from './flags.ts';
import { endMemberships } from './memberships.ts';
import { isFault, placeOfStay } from './place.ts';

const guards: Readonly<Record<string, Guard>> = {
  arrivedByToday: {
    holds: (row) => sql`${row(stays.arrivedHereOn)} <= ${today}`,
    after: true,
    field: 'arrivedHereOn',
    en: 'The day of moving in lies ahead; it is registered from that day on.',
    zh: '入住日期不得晚于今天。',
  },
  arrivesAfterLastStay: {
    holds: (row) =>
      sql`not exists (select 1 from ${stays} where ${stays.personId} = ${row(stays.personId)} and ${stays.id} <> ${row(stays.id)} and greatest(${stays.arrivedHereOn}, case when ${stays.status} = 'CLOSED' then ${stays.departedOn} end) > ${row(stays.arrivedHereOn)})`,
    after: true,
    field: 'arrivedHereOn',
    en: 'The day of moving in lies before the end of an earlier stay.',
    zh: '入住日期早于此前居住登记的日期。',
  },
  personRegistrable: {
    holds: (row) =>
      sql`exists (select 1 from ${migrants} where ${migrants.id} = ${row(stays.personId)} and ${migrants.status} in ('ACTIVE', 'DEPARTED'))`,
    after: true,
    en: 'This person is no longer registered here; ask the registrar.',
    zh: '该人员登记已终止，请联系登记部门。',
  },
  departedByToday: {
    holds: (row) => sql`${row(stays.departedOn)} <= ${today}`,
    after: true,
    field: 'departedOn',
    en: 'The day of departure lies ahead: announce it instead.',
    zh: '离开日期晚于今天，请办理预告。',
  },
  departsLater: {
    holds: (row) => sql`${row(stays.departedOn)} > ${today}`,
    after: true,
    field: 'departedOn',
    en: 'The day of departure has come: close the stay.',
    zh: '离开日期已到，请注销登记。',
  },
};

const store = 'public_security';

/** The number of a new registration. */
export async function nextSerial(day: string, system: Pick<System, 'rows'>): Promise<string> {
  const [next] = await system.rows<{ serial: string }>(
    store,
    sql.raw(`select nextval('public_security.${registrationSerials.seqName}')::text as serial`),
  );
  return `LH${day.replaceAll('-', '')}${String(next?.serial).padStart(8, '0').slice(-8)}`;
}

const fills: Readonly<Record<string, Fill>> = {
  numberRegistration: {
    sets: ['serialNo'],
    fill: async ({ today: day }, system) => ({ serialNo: await nextSerial(day, system) }),
  },
  placeStay: {
    sets: [
      'subdistrictCode',
      'stationCode',
      'neighbourhoodCode',
      'road',
      'lane',
      'building',
      'room',
      'shielded',
    ],
    async fill({ given }, system) {
      const place = await placeOfStay(given, system);
      if (isFault(place)) return place;
      const person = await system.row('Migrant', String(given.personId));
      return { ...place, shielded: person?.shielded === true };
    },
  },
};

/** Makes the newest open stay the one where the person lives, or none where there is none. */
export async function settle(personId: string, system: System): Promise<void> {
  const [current] = await system.rows<{
    id: string;
    subdistrictCode: string;
    stationCode: string;
    neighbourhoodCode: string;
  }>(
    store,
    sql`select ${stays.id} as id, ${stays.subdistrictCode} as "subdistrictCode", ${stays.stationCode} as "stationCode", ${stays.neighbourhoodCode} as "neighbourhoodCode" from ${stays} where ${stays.personId} = ${personId} and ${stays.status} <> 'CLOSED' order by ${stays.arrivedHereOn} desc, ${stays.capturedAt} desc, ${stays.serialNo} desc limit 1`,
  );
  const none = {
    currentRegistrationId: null,
    subdistrictCode: null,
    stationCode: null,
    neighbourhoodCode: null,
  };
  const { id, ...place } = current ?? { id: null };
  const values = current ? { ...place, currentRegistrationId: id } : none;
  const person = await system.row('Migrant', personId);
  const isSettled = Object.entries(values).every(([property, value]) => person?.[property] === value);
  if (isSettled && (!current || person?.status !== 'DEPARTED')) return;
  await system.change('Migrant', personId, current ? 'settle' : 'leaveStay', values);
}

/** Closes open stays of a person; those that began later than the day end on their first. */
export async function closeOpenStays(
  personId: string,
  { on, but, byNext }: { readonly on: string; readonly but?: string; readonly byNext: boolean },
  system: System,
): Promise<void> {
  const open = await system.rows<{ id: string; arrived: string }>(
    store,
    sql`select ${stays.id} as id, ${stays.arrivedHereOn}::text as arrived from ${stays} where ${stays.personId} = ${personId} and ${stays.status} <> 'CLOSED' and ${stays.id} <> ${but ?? personId}`,
  );
  for (const { id, arrived } of open)
    await system.change('ResidenceRegistration', id, 'closeByRegister', {
      departedOn: arrived > on ? arrived : on,
      endedByNext: byNext,
    });
}

const effects: Readonly<Record<string, EffectFunction>> = {
  async settlePerson({ id }, system) {
    const stay = await system.row('ResidenceRegistration', id);
    if (stay) await settle(String(stay.personId), system);
  },
  async endPreviousStay({ id }, system) {
    const stay = await system.row('ResidenceRegistration', id);
    if (!stay || stay.status === 'CLOSED') return;
    const person = String(stay.personId);
    const on = String(stay.arrivedHereOn);
    await closeOpenStays(person, { on, but: id, byNext: true }, system);
    // Whoever moves house leaves those who live in the old one.
    await endMemberships(person, { on, butAt: stay.dwellingId }, system);
  },
  async endStay({ id, today: day }, system) {
    const stay = await system.row('ResidenceRegistration', id);
    if (!stay) return;
    const person = String(stay.personId);
    await settle(person, system);
    const [open] = await system.rows(
      store,
      sql`select 1 from ${stays} where ${stays.personId} = ${person} and ${stays.status} <> 'CLOSED' limit 1`,
    );
    if (open) return;
    await endMemberships(person, { on: String(stay.departedOn ?? day) }, system);
    await system.change('Migrant', person, 'depart');
  },
  async setStaleFlag({ id }, system) {
    const stay = await system.row('ResidenceRegistration', id);
    if (stay) await changeFlags(String(stay.personId), { add: ['STALE'] }, system);
  },
  async clearStaleFlag({ id }, system) {
    const stay = await system.row('ResidenceRegistration', id);
    if (stay) await changeFlags(String(stay.personId), { remove: ['STALE'] }, system);
  },
};

/** Residence registrations: the first, moves, confirmations, ends (dossier §5.6). */
export const staysDoing: DepartmentDoing = { guards: { ResidenceRegistration: guards }, fills, effects };
