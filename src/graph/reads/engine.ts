import { presented } from '../../contract/doing/taking-in.ts';
import type { Model } from '../../contract/model/record.ts';
import type { ColumnPlan } from '../../database/columns/column-plan.ts';
import type { Wall } from '../../database/wall/apply.ts';
import { personViewers, postViewers } from '../../database/wall/person-viewers.ts';
import type { ViewerName } from '../../identity/viewers.ts';
import type { ConnectionIdentity } from '../../store/pools.ts';
import type { Runner, StatementTrace } from '../../store/statements.ts';
import type { CursorCodec } from './cursors.ts';
import type { KnownPlaces } from './known-places.ts';
import type { Statement } from './statement.ts';

/** How many statements are kept ready; further ones push out the least recently used. */
const capacity = 4000;

/** Notes on the server of a store who stands at a window: its unit, the persons. */
export type NotePresence = (store: string, unit: string, persons: readonly string[]) => Promise<void>;

/** What all requests of the process share: the model, the stores, and the statements made so far. */
export class ReadEngine {
  readonly model: Model;
  readonly plan: ColumnPlan;
  /** Whose connections say which person asks. */
  readonly personViewers: ReadonlySet<ViewerName>;
  /** Whose connections say which posts the person has. */
  readonly postViewers: ReadonlySet<ViewerName>;
  readonly codec: CursorCodec;
  /** The district's calendar day, YYYY-MM-DD. */
  readonly today: () => string;
  /** The neighbourhoods that there are; left out, any is taken for one. */
  readonly places: KnownPlaces | undefined;
  readonly #notePresence: NotePresence | undefined;
  readonly #runner: Runner;
  readonly #sameServer: (a: string, b: string) => boolean;
  readonly #statements = new Map<string, Statement>();

  constructor(options: {
    readonly model: Model;
    /** What the stores hold behind their second wall. */
    readonly wall: Wall;
    readonly runner: Runner;
    readonly codec: CursorCodec;
    readonly sameServer: (a: string, b: string) => boolean;
    readonly today: () => string;
    readonly places?: KnownPlaces | undefined;
    readonly notePresence?: NotePresence | undefined;
  }) {
    const { model, wall, runner, codec, sameServer, today, places, notePresence } = options;
    this.#notePresence = notePresence;
    this.places = places;
    this.today = today;
    this.model = model;
    this.plan = wall.plan;
    this.personViewers = personViewers(wall.model, wall.doing?.plan);
    this.postViewers = postViewers(wall.model, wall.doing?.plan);
    this.codec = codec;
    this.#runner = runner;
    this.#sameServer = sameServer;
  }

  /** Whether a semi-join between two stores can run in the database. */
  sameServer(a: string, b: string): boolean {
    return a === b || this.#sameServer(a, b);
  }

  /** The statement of a key, made on first use; a key is always of one kind of statement. */
  statement<S extends Statement>(key: string, make: () => S): S {
    const found = this.#statements.get(key) as S | undefined;
    if (found) return found;
    const made = make();
    if (this.#statements.size >= capacity) {
      const oldest = this.#statements.keys().next().value;
      if (oldest !== undefined) this.#statements.delete(oldest);
    }
    this.#statements.set(key, made);
    return made;
  }

  run<T>(
    statement: Statement,
    identity: ConnectionIdentity,
    values: Readonly<Record<string, unknown>>,
    options: { readonly trace: StatementTrace | undefined; readonly stores?: readonly string[] | undefined },
  ): Promise<T[]> {
    const params = statement.parameters.map((name) => encodeValue(values[name]));
    return this.#runner.run(statement.store, identity, statement.text, params, {
      prepare: true,
      ...options,
    }) as Promise<T[]>;
  }

  /**
   * Lets a store on another server than the register know who stands at a window. Nothing is to be done where the
   * function that has found the person has noted it already.
   */
  present(store: string, unit: string, persons: readonly string[]): Promise<void> | undefined {
    const register = this.model.get(presented.type)?.store;
    if (register === undefined || this.sameServer(store, register)) return undefined;
    return this.#notePresence?.(store, unit, persons);
  }

  /** The breaker of a store is open. */
  isRefusing(store: string): boolean {
    return this.#runner.isRefusing(store);
  }
}

/** Lists go over the wire as array literals: the server knows the element type from the statement's cast. */
function encodeValue(value: unknown): string | number | boolean | null {
  if (Array.isArray(value)) return `{${value.map(element).join(',')}}`;
  return (value ?? null) as string | number | boolean | null;
}

const plain = /^[\w.-]+$/;

function element(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  const text = String(value);
  return plain.test(text) && text.toUpperCase() !== 'NULL' ? text : `"${text.replace(/[\\"]/g, '\\$&')}"`;
}
