import type {
  applicationMaterials,
  permitApplications as applicationTable,
  departmentOpinions,
} from '../../src/departments/permits/tables.ts';
import { dateOf, dayNumber } from '../world/dates.ts';
import { hash } from '../world/random.ts';
import { territoryOf } from '../world/territory.ts';
import { type Person, seedId, type World } from '../world.ts';

type ApplicationRow = typeof applicationTable.$inferInsert;
type MaterialRow = typeof applicationMaterials.$inferInsert;
type OpinionRow = typeof departmentOpinions.$inferInsert;
type Status = NonNullable<ApplicationRow['status']>;
type PermitType = ApplicationRow['permitType'];

/** In hundredths of the persons: eight open, two closed. */
const openShare = 8;
const closedShare = 2;

const open = [
  'UNDER_REVIEW',
  'DRAFT',
  'SUBMITTED',
  'UNDER_REVIEW',
  'SUPPLEMENT_REQUIRED',
  'ACCEPTED',
  'UNDER_REVIEW',
  'OPINIONS_COMPLETE',
  'APPROVED',
  'CARD_PRODUCTION',
  'READY',
  'UNCLAIMED',
] as const satisfies readonly Status[];
const closed = [
  'ISSUED',
  'REJECTED',
  'ISSUED',
  'WITHDRAWN',
  'NOT_ACCEPTED',
  'LAPSED',
] as const satisfies readonly Status[];

/** How far a file has come: the states from which the window has accepted it, the bureau decided it. */
const accepted = new Set<Status>([
  'ACCEPTED',
  'UNDER_REVIEW',
  'OPINIONS_COMPLETE',
  'APPROVED',
  'REJECTED',
  'CARD_PRODUCTION',
  'READY',
  'ISSUED',
  'UNCLAIMED',
]);
const decided = new Set<Status>(['APPROVED', 'REJECTED', 'CARD_PRODUCTION', 'READY', 'ISSUED', 'UNCLAIMED']);
const ready = new Set<Status>(['READY', 'ISSUED', 'UNCLAIMED']);

interface SeedApplication {
  readonly person: Person;
  readonly h: number;
  readonly type: PermitType;
  readonly status: Status;
  readonly window: string;
  /** Day numbers. */
  readonly submitted: number;
  readonly closedOn: string | null;
}

/** Every application, in the order of the persons. */
export function* eachApplication(world: World): Generator<SeedApplication> {
  const today = dayNumber(world.today);
  for (let i = 0; i < world.size; i++) {
    const h = hash(world.seed, 23, i, 1);
    const share = h % 100;
    if (share >= openShare + closedShare) continue;
    const person = world.person(i);
    if (person.departedOn !== null || person.duplicateOf !== null || person.ageYears < 16) continue;
    const isOpen = share < openShare;
    const list = isOpen ? open : closed;
    const status = list[(h >>> 8) % list.length] ?? 'SUBMITTED';
    const type = person.permit?.type ?? 'EMPLOYMENT';
    // An unclaimed card has waited its ninety days; a closed file is partly older than the window's thirty.
    const age = status === 'UNCLAIMED' ? 130 : decided.has(status) ? 25 : status === 'LAPSED' ? 35 : 12;
    const submitted = today - age - ((h >>> 16) % (isOpen ? 10 : 60));
    const done = status === 'ISSUED' ? 24 : status === 'REJECTED' ? 15 : status === 'LAPSED' ? 32 : 3;
    yield {
      person,
      h,
      type,
      status,
      window: type === 'TALENT' ? 'PT-PER' : `PT-CAC-${person.place.number}`,
      submitted,
      closedOn: isOpen ? null : dateOf(submitted + done),
    };
  }
}

