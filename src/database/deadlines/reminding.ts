import type { Sql } from 'postgres';
import { daysBetween } from '../../contract/deadlines/working-days.ts';
import { makeReminders, nextReminder, type PlacedReminder } from './make-reminders.ts';
import { type Wake, WakeQueue } from './wake-queue.ts';

export interface RemindingOptions {
  readonly reminders: readonly PlacedReminder[];
  /** The owner's connections to the database of a store. */
  readonly ownerOf: (store: string) => Sql;
  /** The database that holds the queue. */
  readonly queueUrl: string;
  /** The district's day, YYYY-MM-DD. */
  readonly today: () => string;
  /** Told once when a part stops working, until it works again. */
  readonly onFault: (text: string, error: unknown) => void;
}

/** A lost job is found so late at the most. */
const everyMs = 60_000;
/** After the start, when its rush is over. */
const firstAfterMs = 10_000;

/**
 * Reminds units of deadlines (`schema/reminders.tsv`). What is due is derived from the records; a job of the queue wakes
 * one record at its time, and a sweep over all of them every minute finds what no job woke: rows that came otherwise, a
 * killed worker, a clock that jumped. The only thing that is ever written is a reminder.
 */
export class Reminding {
  readonly #options: RemindingOptions;
  readonly #broken = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #queue: Promise<WakeQueue | undefined> | undefined;
  #work: Promise<unknown> = Promise.resolve();
  #stopped = false;

  constructor(options: RemindingOptions) {
    this.#options = options;
  }

  /** Begins to sweep and to take jobs, some seconds from now: a start has other things to do. */
  begin(): void {
    const tick = async () => {
      this.#work = Promise.all([this.sweep(), this.#open()]);
      await this.#work;
      if (!this.#stopped) this.#timer = setTimeout(tick, everyMs).unref();
    };
    this.#timer = setTimeout(tick, firstAfterMs).unref();
  }

  /**
   * Makes all reminders that are due.
   * @returns how many were made; a store that does not answer is left to the next sweep
   */
  async sweep(): Promise<number> {
    const today = this.#options.today();
    let made = 0;
    for (const reminder of this.#options.reminders) {
      if (this.#stopped) break;
      await this.#guarded(`reminders of ${reminder.store}`, async () => {
        made += await makeReminders(this.#options.ownerOf(reminder.store), reminder, today);
      });
    }
    return made;
  }

  /**
   * To be called when a record was written. Never fails: what the queue does not take the sweep finds.
   * @param record SDL type
   */
  async wake(record: string, id: string): Promise<void> {
    if (!this.#options.reminders.some(({ rule }) => rule.record === record)) return;
    const queue = await this.#open();
    if (queue) await this.#guarded('queue of reminders', () => queue.send({ record, id }, 'written', 0));
  }

  /** Ends when what is being done is done. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#work;
    await (await this.#queue)?.close();
  }

  /** The queue, opened when it is first needed; tried again after a fault. */
  async #open(): Promise<WakeQueue | undefined> {
    if (this.#stopped) return this.#queue;
    this.#queue ??= WakeQueue.open({
      url: this.#options.queueUrl,
      onWake: (wake) => this.#look(wake),
      onFault: (error) => this.#fault('queue of reminders', error),
    }).then(
      (queue) => {
        this.#broken.delete('queue of reminders');
        return queue;
      },
      (error: unknown) => {
        this.#fault('queue of reminders', error);
        this.#queue = undefined;
        return undefined;
      },
    );
    return this.#queue;
  }

  /** Makes what is due of a record, and has it woken when the next reminder will be. */
  async #look({ record, id }: Wake): Promise<void> {
    const today = this.#options.today();
    const days: string[] = [];
    for (const reminder of this.#options.reminders.filter(({ rule }) => rule.record === record)) {
      const owner = this.#options.ownerOf(reminder.store);
      await makeReminders(owner, reminder, today, id);
      const next = await nextReminder(owner, reminder, today, id);
      if (next) days.push(next);
    }
    const next = days.sort()[0];
    const queue = await this.#queue;
    if (next && queue) await queue.send({ record, id }, next, daysBetween(today, next) * 86_400);
  }

  async #guarded(part: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.#broken.delete(part);
    } catch (error) {
      this.#fault(part, error);
    }
  }

  #fault(part: string, error: unknown): void {
    if (this.#broken.has(part) || this.#stopped) return;
    this.#broken.add(part);
    this.#options.onFault(`The ${part} cannot be worked on; it is tried again every minute.`, error);
  }
}
