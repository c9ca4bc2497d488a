import { describe, expect, test } from 'vitest';
import { createWorld, type Person } from '../../seeds/world.ts';
import { parseCitizenId } from '../../src/identifiers/citizen-id.ts';
import { parseOrganisationCode } from '../../src/identifiers/organisation-code.ts';
import { parseRegistrationNumber } from '../../src/identifiers/registration-number.ts';

const size = 60_000;
const world = createWorld({ size });
const persons = Array.from({ length: size }, (_, i) => world.person(i));
const adults = persons.filter(({ ageYears }) => ageYears >= 18);
const share = (some: readonly Person[], of: readonly Person[]) => some.length / of.length;

describe('the synthetic district', () => {
  test('is the same in whatever order and however large it is made', () => {
    const again = createWorld({ size });
    expect(again.person(41_234)).toEqual(persons[41_234]);
    expect(again.person(17)).toEqual(persons[17]);
    expect(createWorld({ size: 100 }).person(17)).toMatchObject({
      id: persons[17]?.id,
      name: persons[17]?.name,
    });
  });

  test('gives valid identity numbers of the unassigned county, none twice, that agree with birth date and sex', () => {
    const seen = new Set<string>();
    for (const { citizenIdNumber, birthDate, sex } of persons) {
      if (citizenIdNumber === null) continue;
      const read = parseCitizenId(citizenIdNumber, { asOf: world.today });
      // An assertion for each would take longer than the rest of the suite.
      const fits = read.ok && read.value.birthDate === birthDate && read.value.sex === sex;
      if (!fits || read.value.divisionCode.slice(2) !== '9999')
        expect.fail(`${citizenIdNumber} does not fit.`);
      seen.add(citizenIdNumber);
    }
    expect(seen.size).toBe(persons.filter(({ citizenIdNumber }) => citizenIdNumber !== null).length);
  });

  test('gives organisation codes of the reserved zone and registration numbers of both lengths', () => {
    const employers = Array.from({ length: world.employers }, (_, i) => world.employer(i));
    for (const { orgCode, registrationNo } of employers) {
      expect(orgCode.startsWith('PDY')).toBe(true);
      expect(parseOrganisationCode(orgCode).ok).toBe(true);
      expect(parseRegistrationNumber(registrationNo).ok).toBe(true);
    }
    expect(new Set(employers.map(({ registrationNo }) => registrationNo.length))).toEqual(new Set([13, 15]));
  });

  test('houses each person where the dwelling is, and lets no two dwellings have one address', () => {
    const addresses = new Set<string>();
    for (let i = 0; i < world.dwellings; i++) {
      const { lane, building, room, tenant, index } = world.dwelling(i);
      addresses.add(`${lane}/${building}/${room}`);
      expect(persons[tenant]?.dwelling).toBe(index);
    }
    expect(addresses.size).toBe(world.dwellings);
    for (const person of persons.slice(0, 2000)) {
      const { neighbourhoodCode, stationCode } = world.dwelling(person.dwelling);
      expect([person.neighbourhoodCode, person.stationCode]).toEqual([neighbourhoodCode, stationCode]);
    }
  });

  test('has no child that is tenant, employee or here before birth', () => {
    const children = persons.filter(({ ageYears }) => ageYears < 18);
    expect(share(children, persons)).toBeGreaterThan(0.08);
    expect(children.filter((p) => p.isTenant || p.employer !== null || p.permit !== null)).toEqual([]);
    expect(
      persons.filter((p) => p.arrivedShanghaiOn < p.birthDate || p.arrivedHereOn < p.arrivedShanghaiOn),
    ).toEqual([]);
  });

  test('is of the shape that the departments’ work needs', () => {
    expect(
      share(
        adults.filter(({ employer }) => employer !== null),
        adults,
      ),
    ).toBeCloseTo(0.6, 1);
    expect(
      share(
        persons.filter(({ permit }) => permit),
        persons,
      ),
    ).toBeCloseTo(0.45, 1);
    const leased = persons.filter(({ dwelling }) => world.dwelling(dwelling).leased);
    expect(share(leased, persons)).toBeGreaterThan(0.5);
    expect(
      share(
        leased.filter(({ dwelling }) => !world.dwelling(dwelling).filed),
        leased,
      ),
    ).toBeCloseTo(1 / 3, 1);
    const soon = persons.filter(
      ({ permit }) => permit && permit.validTo >= world.today && permit.validTo <= '2007-04-30',
    );
    expect(soon.length).toBeGreaterThan(size / 50);
    const places = new Map<string, number>();
    for (const { subdistrictCode } of persons)
      places.set(subdistrictCode, (places.get(subdistrictCode) ?? 0) + 1);
    expect(
      [...places]
        .sort((a, b) => b[1] - a[1])
        .slice(0, 3)
        .map(([code]) => code)
        .sort(),
    ).toEqual(['310107101', '310107102', '310107103']);
    expect(places.size).toBe(9);
  });

  test('has the deliberate defects and odd cases of its kind', () => {
    const counts = {
      shielded: persons.filter((p) => p.shielded).length,
      moved: persons.filter((p) => p.previousDwelling !== null).length,
      departed: persons.filter((p) => p.departedOn !== null).length,
      doubled: persons.filter((p) => p.duplicateOf !== null).length,
      sexMismatch: persons.filter((p) => p.sexOnForm !== p.sex).length,
      withoutNumber: persons.filter((p) => p.citizenIdNumber === null).length,
    };
    for (const [name, count] of Object.entries(counts))
      expect([name, count > 0 && count < size / 5]).toEqual([name, true]);
  });
});
