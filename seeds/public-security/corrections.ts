import type { correctionRequests } from '../../src/departments/public-security/tables.ts';
import { dateOf, dayNumber } from '../world/dates.ts';
import { type Person, personsBy, seedId, type World } from '../world.ts';
import { isAdult } from './residents.ts';

/** One request on so many persons. */
const personsPerRequest = 400;

/** By turns: what waits, what was put right, what was refused, what was withdrawn. */
const turns = [
  { field: 'MOBILE_PHONE', status: 'REQUESTED' },
  { field: 'NAME', status: 'ACCEPTED' },
  { field: 'EDUCATION_LEVEL', status: 'REFUSED' },
  { field: 'MOBILE_PHONE', status: 'WITHDRAWN' },
] as const;

/** The request of a person, where there is one. */
function turnOf(person: Person): (typeof turns)[number] | undefined {
  const n = (person.index - 7) / personsPerRequest;
  return n >= 0 && Number.isInteger(n) && isAdult(person) ? turns[n % turns.length] : undefined;
}

/** Whether a request of the person waits for the authority. */
export const awaitsCorrection = (person: Person): boolean => turnOf(person)?.status === 'REQUESTED';

/** What persons asked at the windows to have put right; the texts are samples. */
export function* corrections(world: World): Generator<typeof correctionRequests.$inferInsert> {
  const today = dayNumber(world.today);
  for (const person of personsBy(world, personsPerRequest, 7)) {
    const turn = turnOf(person);
    if (!turn) continue;
    const { field, status } = turn;
    const n = (person.index - 7) / personsPerRequest;
    const requestedOn = dateOf(today - 3 - (n % 9));
    const decidedOn = dateOf(today - 2);
    const isRefused = status === 'REFUSED';
    const isDecided = status === 'ACCEPTED' || isRefused;
    yield {
      id: seedId('correction', n),
      personId: person.id,
      field,
      claimedMobilePhone: field === 'MOBILE_PHONE' ? `1380000${String(1000 + (n % 9000))}` : null,
      claimedName: field === 'NAME' ? '示例名' : null,
      claimedEducationLevel: field === 'EDUCATION_LEVEL' ? 'JUNIOR_COLLEGE' : null,
      proofKind: 'RESIDENT_ID',
      proofNumber: `示例${String(n).padStart(6, '0')}`,
      requestedByUnit: `PT-CAC-${person.subdistrictCode.slice(6)}`,
      requestedBy: 'demo-cac',
      requestedOn,
      authorityUnit: 'PT-PSB',
      status,
      shielded: person.shielded,
      decidedBy: isDecided ? 'demo-psb' : null,
      decidedOn: isDecided ? decidedOn : null,
      decisionLegalBasis: isRefused ? '《学历认证办法》' : null,
      decisionReasons: isRefused ? '示例:所提交的学历证明未经核验。' : null,
      decisionDecidedBy: isRefused ? 'PT-PSB' : null,
      decisionDecidedOn: isRefused ? decidedOn : null,
      decisionRemedyNotice: isRefused ? '可在六十日内向区人民政府申请行政复议。' : null,
    };
  }
}
