import type { FieldNode } from 'graphql';
import type { Decision } from '../../contract/compile/access-plan.ts';
import type { Denial } from '../../contract/policy/denial.ts';
import { type LogPlan, LogPlanBuilder } from './log-plan.ts';

/** What is known of a document for a viewer before anything runs. */
export interface DocumentAccess {
  /** Nothing of the document is refused. */
  readonly allowed: boolean;
  /** The refusals of each field: its own, or those of coordinates in its arguments. */
  readonly denied: ReadonlyMap<FieldNode, readonly Denial[]>;
  /** Lists whose filter or order is silently refused: they answer as if nothing matched (dossier §6.4). */
  readonly silentlyRefused: ReadonlySet<FieldNode>;
  /** One for each coordinate; secret ones are left out. */
  readonly denials: readonly Denial[];
  readonly masked: readonly NonNullable<Decision['masked']>[];
  readonly own: readonly NonNullable<Decision['own']>[];
  /** The document reads persons, or looks into records of persons to answer. It needs a purpose. */
  readonly readsPersons: boolean;
  /**
   * The document asks for something of a secret group, refused or not. The road by which it is answered must
   * not depend on the right to see it, because the roads differ in time.
   */
  readonly usesSecret: boolean;
  /** Once it has run: the grants by which it was shown something. */
  readonly granted?: readonly { readonly id: string; readonly fieldGroup: string; readonly until: string }[];
  /** What the access log keeps of it. */
  readonly log: LogPlan;
}

/** For one document and viewer. */
const mostLogPlans = 100;

/** Collects refused and masked coordinates, each once, and what the log keeps. */
export class DocumentFindings {
  readonly log: LogPlanBuilder;
  readonly #denied: Map<FieldNode, readonly Denial[]>;
  readonly #silentlyRefused: Set<FieldNode>;
  readonly #denials: Map<string, Denial>;
  readonly #masked: Map<string, NonNullable<Decision['masked']>>;
  readonly #own: Map<string, NonNullable<Decision['own']>>;
  #readsPersons = false;
  #usesSecret = false;

  /** Log plans by the coordinates that variables added. Clients send the same few. */
  readonly #logs: Map<string, LogPlan>;

  /** @param from the kind of operation, or what is known already */
  constructor(from: 'query' | 'mutation' | 'subscription' | DocumentFindings) {
    if (typeof from === 'string') {
      this.log = new LogPlanBuilder(from);
      this.#denied = new Map();
      this.#silentlyRefused = new Set();
      this.#denials = new Map();
      this.#masked = new Map();
      this.#own = new Map();
      this.#logs = new Map();
      return;
    }
    this.log = new LogPlanBuilder(from.log);
    this.#denied = new Map(from.#denied);
    this.#silentlyRefused = new Set(from.#silentlyRefused);
    this.#denials = new Map(from.#denials);
    this.#masked = new Map(from.#masked);
    this.#own = new Map(from.#own);
    this.#logs = from.#logs;
    this.#readsPersons = from.#readsPersons;
    this.#usesSecret = from.#usesSecret;
  }

  decision(node: FieldNode, { denial, masked, own }: Decision): void {
    if (denial) this.denials(node, [denial]);
    if (masked && !masked.group.secret) this.#masked.set(masked.coordinate, masked);
    if (own && !own.group.secret) this.#own.set(own.coordinate, own);
  }

  denials(node: FieldNode, denials: readonly Denial[]): void {
    for (const denial of denials) {
      this.#denied.set(node, [...(this.#denied.get(node) ?? []), denial]);
      if (!denial.silentlyRefused) this.#denials.set(denial.coordinate, denial);
    }
  }

  /**
   * The refusals of a list's arguments. A silent refusal empties the list; any other is an ordinary denial of
   * the field.
   */
  argumentDenials(node: FieldNode, denials: readonly Denial[]): void {
    if (denials.some(({ silentlyRefused }) => silentlyRefused)) this.#silentlyRefused.add(node);
    this.denials(
      node,
      denials.filter(({ silentlyRefused }) => !silentlyRefused),
    );
  }

  persons(): void {
    this.#readsPersons = true;
  }

  secret(): void {
    this.#usesSecret = true;
  }

  result(): DocumentAccess {
    return {
      allowed: this.#denied.size === 0,
      denied: this.#denied,
      silentlyRefused: this.#silentlyRefused,
      denials: [...this.#denials.values()],
      masked: [...this.#masked.values()],
      own: [...this.#own.values()],
      readsPersons: this.#readsPersons,
      usesSecret: this.#usesSecret,
      log: this.#logPlan(),
    };
  }

  /** Equal coordinates get the same object: the writer of the log caches bytes by it. */
  #logPlan(): LogPlan {
    const { key } = this.log;
    const known = this.#logs.get(key);
    if (known) return known;
    const plan = this.log.plan();
    if (this.#logs.size < mostLogPlans) this.#logs.set(key, plan);
    return plan;
  }
}
