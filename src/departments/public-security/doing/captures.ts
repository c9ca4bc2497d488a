import { sql } from 'drizzle-orm';
import type { EffectFunction, Happened, System, Values } from '../../../contract/doing/department-doing.ts';
import { households, householdMembers as members, residenceRegistrations as stays } from '../tables.ts';
import { countMembers, endMemberships } from './memberships.ts';
import { doubtsOf } from './persons.ts';
import { placeOfPerson } from './place.ts';
import { sameNumber } from './same-number.ts';
import { closeOpenStays, nextSerial, settle } from './stays.ts';

const store = 'public_security';

/** A person as a coordinator captured it on a visit (`CapturedPerson`). */
type Captured = Readonly<Record<string, string | null | undefined>>;

/** A visit on which somebody was found moved in or out, and in which dwelling. */
interface Capture {
  readonly happened: Happened;
  readonly visit: Values;
  readonly dwellingId: string;
  /** The person whom the visit was to, whose household those who have moved in join. */
  readonly host: string | null;
  readonly day: string;
  readonly arrivals: readonly Captured[];
  readonly departures: readonly string[];
}

const districtDay = (instant: unknown): string =>
  new Date(new Date(String(instant)).getTime() + 8 * 3_600_000).toISOString().slice(0, 10);

/** What a visit captured; null where it captured nobody, or the register has it already. */
async function captureOf(happened: Happened, system: System): Promise<Capture | null> {
  const visit = await system.row('Visit', happened.id);
  if (!visit || (visit.arrivals === null && visit.departureIds === null)) return null;
  const arrivals = (visit.arrivals ?? []) as readonly Captured[];
  const departures = (visit.departureIds ?? []) as readonly string[];
  if (arrivals.length + departures.length === 0) {
    await system.change('Visit', happened.id, 'forgetCaptured');
    return null;
  }
  const task = await system.row('CoordinatorTask', String(visit.taskId));
  const host = (task?.targetMigrantId as string | null | undefined) ?? null;
  let dwellingId = visit.dwellingId ?? task?.targetDwellingId;
  if (!dwellingId && host) {
    const [stay] = await system.rows<{ dwelling: string }>(
      store,
      sql`select ${stays.dwellingId} as dwelling from ${stays} where ${stays.personId} = ${host} and ${stays.dwellingId} is not null order by (${stays.status} <> 'CLOSED') desc, ${stays.arrivedHereOn} desc limit 1`,
    );
    dwellingId = stay?.dwelling;
  }
  if (!dwellingId) throw new Error('It is not known in which dwelling the visit was.');
  // Whoever moves out may be the one by whom the dwelling is found.
  if (!visit.dwellingId) await system.change('Visit', happened.id, 'placeCaptured', { dwellingId });
  return {
    happened,
    visit,
    dwellingId: String(dwellingId),
    host,
    day: districtDay(visit.startedAt),
    arrivals,
    departures,
  };
}

/** Where the dwelling lies: as those registered there have it, or as housing has it. */
async function addressOf(dwellingId: string, system: System): Promise<Values> {
  const [known] = await system.rows(
    store,
    sql`select ${stays.subdistrictCode} as "subdistrictCode", ${stays.stationCode} as "stationCode", ${stays.neighbourhoodCode} as "neighbourhoodCode", ${stays.road} as road, ${stays.lane} as lane, ${stays.building} as building, ${stays.room} as room from ${stays} where ${stays.dwellingId} = ${dwellingId} order by ${stays.id} desc limit 1`,
  );
  if (known) return { ...known };
  const dwelling = await system.row('Dwelling', dwellingId);
  if (!dwelling) throw new Error('The dwelling of the visit is not known.');
  const { subdistrictCode, stationCode, neighbourhoodCode, road, lane, building, room } = dwelling;
  return { subdistrictCode, stationCode, neighbourhoodCode, road, lane, building, room };
}

/** The person who was captured: the one whom the register has by the number, else a new one. @returns its id */
async function personOf(captured: Captured, n: number, capture: Capture, place: Values, system: System) {
  const held = await sameNumber(captured, null, system);
  const [known] = held;
  if (known && held.length === 1) return known;
  const { subdistrictCode, stationCode, neighbourhoodCode } = place;
  const { name, sex, citizenIdNumber, documentKind, documentNumber, birthDate, hukouDivision, mobilePhone } =
    captured;
  const own = { citizenIdNumber, documentKind, documentNumber, mobilePhone };
  const given = Object.entries(own).filter(([, value]) => value != null && value !== '');
  const doubts = [...doubtsOf(captured, capture.day), ...(held.length > 0 ? ['DUP_SUSPECT'] : [])];
  return system.make(
    'Migrant',
    'enterOnVisit',
    {
      ...{ name, sex, birthDate, hukouDivision, subdistrictCode, stationCode, neighbourhoodCode },
      ...Object.fromEntries(given),
      qualityFlags: doubts,
    },
    `visit/${capture.happened.id}/${n}/person`,
  );
}

