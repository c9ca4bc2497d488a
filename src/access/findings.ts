import type { FieldNode } from 'graphql';
import type { Denial } from './denial.ts';
import type { Verdict } from './policy.ts';

/** What is known of a document for a viewer before anything runs. */
export interface AccessCheck {
  /** Nothing of the document is refused. */
  readonly allowed: boolean;
  /** What is refused at each field: itself, or coordinates of its arguments. */
  readonly denied: ReadonlyMap<FieldNode, readonly Denial[]>;
  /** Lists whose filter or order is refused in silence: they answer as if nothing matched (dossier §6.4). */
  readonly blind: ReadonlySet<FieldNode>;
  /** One a coordinate, secret ones left out. */
  readonly denials: readonly Denial[];
  readonly masked: readonly NonNullable<Verdict['masked']>[];
  readonly own: readonly NonNullable<Verdict['own']>[];
  /** The document reads persons, or looks into records of persons to answer: it needs a purpose. */
  readonly readsPersons: boolean;
  /**
   * It asks for something of a secret group, refused or not: by which road it is answered must not depend on the right
   * to see it, because the roads differ in time.
   */
  readonly usesSecret: boolean;
}

/** Collects what is refused or masked; each coordinate once. */
export class Findings {
  readonly #denied: Map<FieldNode, readonly Denial[]>;
  readonly #blind: Set<FieldNode>;
  readonly #denials: Map<string, Denial>;
  readonly #masked: Map<string, NonNullable<Verdict['masked']>>;
  readonly #own: Map<string, NonNullable<Verdict['own']>>;
  #readsPersons: boolean;
  #usesSecret: boolean;

  constructor(from?: AccessCheck) {
    this.#denied = new Map(from?.denied);
    this.#blind = new Set(from?.blind);
    this.#denials = new Map(from?.denials.map((d) => [d.coordinate, d]));
    this.#masked = new Map(from?.masked.map((m) => [m.coordinate, m]));
    this.#own = new Map(from?.own.map((o) => [o.coordinate, o]));
    this.#readsPersons = from?.readsPersons ?? false;
    this.#usesSecret = from?.usesSecret ?? false;
  }

  verdict(node: FieldNode, { denial, masked, own }: Verdict): void {
    if (denial) this.denials(node, [denial]);
    if (masked && !masked.group.secret) this.#masked.set(masked.coordinate, masked);
    if (own && !own.group.secret) this.#own.set(own.coordinate, own);
  }

  denials(node: FieldNode, denials: readonly Denial[]): void {
    for (const denial of denials) {
      this.#denied.set(node, [...(this.#denied.get(node) ?? []), denial]);
      if (!denial.silent) this.#denials.set(denial.coordinate, denial);
    }
  }

  /** Of the arguments of a list: what is refused in silence hides the rows, and the rest is refused. */
  argumentDenials(node: FieldNode, denials: readonly Denial[]): void {
    if (denials.some(({ silent }) => silent)) this.#blind.add(node);
    this.denials(
      node,
      denials.filter(({ silent }) => !silent),
    );
  }

  persons(): void {
    this.#readsPersons = true;
  }

  secret(): void {
    this.#usesSecret = true;
  }

  result(): AccessCheck {
    return {
      allowed: this.#denied.size === 0,
      denied: this.#denied,
      blind: this.#blind,
      denials: [...this.#denials.values()],
      masked: [...this.#masked.values()],
      own: [...this.#own.values()],
      readsPersons: this.#readsPersons,
      usesSecret: this.#usesSecret,
    };
  }
}
