import { type DoneRecord, isReasonOfEvent } from '../../contract/doing/doing-plan.ts';
import type { Transition } from '../../contract/doing/transition.ts';
import type { Call } from './call.ts';
import { printNote, printPaper } from './printing.ts';
import { InputFaults, notPrintable } from './user-errors.ts';

/** What is kept with the event: of a print its number and hash, before what the actor says. */
export async function reasonOf(
  { input, context: { ask } }: Call,
  done: DoneRecord,
  { event, input: asked }: Transition,
  id: string | undefined,
): Promise<string | null> {
  const isOwn = asked.some(({ field }) => field === 'reason' && !isReasonOfEvent(done.record, field));
  const said = isOwn || input.reason == null ? [] : [String(input.reason)];
  const paper = Object.hasOwn(done.papers, event) ? done.papers[event] : undefined;
  if (paper && id !== undefined) {
    if (!ask) throw new Error('This program prints nothing.');
    const printed = await printPaper(done, paper, id, ask);
    if (!printed) throw new InputFaults([notPrintable()]);
    said.unshift(printNote(printed));
  }
  return said.length === 0 ? null : said.join(' ').slice(0, 500);
}