/** Applications in every state (dossier §5.1). */
export function* permitApplications(world: World): Generator<ApplicationRow> {
  const serials = new Map<string, number>();
  for (const { person, type, status, window, submitted, closedOn } of eachApplication(world)) {
    const day = dateOf(submitted);
    const start = `310107${window === 'PT-PER' ? '000' : person.place.number}${day.replaceAll('-', '')}`;
    const serial = (serials.get(start) ?? 0) + 1;
    serials.set(start, serial);
    const refused = status === 'REJECTED' || status === 'NOT_ACCEPTED';
    const isAccepted = accepted.has(status);
    yield {
      id: seedId('application', person.index),
      applicationNo: start + String(serial).padStart(4, '0'),
      applicantId: person.id,
      permitType: type,
      action: person.permit ? 'RENEW' : 'NEW',
      principalId: type === 'DEPENDENT' ? principalOf(world, person) : null,
      acceptedAtUnit: window,
      status,
      submittedOn: status === 'DRAFT' ? null : day,
      supplementRequestedOn:
        status === 'SUPPLEMENT_REQUIRED' || status === 'LAPSED' ? dateOf(submitted + 2) : null,
      acceptedOn: isAccepted ? dateOf(submitted + 2) : null,
      dueOn: isAccepted ? dateOf(submitted + 23) : null,
      decidedOn: decided.has(status) ? dateOf(submitted + 15) : null,
      readyOn: ready.has(status) ? dateOf(submitted + 22) : null,
      closedOn,
      decisionLegalBasis: refused ? '《上海市居住证暂行规定》' : null,
      decisionReasons: refused
        ? status === 'REJECTED'
          ? '示例:居住证明与实际不符'
          : '示例:不属于本窗口受理范围'
        : null,
      decisionDecidedBy: refused ? (status === 'REJECTED' ? 'PT-PSB' : window) : null,
      decisionDecidedOn: refused ? closedOn : null,
      decisionRemedyNotice: refused ? '可在六十日内申请行政复议,或在三个月内提起行政诉讼' : null,
      ...territoryOf(person),
      createdAt: `${day}T01:30:00Z`,
    };
  }
}

/** Another of the same dwelling, whom a dependant joins. */
function principalOf(world: World, person: Person): string | null {
  for (const index of [person.index - 1, person.index + 1]) {
    if (index < 0 || index >= world.size) continue;
    const other = world.person(index);
    if (other.dwelling === person.dwelling) return other.id;
  }
  return null;
}

const materialsOf: Readonly<Record<PermitType, readonly MaterialRow['kind'][]>> = {
  TALENT: ['ID_COPY', 'PHOTO', 'EDUCATION_PROOF', 'EMPLOYMENT_PROOF'],
  EMPLOYMENT: ['ID_COPY', 'PHOTO', 'RESIDENCE_PROOF', 'EMPLOYMENT_PROOF', 'INSURANCE_PROOF'],
  DEPENDENT: ['ID_COPY', 'PHOTO', 'RESIDENCE_PROOF', 'RELATION_PROOF'],
  STUDY: ['ID_COPY', 'PHOTO', 'RESIDENCE_PROOF', 'EDUCATION_PROOF'],
  TEMPORARY: ['ID_COPY', 'PHOTO', 'LEASE_FILING'],
};

/** What each application needs; the last one is what is missing. */
export function* materials(world: World): Generator<MaterialRow> {
  for (const { person, type, status } of eachApplication(world)) {
    const kinds = materialsOf[type] ?? [];
    for (const [n, kind] of kinds.entries()) {
      const last = n === kinds.length - 1;
      const state = accepted.has(status)
        ? 'ACCEPTED'
        : last && (status === 'DRAFT' || status === 'WITHDRAWN')
          ? 'REQUIRED'
          : last && (status === 'SUPPLEMENT_REQUIRED' || status === 'LAPSED')
            ? 'DEFICIENT'
            : 'RECEIVED';
      yield {
        id: seedId('material', person.index, n),
        applicationId: seedId('application', person.index),
        kind,
        state,
        fileRef: state === 'REQUIRED' ? null : `file-${String(person.index).padStart(7, '0')}-${n}`,
        note: state === 'DEFICIENT' ? '请补交本项材料' : null,
      };
    }
  }
}

/** The opinions that an accepted application asks for (dossier §5.1). */
export function* opinions(world: World): Generator<OpinionRow> {
  for (const { person, h, type, status, window, submitted, closedOn } of eachApplication(world)) {
    if (!accepted.has(status) || status === 'ACCEPTED') continue;
    const authors: [OpinionRow['kind'], string][] = [
      ['RESIDENCE', 'PT-HLR'],
      ['ONSITE', person.stationCode],
      ['CERTIFICATE', `PT-SUB-${person.place.number}`],
    ];
    if (type === 'EMPLOYMENT' || type === 'TALENT') authors.push(['EMPLOYMENT', 'PT-LSS']);
    for (const [n, [kind, authorUnit]] of authors.entries()) {
      const pending = status === 'UNDER_REVIEW' && n !== (h >>> 20) % authors.length;
      const against = status === 'REJECTED' && kind === 'RESIDENCE';
      const givenDay = submitted + 5 + n;
      yield {
        id: seedId('opinion', person.index, n),
        applicationId: seedId('application', person.index),
        applicantId: person.id,
        kind,
        authorUnit,
        result: pending ? 'PENDING' : against ? 'NOT_SUPPORTED' : 'SUPPORTED',
        reason: against ? '示例:登记住所无人居住' : null,
        givenBy: pending ? null : `${authorUnit}/reviewer`,
        givenOn: pending ? null : dateOf(givenDay),
        dueOn: dateOf(submitted + 12),
        windowUnit: window,
        windowClosedOn: closedOn,
      };
    }
  }
}
