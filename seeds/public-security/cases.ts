import type * as tables from '../../src/departments/public-security/tables.ts';
import { dateOf, dayNumber } from '../world/dates.ts';
import { hash } from '../world/random.ts';
import { type Person, seedId, type World } from '../world.ts';
import { isAdult } from './residents.ts';

/** One accepted case on so many persons. */
const personsPerCase = 500;

const categories = [
  { kind: 'ADMINISTRATIVE', category: 'PSAPL-43', legalBasis: '《治安管理处罚法》第四十三条' },
  { kind: 'ADMINISTRATIVE', category: 'PSAPL-49', legalBasis: '《治安管理处罚法》第四十九条' },
  { kind: 'ADMINISTRATIVE', category: 'PSAPL-57', legalBasis: '《治安管理处罚法》第五十七条' },
  { kind: 'CRIMINAL', category: 'CL-264', legalBasis: '《刑法》第二百六十四条' },
] as const;

/** By turns; decided from DECIDED on. */
const statuses = [
  'INVESTIGATING',
  'CLOSED',
  'ACCEPTED',
  'DECIDED',
  'UNDER_REMEDY',
  'CLOSED',
  'ANNULLED',
] as const;

interface SeedCase {
  readonly n: number;
  readonly person: Person;
  readonly h: number;
}

function* eachCase(world: World): Generator<SeedCase> {
  for (let n = 0; n * personsPerCase < world.size; n++) {
    const index = n * personsPerCase + (333 % Math.min(personsPerCase, world.size));
    if (index < world.size) yield { n, person: world.person(index), h: hash(world.seed, 8, n, 1) };
  }
}

/** Cases accepted under law; the texts are samples and tell nothing. */
export function* policeCases(world: World): Generator<typeof tables.policeCases.$inferInsert> {
  const today = dayNumber(world.today);
  for (const { n, person, h } of eachCase(world)) {
    const accepted = today - 40 - (h % 300);
    const acceptedOn = dateOf(accepted);
    const status = statuses[n % statuses.length] ?? 'ACCEPTED';
    const decided = status === 'DECIDED' || status === 'UNDER_REMEDY' || status === 'CLOSED';
    const ground = categories[(h >>> 12) & 3] ?? categories[0];
    yield {
      id: seedId('policeCase', n),
      caseNo: `${person.stationCode}-${acceptedOn.slice(0, 4)}-${String(n + 1).padStart(5, '0')}`,
      ...ground,
      acceptedOn,
      stationId: person.stationCode,
      occurredSubdistrict: person.subdistrictCode,
      status,
      decisionLegalBasis: decided ? ground.legalBasis : null,
      decisionReasons: decided ? '示例:事实清楚,证据充分' : null,
      decisionDecidedBy: decided ? 'PT-PSB' : null,
      decisionDecidedOn: decided ? dateOf(accepted + 20) : null,
      decisionRemedyNotice: decided ? '可在六十日内申请行政复议,或在三个月内提起行政诉讼' : null,
      closedOn: status === 'CLOSED' ? dateOf(accepted + 35) : null,
      createdAt: `${acceptedOn}T02:00:00Z`,
    };
  }
}

/** Two to three persons a case; one who is not registered in the district has no link. */
export function* policeCaseParties(world: World): Generator<typeof tables.policeCaseParties.$inferInsert> {
  const roles = ['SUBJECT', 'VICTIM', 'WITNESS'] as const;
  for (const { n, person, h } of eachCase(world))
    for (const [k, role] of roles.entries()) {
      if (role === 'WITNESS' && (h & 1) === 0) continue;
      const party = world.person((person.index + k * 7) % world.size);
      yield {
        id: seedId('policeCaseParty', n, k),
        policeCaseId: seedId('policeCase', n),
        personId: role === 'WITNESS' && (h & 2) === 0 ? null : party.id,
        role,
        minor: !isAdult(party),
      };
    }
}

/** The monthly imports of the last year, each a little larger; counts only. */
export function* importBatches(
  world: World,
): Generator<typeof tables.registrationImportBatches.$inferInsert> {
  const months = 12;
  const last = Number(world.today.slice(0, 4)) * 12 + Number(world.today.slice(5, 7)) - 2;
  for (let i = 0; i < months; i++) {
    const period = monthOf(last - months + 1 + i);
    const rowsSent = Math.ceil((world.size / 40) * (1 + i / 24));
    const rowsRejected = Math.floor(rowsSent / 20);
    const checksum = Math.floor(rowsRejected / 3);
    const sentDay = monthOf(last - months + 2 + i);
    yield {
      id: seedId('importBatch', i),
      period,
      status: rowsRejected > 0 ? 'PARTLY_LOADED' : 'LOADED',
      rowsSent,
      rowsAccepted: rowsSent - rowsRejected,
      rowsRejected,
      rejectReasons: [
        { code: 'ID_CHECKSUM', count: checksum },
        { code: 'NAME_MISSING', count: rowsRejected - checksum },
      ],
      timelinessRate: 0.9 + (i % 5) / 50,
      accuracyRate: rowsSent === 0 ? null : (rowsSent - rowsRejected) / rowsSent,
      sentAt: `${sentDay}-01T01:00:00Z`,
      loadedAt: `${sentDay}-01T01:20:00Z`,
      createdAt: `${sentDay}-01T00:30:00Z`,
    };
  }
}

/** Month counted from year 0 → `YYYY-MM`. */
const monthOf = (count: number): string =>
  `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`;
