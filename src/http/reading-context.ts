import type { AccessRecorder } from '../graph/audited/access-recorder.ts';
import { statedPurpose } from '../graph/check/purpose-check.ts';
import type { Context } from '../graph/context.ts';
import type { ReadEngine } from '../graph/reads/engine.ts';
import { RequestReads } from '../graph/reads/request-reads.ts';
import type { Viewer } from '../identity/viewer.ts';
import type { Graph } from '../schema.ts';

/** What reads are made with. */
export interface ReadingParts {
  readonly graph: Graph;
  readonly engine: ReadEngine;
  readonly recorder?: AccessRecorder | undefined;
}

/**
 * The part of a request's context that reads: in whose name, for which purpose, with which log.
 * @param header the purpose as the header says it
 * @param extension as the body says it
 */
export function readingContext(
  { graph, engine, recorder }: ReadingParts,
  viewer: Viewer,
  header: unknown,
  extension?: unknown,
): Context {
  const stated = statedPurpose(graph.purposes, header, extension);
  const audit = recorder?.request();
  return {
    viewer,
    audit,
    reads: new RequestReads(engine, viewer, undefined, audit?.sink),
    purpose: stated.purpose,
    purposeIsUnknown: stated.isUnknown,
    client: null,
  };
}
