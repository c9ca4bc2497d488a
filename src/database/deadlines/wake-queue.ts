import type { PgBoss } from 'pg-boss';

/** A record that was written, or whose next reminder is due: nothing but where to look. */
export interface Wake {
  readonly record: string;
  readonly id: string;
}

export interface WakeQueueOptions {
  /** The database that holds the queue, schema `pgboss`. */
  readonly url: string;
  /** Looks at a record; may be called twice, or never when the process dies. */
  readonly onWake: (wake: Wake) => Promise<void>;
  /** Told of each fault of the queue, which goes on. */
  readonly onFault: (error: unknown) => void;
}

const queue = 'reminders';

/**
 * Jobs that wake the reminders of one record at its time, kept in PostgreSQL by pg-boss. A job is a hint: what is due is
 * read in the record, and the sweep finds what a lost job would have.
 */
export class WakeQueue {
  readonly #boss: PgBoss;

  private constructor(boss: PgBoss) {
    this.#boss = boss;
  }

  /** Opens the queue, makes its schema on the first time, and begins to work. pg-boss is loaded here, not at a start. */
  static async open({ url, onWake, onFault }: WakeQueueOptions): Promise<WakeQueue> {
    const { PgBoss } = await import('pg-boss');
    const boss = new PgBoss({
      connectionString: url,
      application_name: 'laihu reminders',
      // One for the worker's look, one for what is sent meanwhile.
      max: 2,
      // Nothing is repeated by the clock of the machine: the days are those of the program's.
      schedule: false,
    });
    boss.on('error', onFault);
    try {
      await boss.start();
      // A worker that died is found by the monitor; the sweep has done its work long before.
      await boss.createQueue(queue, {
        policy: 'short',
        expireInSeconds: 60,
        retryLimit: 3,
        retryBackoff: true,
        deleteAfterSeconds: 86_400,
        retentionSeconds: 400 * 86_400,
      });
      await boss.work<Wake>(queue, { batchSize: 50, pollingIntervalSeconds: 2 }, async (jobs) => {
        for (const { data } of jobs) await onWake(data);
      });
    } catch (error) {
      await boss.stop({ graceful: false }).catch(() => {});
      throw error;
    }
    return new WakeQueue(boss);
  }

  /** Wakes a record so many seconds from now; once for each of them and that time. @param on names the time */
  async send(wake: Wake, on: string, seconds: number): Promise<void> {
    await this.#boss.send(queue, wake, {
      singletonKey: `${wake.record} ${wake.id} ${on}`,
      ...(seconds > 0 && { startAfter: seconds }),
    });
  }

  async close(): Promise<void> {
    await this.#boss.stop({ graceful: true, timeout: 2000 });
  }
}
