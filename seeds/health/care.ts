import { dateOf, dayNumber } from '../world/dates.ts';
import { childrenBy, guardianOf } from '../world/families.ts';
import { nameOf } from '../world/names.ts';
import { hash } from '../world/random.ts';
import { personsBy, seedId, type World } from '../world.ts';
import { diseases } from './diseases.ts';

const h = (world: World, index: number, field: number) => hash(world.seed, 107, index, field);

export function* maternalRows(world: World) {
  const today = dayNumber(world.today);
  for (const p of personsBy(world, 9, 2)) {
    if (p.sex !== 'FEMALE' || p.ageYears < 20 || p.ageYears > 40) continue;
    const x = h(world, p.index, 1);
    const booked = today - 5 - (x % 320);
    const weeks = 8 + ((x >>> 8) % 20);
    const delivered = booked + (40 - weeks) * 7;
    const born = delivered <= today;
    yield {
      id: seedId('maternalRecord', p.index),
      personId: p.id,
      bookedOn: dateOf(booked),
      institution: `${p.place.zh}社区卫生服务中心`,
      gestationWeeksAtBooking: weeks,
      antenatalVisits: 1 + ((x >>> 16) % 9),
      postnatalVisits: born ? (x >>> 20) % 4 : 0,
      deliveredOn: born ? dateOf(delivered) : null,
      outcome: born ? (x % 40 === 0 ? 'STILLBIRTH' : 'LIVE_BIRTH') : null,
      needsSpecialistCare: x % 11 === 0,
    };
  }
}

/** Vaccine, dose, days after birth. */
const programme = [
  ['BCG', 1, 1],
  ['HEPATITIS_B', 1, 1],
  ['HEPATITIS_B', 2, 31],
  ['POLIO', 1, 61],
  ['POLIO', 2, 92],
  ['DPT', 1, 92],
  ['HEPATITIS_B', 3, 183],
  ['MEASLES', 1, 243],
  ['JAPANESE_ENCEPHALITIS', 1, 245],
  ['DPT', 4, 550],
] as const;

export function* childRows(world: World) {
  const today = dayNumber(world.today);
  for (const p of childrenBy(world, 2, 1)) {
    if (p.ageYears >= 15) continue;
    const guardian = guardianOf(world, p);
    const birth = dayNumber(p.birthDate);
    const due = programme.filter(([, , after]) => birth + after > today);
    const given = programme.filter(([, , after]) => birth + after <= today);
    yield {
      id: seedId('childHealthRecord', p.index),
      childId: p.id,
      guardianId: guardian?.id ?? null,
      vaccinations: given.map(([vaccine, dose, after]) => ({
        vaccine,
        dose,
        givenOn: dateOf(birth + after),
      })),
      nextDueOn: due[0] ? dateOf(birth + due[0][2]) : null,
      growthChecks:
        p.ageYears < 6
          ? [
              {
                checkedOn: dateOf(today - 20),
                weightKg: 4 + Math.round(((today - birth) / 365) * 25) / 10,
                heightCm: 52 + Math.round((today - birth) / 45),
              },
            ]
          : null,
    };
  }
}

const caseTypes = ['CLINICAL', 'LAB_CONFIRMED', 'SUSPECTED', 'LAB_CONFIRMED', 'CARRIER'];
const reportStates = ['CONFIRMED', 'REPORTED', 'CLOSED', 'CORRECTED', 'EXCLUDED'];
const instantOf = (day: number, hour: number) => `${dateOf(day)}T${String(hour).padStart(2, '0')}:15:00Z`;

/** Every fifth card is not matched: nothing on it says for certain who it is. */
export function* reportRows(world: World) {
  const today = dayNumber(world.today);
  for (const p of personsBy(world, 50, 11)) {
    const x = h(world, p.index, 2);
    const [disease, hours] = diseases[x % diseases.length] ?? diseases[0];
    const onset = today - 6 - ((x >>> 8) % 300);
    const onTime = (x >>> 4) % 8 !== 0;
    const child = p.ageYears < 15;
    const onCard = p.index % 250 === 11 ? nameOf(world.seed, p.index + 1, p.sex === 'MALE').name : p.name;
    yield {
      id: seedId('infectiousReport', p.index),
      cardNo: `310107-2007-${String(p.index).padStart(6, '0')}`,
      patientId: p.index % 250 === 11 ? null : p.id,
      snapshotName: onCard,
      snapshotSex: p.sex,
      snapshotBirthDate: p.birthDate,
      snapshotOccupationGroup: child ? '散居儿童' : '民工',
      snapshotGuardianName: child ? (guardianOf(world, p)?.name ?? null) : null,
      patientOrigin: x % 5 === 0 ? 'OTHER_PROVINCE' : 'SAME_DISTRICT',
      residenceRoad: '示例路',
      residenceLane: world.dwelling(p.dwelling).lane,
      residenceBuilding: world.dwelling(p.dwelling).building,
      residenceRoom: world.dwelling(p.dwelling).room,
      residenceNeighbourhoodCode: p.neighbourhoodCode,
      residenceSubdistrictCode: p.subdistrictCode,
      disease,
      caseType: caseTypes[(x >>> 12) % caseTypes.length],
      onsetOn: dateOf(onset),
      diagnosedAt: instantOf(onset + 2, 2),
      diedOn: p.index % 500 === 211 ? dateOf(onset + 20) : null,
      reportedAt: onTime ? instantOf(onset + 2, hours === 2 ? 3 : 9) : instantOf(onset + 4, 8),
      reportKind: x % 5 === 3 ? 'CORRECTED' : 'INITIAL',
      reportingUnit: `${p.place.zh}社区卫生服务中心`,
      status: reportStates[x % reportStates.length],
    };
  }
}
