import type { District, RawRow } from '../../access/reading/district.ts';

// What rows carry of persons, read in plain JavaScript from the dossier's words (§6.3) and the comments of the tables;
// no code of src/database has a part in it.

/** Rows that stay where they are when their person moves: those of a place, and the register's own. */
const ofPlace = new Set([
  'Migrant',
  'ResidenceRegistration',
  'AddressHistoryEntry',
  'Lease',
  'LeaseOccupancy',
  'LeaseFiling',
]);

/** Whose shield counts besides, where more persons stand behind a row than it names. */
const behind: Readonly<Record<string, (row: RawRow, district: District) => unknown[]>> = {
  Household: (row, district) =>
    (district.by('HouseholdMember', 'householdId').get(row.id) ?? [])
      .filter(({ endsOn }) => endsOn === null)
      .map(({ personId }) => personId),
  TalentFamilyMember: (row, district) => {
    const application = district.row('TalentApplication', row.talentApplicationId);
    return application ? [application.applicantId] : [];
  },
};

const places = ['subdistrictCode', 'stationCode', 'neighbourhoodCode'] as const;

/** Each row that carries something else of its persons than the register says, one line a row. */
export function* wrongCopies(types: readonly string[], district: District): Generator<string> {
  for (const type of types) {
    const scope = district.scope(type);
    const { about, serves, task, shield } = scope;
    if (!shield) continue;
    const columns = [...about, ...serves, ...(task ? [task.subject] : [])];
    for (const row of district.rows(type)) {
      const ids = [...columns.map((column) => row[column]), ...(behind[type]?.(row, district) ?? [])];
      const persons = ids.flatMap((id) => district.row('Migrant', id) ?? []);
      if (persons.length === 0) continue;
      const hidden = persons.some(({ shielded }) => shielded);
      if (row[shield.by] !== hidden) yield `${type} ${row.id}: shielded ${String(row[shield.by])}`;
      const first = district.row('Migrant', row[columns[0]!]);
      // A task lies in some sub-district, also when its person has left.
      if (!first || ofPlace.has(type) || (task && first.subdistrictCode === null)) continue;
      for (const place of places)
        if (place in row && row[place] !== first[place])
          yield `${type} ${row.id}: ${place} ${String(row[place])} and not ${String(first[place])}`;
    }
  }
}

/** Each person whose territory is not that of the stay that is open, of several the one that began last. */
export function* wrongPlaces(district: District): Generator<string> {
  const stays = Map.groupBy(district.rows('ResidenceRegistration'), ({ personId }) => personId);
  const order = (stay: RawRow) =>
    `${stay.arrivedHereOn} ${new Date(String(stay.capturedAt)).toISOString()} ${stay.serialNo}`;
  for (const person of district.rows('Migrant')) {
    const [current] = (stays.get(person.id) ?? []).toSorted((a, b) => (order(a) < order(b) ? 1 : -1));
    if (person.currentRegistrationId !== (current?.id ?? null))
      yield `Migrant ${person.id}: lives at ${String(person.currentRegistrationId)} and not ${String(current?.id)}`;
    for (const place of places)
      if (person[place] !== (current?.[place] ?? null))
        yield `Migrant ${person.id}: ${place} ${String(person[place])}`;
  }
}
