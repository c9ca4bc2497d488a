import { createHash } from 'node:crypto';
import { extractText, getDocumentProxy } from 'unpdf';
import { encodeNodeId } from '../../../src/graph/node-id.ts';
import { getViewer } from '../../../src/identity/viewers.ts';
import { productGraph } from '../../support/graph.ts';
import { Flow } from '../flows/flow.ts';
import { type Official, tokenOf } from '../flows/officials.ts';

/** A printed document, as its record tells. */
export interface Issued {
  readonly id: string;
  readonly kind: string;
  readonly number: string;
  readonly sha256: string;
  readonly issuedByUnit: string;
  readonly issuedBy: string | null;
}

/** What a look for the bytes answers. */
export interface Fetched {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
}

const decision = {
  decision_legal_basis: '《上海市居住证暂行规定》第七条',
  decision_reasons: '提交的居住证明与现场核实情况不一致',
  decision_decided_by: 'PT-PSB',
  decision_decided_on: '2007-02-20',
  decision_remedy_notice: '可在六十日内申请行政复议，或者在三个月内提起行政诉讼',
} as const;
export const decisionTexts = [
  decision.decision_legal_basis,
  decision.decision_reasons,
  decision.decision_remedy_notice,
  '区公安分局',
];
const none = Object.fromEntries(Object.keys(decision).map((column) => [column, null]));

/** What the columns hold in each state from which something is printed. */
const applications: Readonly<Record<string, object>> = Object.fromEntries(
  [
    'SUPPLEMENT_REQUIRED',
    'ACCEPTED',
    'UNDER_REVIEW',
    'OPINIONS_COMPLETE',
    'APPROVED',
    'CARD_PRODUCTION',
    'READY',
    'UNCLAIMED',
    'ISSUED',
    'REJECTED',
    'NOT_ACCEPTED',
  ].map((status) => {
    const accepted = !['SUPPLEMENT_REQUIRED', 'NOT_ACCEPTED'].includes(status);
    const decided = !['SUPPLEMENT_REQUIRED', 'ACCEPTED', 'UNDER_REVIEW', 'OPINIONS_COMPLETE'].includes(
      status,
    );
    const ready = ['READY', 'UNCLAIMED', 'ISSUED'].includes(status);
    return [
      status,
      {
        status,
        submitted_on: '2007-02-01',
        supplement_requested_on: status === 'SUPPLEMENT_REQUIRED' ? '2007-02-05' : null,
        accepted_on: accepted ? '2007-02-06' : null,
        due_on: accepted ? '2007-02-27' : null,
        decided_on: decided ? '2007-02-20' : null,
        ready_on: ready ? '2007-02-25' : null,
        closed_on: ['ISSUED', 'REJECTED', 'NOT_ACCEPTED'].includes(status) ? '2007-02-26' : null,
        ...(['REJECTED', 'NOT_ACCEPTED'].includes(status) ? decision : none),
      },
    ];
  }),
);
const filings: Readonly<Record<string, object>> = Object.fromEntries(
  ['SUPPLEMENT_REQUIRED', 'ACCEPTED', 'VERIFYING', 'FILED', 'REFUSED'].map((status) => [
    status,
    {
      status,
      submitted_on: '2007-02-01',
      filing_no: status === 'FILED' ? 'BA2007999999' : null,
      materials: ['CONTRACT', 'IDENTITY_PROOF'],
      missing_materials: status === 'SUPPLEMENT_REQUIRED' ? ['TITLE_PROOF'] : null,
      supplement_by: status === 'SUPPLEMENT_REQUIRED' ? '2007-03-10' : null,
      decided_on: ['FILED', 'REFUSED'].includes(status) ? '2007-02-20' : null,
      certificate_valid_to: status === 'FILED' ? '2007-12-31' : null,
      refusal_reason: status === 'REFUSED' ? 'AREA_RULE' : null,
      ...(status === 'REFUSED' ? decision : none),
    },
  ]),
);
const permits: Readonly<Record<string, object>> = {
  SUSPENDED: { status: 'SUSPENDED', ended_on: '2007-02-20', end_reason: null, ...decision },
  REVOKED: { status: 'REVOKED', ended_on: '2007-02-20', end_reason: 'FALSE_MATERIALS', ...decision },
};
/** Of the other departments, all that a decision needs; what is there of more stays. */
const decided = (...states: string[]): Readonly<Record<string, object>> =>
  Object.fromEntries(states.map((status) => [status, { status, ...decision }]));
const cases = (...states: string[]) =>
  Object.fromEntries(
    Object.entries(decided(...states)).map(([state, row]) => [state, { ...row, accepted_on: '2007-02-01' }]),
  );