/** Registers whoever was captured as moved in; may be run again. @returns their ids, in the order of the capture */
async function register(capture: Capture, system: System): Promise<readonly string[]> {
  const { happened, dwellingId, day, arrivals, visit } = capture;
  if (arrivals.length === 0) return [];
  const place = await addressOf(dwellingId, system);
  const persons: string[] = [];
  for (const [n, captured] of arrivals.entries()) {
    const personId = await personOf(captured, n, capture, place, system);
    persons.push(personId);
    const on = captured.arrivedHereOn ?? day;
    const [there] = await system.rows(
      store,
      sql`select 1 from ${stays} where ${stays.personId} = ${personId} and ${stays.dwellingId} = ${dwellingId} and ${stays.status} <> 'CLOSED' limit 1`,
    );
    if (there) continue;
    const person = await system.row('Migrant', personId);
    const stay = await system.make(
      'ResidenceRegistration',
      'enterOnVisit',
      {
        ...place,
        personId,
        dwellingId,
        serialNo: await nextSerial(happened.today, system),
        arrivedHereOn: on,
        stayReason: captured.stayReason ?? 'OTHER',
        dwellingRelation: captured.dwellingRelation ?? 'OTHER',
        source: 'COORDINATOR_VISIT',
        capturedBy: happened.person,
        capturedByUnit: happened.unit,
        capturedAt: visit.startedAt,
        shielded: person?.shielded === true,
      },
      `visit/${happened.id}/${n}/stay`,
    );
    await closeOpenStays(personId, { on, but: stay, byNext: true }, system);
    await endMemberships(personId, { on, butAt: dwellingId }, system);
  }
  for (const personId of persons) await settle(personId, system);
  return persons;
}

/** Closes the stays at the dwelling of whoever has moved out. */
async function noteDepartures({ departures, dwellingId, day }: Capture, system: System): Promise<void> {
  for (const personId of departures) {
    const open = await system.rows<{ id: string; arrived: string }>(
      store,
      sql`select ${stays.id} as id, ${stays.arrivedHereOn}::text as arrived from ${stays} where ${stays.personId} = ${personId} and ${stays.dwellingId} = ${dwellingId} and ${stays.status} <> 'CLOSED'`,
    );
    for (const { id, arrived } of open)
      await system.change('ResidenceRegistration', id, 'closeByRegister', {
        departedOn: arrived > day ? arrived : day,
        endedByNext: false,
      });
    await settle(personId, system);
    const [elsewhere] = await system.rows(
      store,
      sql`select 1 from ${stays} where ${stays.personId} = ${personId} and ${stays.status} <> 'CLOSED' limit 1`,
    );
    if (elsewhere) continue;
    await endMemberships(personId, { on: day }, system);
    await system.change('Migrant', personId, 'depart');
  }
}

/** The household that those who have moved in join: the host's, else the first of the dwelling, else one of their own. */
async function householdOf(
  { host, dwellingId, happened }: Capture,
  headId: string,
  system: System,
): Promise<string> {
  const [found] = await system.rows<{ id: string }>(
    store,
    sql`select ${households.id} as id from ${households} where ${households.dwellingId} = ${dwellingId} order by exists (select 1 from ${members} where ${members.householdId} = ${households.id} and ${members.personId} = ${host}::uuid) desc, ${households.id} limit 1`,
  );
  if (found) return found.id;
  const place = await placeOfPerson(headId, system);
  const values = { dwellingId, headId, memberCount: 1, ...place };
  return system.make('Household', 'openOnVisit', values, `visit/${happened.id}/household`);
}

async function join(capture: Capture, persons: readonly string[], system: System): Promise<void> {
  const [first] = persons;
  if (!first) return;
  const householdId = await householdOf(capture, first, system);
  const household = await system.row('Household', householdId);
  for (const [n, personId] of persons.entries()) {
    const [there] = await system.rows(
      store,
      sql`select 1 from ${members} where ${members.personId} = ${personId} and ${members.endsOn} is null limit 1`,
    );
    if (!there) {
      const relation = household?.headId === personId ? 'HEAD' : capture.arrivals[n]?.relationToHead;
      const values = {
        householdId,
        personId,
        relationToHead: relation ?? 'NON_RELATIVE',
        startsOn: capture.arrivals[n]?.arrivedHereOn ?? capture.day,
        ...(await placeOfPerson(personId, system)),
      };
      await system.make(
        'HouseholdMember',
        'enterOnVisit',
        values,
        `visit/${capture.happened.id}/${n}/member`,
      );
    }
    const person = await system.row('Migrant', personId);
    if (person?.householdId !== householdId)
      await system.change('Migrant', personId, 'changeHousehold', { householdId });
  }
  await countMembers(householdId, system);
}

/** What the register does with whom coordinators found moved in or out on a visit (dossier §7.1, question 4). */
export const captureEffects: Readonly<Record<string, EffectFunction>> = {
  async enterCaptured(happened, system) {
    const capture = await captureOf(happened, system);
    if (!capture) return;
    await register(capture, system);
    await noteDepartures(capture, system);
  },
  async joinHousehold(happened, system) {
    const capture = await captureOf(happened, system);
    if (!capture) return;
    const persons = await register(capture, system);
    await noteDepartures(capture, system);
    await join(capture, persons, system);
    // From now on it stands in the register alone.
    await system.change('Visit', happened.id, 'forgetCaptured');
  },
};
