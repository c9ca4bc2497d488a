import type { Contract } from '../../../src/product-contract.ts';
import type { Part } from '../verdicts/verdicts.ts';

/** What is removed or widened. */
export const mutantKinds = ['directive', 'cell', 'purpose', 'row-scope', 'transition', 'point'] as const;
export type MutantKind = (typeof mutantKinds)[number];

/** A contract with one thing changed for the worse. */
export interface ContractMutant {
  readonly kind: MutantKind;
  /** `@mask removed at Migrant.name`. */
  readonly name: string;
  /** Where a difference is likely; it is looked for there first, then everywhere. */
  readonly near: Part;
  readonly make: () => Contract;
  /** Of the do-matrix: the row that is changed, `permit-application.tsv:7`, and the guard that is taken out. */
  readonly row?: { readonly where: string; readonly guard?: string | undefined };
}

/** How a mutant ended. */
export interface Judgement {
  readonly kind: MutantKind;
  readonly name: string;
  /**
   * `start-up`: the server would not start; `verdicts`, `rows`: the access test sees another answer for some viewer;
   * `told`: nobody sees more, but what is told of the policy is wrong; `surfaces`: a test of the answers fails.
   * `idle`: nothing is made from it today, so nothing can change; not counted. Null for a survivor.
   */
  readonly killedBy: 'idle' | 'start-up' | 'verdicts' | 'told' | 'rows' | 'surfaces' | null;
  /** The first difference that was found. */
  readonly because: string;
}

/** @param only parts of names; none for all mutants */
export const isAskedFor = (name: string, only: readonly string[]): boolean =>
  only.length === 0 || only.some((part) => name.includes(part));