interface Kind {
  readonly table: string;
  readonly states: Readonly<Record<string, object>>;
  /** Which row of the district is taken. */
  readonly where: (window: string) => string;
}
const kinds: Readonly<Record<string, Kind>> = {
  PermitApplication: {
    table: 'permits.permit_applications',
    states: applications,
    where: (window) =>
      `accepted_at_unit = '${window}' and not shielded and principal_id is null and exists (select 1 from permits.application_materials m where m.application_id = t.id)`,
  },
  LeaseFiling: {
    table: 'housing.lease_filings',
    states: filings,
    where: (window) =>
      `accepted_by_unit = '${window}' and not shielded and exists (select 1 from housing.leases l where l.id = t.lease_id and l.tenant_name is not null)`,
  },
  ResidencePermit: {
    table: 'permits.residence_permits',
    states: permits,
    where: () => `subdistrict_code = '310107015' and not shielded`,
  },
  AidCase: {
    table: 'civil_affairs.aid_cases',
    states: decided('NOT_ELIGIBLE'),
    where: () => `left_on is null`,
  },
  BusinessLicence: {
    table: 'commerce.business_licences',
    states: decided('SUSPENDED', 'REVOKED'),
    where: () => 'true',
  },
  CommerceCase: {
    table: 'commerce.commerce_cases',
    states: cases('DECIDED', 'EXECUTING'),
    where: () => 'true',
  },
  ConstructionPenalty: {
    table: 'construction.construction_penalties',
    states: decided('DECIDED', 'EXECUTING'),
    where: () => 'published_on is null',
  },
  LegalAidCase: {
    table: 'justice.legal_aid_cases',
    states: decided('REFUSED'),
    where: () => 'closed_on is null',
  },
  PoliceCase: {
    table: 'public_security.police_cases',
    states: Object.fromEntries(
      Object.entries(cases('DECIDED', 'EXECUTING')).map(([state, row]) => [
        state,
        { ...row, station_id: 'PT-STN-015-1', closed_on: null },
      ]),
    ),
    where: () => 'true',
  },
  QualificationCheck: {
    table: 'commerce.qualification_checks',
    states: { NOT_CONFIRMED: { result: 'NOT_CONFIRMED', ...decision } },
    where: () => 'not shielded',
  },
  SafetyInspection: {
    table: 'construction.safety_inspections',
    states: { '*': { stop_work: true, ...decision } },
    where: () => 'true',
  },
  SchoolLicence: {
    table: 'education.school_licences',
    states: Object.fromEntries(
      Object.entries(decided('REFUSED', 'CLOSING')).map(([state, row]) => [
        state,
        { ...row, placement_plan: '就近安置' },
      ]),
    ),
    where: () => 'true',
  },
  UnlicensedPracticeCase: {
    table: 'health.unlicensed_practice_cases',
    states: cases('DECIDED', 'EXECUTING'),
    where: () => 'true',
  },
  WageArrearsCase: {
    table: 'labour.wage_arrears_cases',
    states: decided('NOT_ACCEPTED', 'DECIDED', 'EXECUTING'),
    where: () => 'closed_on is null',
  },
};

/** A district of its own, whose officials print. */
export class PaperDesk {
  readonly flow: Flow;

  private constructor(flow: Flow) {
    this.flow = flow;
  }

  static async open(): Promise<PaperDesk> {
    return new PaperDesk(await Flow.open());
  }

  close(): Promise<void> {
    return this.flow.close();
  }

  /** Puts a record into a state, with all that belongs to it, as the owner; nothing but its state is meant by it. */
  async put(type: string, id: string, state: string): Promise<void> {
    const { table, states } = kinds[type]!;
    const row = states[state];
    if (!row) throw new Error(`No ${type} in ${state} is known.`);
    const { owner } = this.flow;
    await owner.unsafe(`set session_replication_role = replica`);
    await owner`update ${owner(table)} set ${owner(row as Record<string, string>)} where id = ${id}`;
    if (type === 'PermitApplication')
      await owner`update permits.application_materials set state = ${state === 'SUPPLEMENT_REQUIRED' ? 'DEFICIENT' : 'ACCEPTED'} where application_id = ${id}`;
    await owner.unsafe(`set session_replication_role = origin`);
  }

  /** A record that a test may print from; of a window its own. */
  async found(type: string, window: string): Promise<string> {
    const { table, where } = kinds[type]!;
    const [row] = await this.flow.owner.unsafe(
      `select t.id from ${table} t where ${where(window)} order by t.id limit 1`,
    );
    if (!row) throw new Error(`The district has no ${type} of ${window}.`);
    return String(row.id);
  }

  /** Prints, at the present version. */
  print(who: Official, type: string, id: string, event: string) {
    return this.flow.attempt(who, 'issueDocument', encodeNodeId(type, id), { event });
  }

  /** What was printed of a record, as an official reads it. */
  async issued(who: Official, type: string, id: string): Promise<readonly Issued[] | null> {
    const { data } = await this.flow.ask(
      who,
      `query($id: ID!) { node(id: $id) { ... on ${type} { issuedDocuments { id kind number sha256 issuedByUnit issuedBy } } } }`,
      { id: encodeNodeId(type, id) },
    );
    return data?.node?.issuedDocuments ?? null;
  }

  /** The bytes of a document, as an official asks for them. */
  async fetch(who: Official, document: string, purpose?: string): Promise<Fetched> {
    const usual = productGraph().purposes.usualOf(getViewer(who.code).name);
    const answer = await fetch(`${this.flow.server.url}/documents/${document}.pdf`, {
      headers: {
        authorization: `Bearer ${await tokenOf(who)}`,
        ...(purpose === '' ? {} : { 'laihu-purpose': purpose ?? usual }),
      },
    });
    return {
      status: answer.status,
      headers: answer.headers,
      bytes: new Uint8Array(await answer.arrayBuffer()),
    };
  }
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** What a reader that knows nothing of the writer finds in a PDF, without the breaks of its lines. */
export async function textOf(bytes: Uint8Array): Promise<string> {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: true });
  return text.replaceAll(/\s+/g, '');
}
