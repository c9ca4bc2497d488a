import type { Started } from './processes.ts';
import type { Question } from './questions.ts';

/** What one client waited for a question. */
export interface Latency {
  readonly name: string;
  readonly title: string;
  readonly p50Ms: number;
  readonly p90Ms: number;
}

export interface Patience {
  /** Answers that are not counted: statements are prepared and planned, pages come into memory. */
  readonly warmUp: number;
  readonly times: number;
}

/** Asks a question again and again, each time after the answer before. */
export async function latencyOf(
  { name, title, query }: Question,
  server: Started,
  headers: Readonly<Record<string, string>>,
  { warmUp, times }: Patience,
): Promise<Latency> {
  const body = JSON.stringify({ query });
  const waited: number[] = [];
  for (let i = 0; i < warmUp + times; i++) {
    const began = performance.now();
    const answer = await fetch(server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    const text = await answer.text();
    if (i >= warmUp) waited.push(performance.now() - began);
    if (!answer.ok || text.includes('"errors"'))
      throw new Error(`${name} is answered ${answer.status}: ${text.slice(0, 500)}`);
  }
  waited.sort((a, b) => a - b);
  const at = (part: number) => waited[Math.floor((waited.length - 1) * part)] ?? Number.NaN;
  return { name, title, p50Ms: at(0.5), p90Ms: at(0.9) };
}
