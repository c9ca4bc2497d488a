import type { StoreChange } from '../store/breaker.ts';
import { connectTo } from '../store/connect.ts';
import { ChainStore, type Head, uuidText } from './chain-store.ts';
import type { AccessEvent } from './event.ts';
import { readAuditKey } from './key.ts';
import { ensureAuditRole } from './role.ts';
import { SealFile } from './seals.ts';
import { SubjectEntries, type SubjectEntry, type SubjectQuery } from './subject-entries.ts';
import { type Subjects, SubjectTokens } from './subject-tokens.ts';
import { Writer } from './writer.ts';

export interface AuditOptions {
  /** The owner's URL of the database that holds the log. */
  readonly ownerUrl: string;
  readonly keyFile: string;
  /** Make the key when the file is missing. */
  readonly makesKey: boolean;
  readonly sealsFile: string;
  /** A request that is not recorded within this time is refused. */
  readonly timeoutMs: number;
  /** The shortest time between seals; default 10 s. */
  readonly sealEveryMs?: number;
  /** Requests that may wait for their entry at once. */
  readonly maxWaiting?: number;
  readonly onFault: (fault: string, error?: unknown) => void;
  /** Called when the store stops answering, and when it answers again. */
  readonly onChange?: (change: StoreChange, reason?: string) => void;
  /** Milliseconds since the epoch. */
  readonly nowMs?: () => number;
}

/** The access log of a running program. */
export interface AuditLog {
  /** Resolves when the entry is on disk. @throws AuditUnavailable: then nothing may be answered */
  record(event: AccessEvent): Promise<void>;
  /** Keyed hashes of record type and id, eight bytes each. */
  tokensOf(subjects: Subjects): Buffer;
  /** Entries by subject. */
  find(query: SubjectQuery): Promise<readonly SubjectEntry[]>;
  /** Entries can be recorded and heads be sealed. */
  readonly working: boolean;
  /** The store does not answer: what could not be recorded need not be read. */
  readonly isRefusing: boolean;
  /** Whether the store answers within so many milliseconds. */
  answers(withinMs: number): Promise<boolean>;
  /** Where the public key is that verifies the seals. */
  readonly publicKeyFile: string;
  /** Commits what waits, seals the head as the last of its chain. */
  close(): Promise<void>;
}

/**
 * Opens the log: makes its role, begins a chain and seals it.
 * @throws Error in one sentence: no key, no seals file, no role; or what the database says
 */
export async function openAuditLog(options: AuditOptions): Promise<AuditLog> {
  const { nowMs = Date.now, onFault, timeoutMs, sealEveryMs = 10_000 } = options;
  const key = readAuditKey(options.keyFile, options.makesKey);
  const tokens = new SubjectTokens(key.subjects);
  const file = openSeals(options.sealsFile);
  const login = await roleLogin(options.ownerUrl);
  let writer: Writer | undefined;
  // Shorter than a request's time: the program knows of a silent store before it refuses the first request,
  // and reads nothing for the requests after it.
  const statementMs = Math.ceil(timeoutMs * 0.9);
  const store = new ChainStore(login, statementMs, (change, reason) => {
    if (change === 'answers again') writer?.storeAnswers();
    options.onChange?.(change, reason);
  });
  const entries = new SubjectEntries(login, timeoutMs);
  let sealed: Head | undefined;
  let sealing = true;
  const seal = (head: Head, closed: boolean) => {
    try {
      file.append(
        {
          time: new Date(nowMs()).toISOString(),
          chain: uuidText(head.chain),
          seq: head.seq,
          head: head.hash.toString('hex'),
          count: head.seq + 1,
          closed,
        },
        key.sign,
      );
      sealed = head;
      sealing = true;
    } catch (error) {
      if (sealing) onFault('the head of the access log cannot be sealed', error);
      sealing = false;
    }
  };
  const opened = await Writer.open({
    store,
    timeoutMs,
    onFault,
    nowMs,
    // At once: the verifier takes a chain without a seal for somebody else's.
    onChain: (head) => seal(head, false),
    ...(options.maxWaiting === undefined ? {} : { maxWaiting: options.maxWaiting }),
  }).catch(async (error) => {
    await store.close();
    file.close();
    throw error;
  });
  writer = opened;
  const timer = setInterval(() => {
    if (!sealed?.hash.equals(opened.head.hash)) seal(opened.head, false);
  }, sealEveryMs);
  timer.unref();
  return {
    record: (event) => opened.record(event),
    tokensOf: (subjects) => tokens.of(subjects),
    find: (query) => entries.find(query),
    get working() {
      return opened.working && sealing && !store.isRefusing;
    },
    get isRefusing() {
      return store.isRefusing;
    },
    answers: (withinMs) => store.answers(withinMs),
    publicKeyFile: key.publicFile,
    async close() {
      clearInterval(timer);
      await opened.close();
      // Groups in doubt may come to stand behind the head.
      seal(opened.head, opened.settled);
      file.close();
      await Promise.all([store.close(), entries.close()]);
    },
  };
}

function openSeals(path: string): SealFile {
  try {
    return new SealFile(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(
      `The seals of the access log cannot be written to ${path} (${code}); see LAIHU_AUDIT_SEALS.`,
    );
  }
}

async function roleLogin(ownerUrl: string): Promise<string> {
  const owner = connectTo(ownerUrl, { max: 1, onnotice: () => {} });
  try {
    return await ensureAuditRole(owner, ownerUrl);
  } finally {
    await owner.end({ timeout: 5 });
  }
}
