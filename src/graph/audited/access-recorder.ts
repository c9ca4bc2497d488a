import { type ExecutionResult, GraphQLError } from 'graphql';
import { type AccessEvent, AuditUnavailable, type Verdict } from '../../audit/event.ts';
import { personalRecords } from '../../contract/model/persons.ts';
import type { Model } from '../../contract/model/record.ts';
import type { DocumentCheck } from '../check/document-check.ts';
import type { Execution } from '../execution.ts';
import { auditedRecords } from './audited-records.ts';
import type { ReadIds } from './records-about.ts';
import type { RequestAudit } from './request-audit.ts';
import { type SearchedLog, SubjectAccesses } from './subject-accesses.ts';
import { SubjectSink } from './subject-sink.ts';

/** The access log as requests use it. */
export interface RequestLog extends SearchedLog {
  /** Resolves when the entry is on disk. @throws AuditUnavailable */
  record(event: AccessEvent): Promise<void>;
  /** The store of the log does not answer. */
  readonly isRefusing?: boolean;
}

/** What the log needs to know of the graph. */
export interface AuditedGraph {
  readonly check: DocumentCheck;
  readonly model: Model;
}

/** Errors that refuse what was asked for. */
const refusals = /^(FORBIDDEN|NOT_YOURS|OUT_OF_SCOPE|ASK_REGISTRAR|PURPOSE_)/;

/** Records what requests read before they are answered. Without an entry nothing is answered. */
export class AccessRecorder {
  readonly #log: RequestLog;
  readonly #check: DocumentCheck;
  readonly #audited: ReadonlySet<string>;
  readonly #accesses: SubjectAccesses;
  readonly #readIds: ReadIds;

  constructor(log: RequestLog, { check, model }: AuditedGraph, readIds: ReadIds) {
    const persons = personalRecords(model);
    this.#log = log;
    this.#readIds = readIds;
    this.#check = check;
    this.#audited = auditedRecords(model, persons);
    this.#accesses = new SubjectAccesses(log, model, readIds);
  }

  /** For the reads of one request. */
  request(): RequestAudit {
    const sink = new SubjectSink(this.#audited, this.#readIds);
    return {
      sink,
      refusal: (execution) => this.#refusal(execution),
      recorded: (execution, result) => this.#recorded(execution, sink, result),
      accessesTo: (migrantId, page) => this.#accesses.of(migrantId, page),
    };
  }

  /** Stores are not read when the answer could not be recorded. */
  #refusal({ reading, context }: Execution): ExecutionResult | undefined {
    if (!this.#log.isRefusing) return undefined;
    const { log } = this.#check.check(reading, context.viewer.department);
    return log.isAudited ? { errors: [unavailable(new AuditUnavailable('breaker'))] } : undefined;
  }

  async #recorded(
    execution: Execution,
    sink: SubjectSink,
    result: ExecutionResult,
  ): Promise<ExecutionResult> {
    const { reading, context } = execution;
    const { viewer, purpose, client, exportId } = context;
    const { log: plan } = context.access ?? this.#check.check(reading, viewer.department);
    if (!plan.isAudited) return result;
    try {
      await this.#log.record({
        operation: exportId === undefined ? plan.operation : 'EXPORT',
        person: viewer.person,
        viewer: viewer.department,
        unit: viewer.unit,
        posts: viewer.posts,
        purpose,
        client: exportId === undefined ? client : `export/${exportId}`,
        coordinates: plan.coordinates,
        fieldGroups: plan.fieldGroups,
        deniedGroups: plan.deniedGroups,
        subjects: this.#log.tokensOf(sink.subjects),
        verdict: verdictOf(plan.isRefused, sink.hasAnswered, result),
        isMasked: plan.isMasked,
        rowCount: sink.rowCount,
      });
      return result;
    } catch (error) {
      if (error instanceof AuditUnavailable) return { errors: [unavailable(error)] };
      throw error;
    }
  }
}

function verdictOf(isRefused: boolean, hasAnswered: boolean, { errors = [] }: ExecutionResult): Verdict {
  const refused = isRefused || errors.some(({ extensions }) => refusals.test(String(extensions?.code)));
  if (!refused) return 'ALLOWED';
  return hasAnswered ? 'PARTLY_DENIED' : 'DENIED';
}

const unavailable = ({ message, reason }: AuditUnavailable): GraphQLError =>
  new GraphQLError(`${message} Nothing is answered that is not recorded; ${whatToDo(reason)}.`, {
    extensions: {
      code: 'AUDIT_UNAVAILABLE',
      reason,
      // An entry that the database has refused would be refused again.
      ...(reason === 'refused' ? {} : { retryAfter: 1 }),
      http: { status: 503, headers: new Map(reason === 'refused' ? [] : [['retry-after', '1']]) },
    },
  });

const whatToDo = (reason: AuditUnavailable['reason']): string =>
  reason === 'refused' ? 'tell the operator' : 'ask again';
