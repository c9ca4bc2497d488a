import type { ExecutionResult } from 'graphql';
import type { SubjectEntry } from '../../audit/subject-entries.ts';
import type { Execution } from '../execution.ts';
import type { SubjectSink } from './subject-sink.ts';

/** The access log for one request. */
export interface RequestAudit {
  readonly sink: SubjectSink;
  /** AUDIT_UNAVAILABLE before anything is read, where the read could not be recorded; else undefined. */
  refusal(execution: Execution): ExecutionResult | undefined;
  /**
   * Records an execution and returns its answer; AUDIT_UNAVAILABLE when the entry fails. An answer about
   * nobody is not recorded.
   */
  recorded(execution: Execution, result: ExecutionResult): Promise<ExecutionResult>;
  /** Who has read records about a person, newest first. */
  accessesTo(
    migrantId: string,
    page: { readonly before: string | null; readonly limit: number },
  ): Promise<readonly SubjectEntry[]>;
}
