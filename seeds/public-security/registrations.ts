import type { residenceRegistrations } from '../../src/departments/public-security/tables.ts';
import { dateOf, dayNumber } from '../world/dates.ts';
import { type Dwelling, type Person, seedId, type World } from '../world.ts';
import { writtenCells } from '../written-cells.ts';
import { isUnresolved } from './people.ts';

type RegistrationRow = typeof residenceRegistrations.$inferInsert;

/** The stay of each person, past stays of those who moved, and a second open stay as a defect. */
export function* registrations(world: World): Generator<RegistrationRow> {
  const stale = dateOf(dayNumber(world.today) - 180);
  for (let i = 0; i < world.size; i++) {
    const person = world.person(i);
    yield currentStay(world, person, stale);
    const { previousDwelling } = person;
    if (previousDwelling !== null && person.arrivedShanghaiOn < person.arrivedHereOn)
      yield pastStay(person, world.dwelling(previousDwelling));
    if (i % 1999 === 42 && person.departedOn === null)
      yield secondStay(person, world.dwelling((person.dwelling + 1) % world.dwellings), stale);
  }
}

/** For one who left it is closed, and there is no open one. */
function currentStay(world: World, person: Person, stale: string): RegistrationRow {
  const gone = person.departedOn !== null;
  const seen = person.index % 10 !== 3;
  const place = world.dwelling(person.dwelling);
  return {
    ...stayIn(place, person),
    id: seedId('registration', person.index),
    serialNo: serialNo(person, 1),
    dwellingId: isUnresolved(person) ? null : place.id,
    arrivedHereOn: person.arrivedHereOn,
    expectedUntil: person.index % 4 === 0 ? null : dateOf(dayNumber(person.arrivedHereOn) + 365),
    departedOn: person.departedOn,
    status: gone ? 'CLOSED' : !seen ? 'OPEN' : person.confirmedOn < stale ? 'STALE' : 'CONFIRMED',
    confirmedAt: seen ? `${person.confirmedOn}T06:00:00Z` : null,
  };
}

/** From the arrival in Shanghai to the day of moving in. */
function pastStay(person: Person, place: Dwelling): RegistrationRow {
  return {
    ...stayIn(place, person),
    id: seedId('pastRegistration', person.index),
    serialNo: serialNo(person, 2),
    dwellingId: place.id,
    arrivedHereOn: person.arrivedShanghaiOn,
    expectedUntil: null,
    departedOn: person.arrivedHereOn,
    status: 'CLOSED',
    confirmedAt: null,
  };
}

/** Open beside the current one: moved, and the old stay was not closed. */
function secondStay(person: Person, place: Dwelling, stale: string): RegistrationRow {
  return {
    ...stayIn(place, person),
    id: seedId('registration', person.index, 1),
    serialNo: serialNo(person, 3),
    dwellingId: place.id,
    arrivedHereOn: person.arrivedShanghaiOn,
    expectedUntil: null,
    departedOn: null,
    status: 'STALE',
    confirmedAt: `${stale}T06:00:00Z`,
  };
}

function stayIn(place: Dwelling, person: Person) {
  return {
    asWritten: writtenCells(person.index, '联系电话', '同房东'),
    personId: person.id,
    road: place.road,
    lane: place.lane,
    building: place.building,
    room: place.room,
    subdistrictCode: place.subdistrictCode,
    stationCode: place.stationCode,
    neighbourhoodCode: place.neighbourhoodCode,
    shielded: person.shielded,
    arrivedShanghaiOn: person.arrivedShanghaiOn,
    stayReason: person.stayReason,
    dwellingRelation: person.dwellingRelation,
    source: person.source,
    capturedBy: `${capturer(person, place)}/registrar`,
    capturedByUnit: capturer(person, place),
    capturedAt: person.registeredAt,
    createdAt: person.registeredAt,
  };
}

/** Window and coordinators capture for themselves; reports of employers and landlords go to the station. */
function capturer({ source }: Person, place: Dwelling): string {
  if (source === 'WINDOW') return `PT-CAC-${place.place.number}`;
  if (source === 'COORDINATOR_VISIT') return `PT-SVB-${place.place.number}`;
  return place.stationCode;
}

/** PT, month of capture, seven digits of the person, one of the stay. */
function serialNo({ index, registeredAt }: Person, stay: number): string {
  return `PT${registeredAt.slice(0, 4)}${registeredAt.slice(5, 7)}${String(index).padStart(7, '0')}${stay}`;
}
