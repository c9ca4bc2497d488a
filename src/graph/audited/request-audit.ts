import type { ExecutionResult } from 'graphql';
import type { SubjectEntry } from '../../audit/subject-entries.ts';
import type { Execution } from '../execution.ts';
import type { SubjectSink } from './subject-sink.ts';

/** The access log for one request. */
export interface RequestAudit {
  readonly sink: SubjectSink;
  /** AUDIT_UNAVAILABLE before anything is read, where it could not be recorded; else undefined. */
  refusal(execution: Execution): ExecutionResult | undefined;
  /**
   * The answer of an execution once it is recorded, or AUDIT_UNAVAILABLE in its place. What reads about nobody is
   * not recorded.
   */
  recorded(execution: Execution, result: ExecutionResult): Promise<ExecutionResult>;
  /** Who has read records about a person, newest first. */
  accessesTo(
    migrantId: string,
    page: { readonly before: string | null; readonly limit: number },
  ): Promise<readonly SubjectEntry[]>;
}
