import type { PgTable } from 'drizzle-orm/pg-core';
import type { MeasureRules } from '../contract/policy/measures.ts';
import type { Population } from './population.ts';
import { keySetsOf } from './publish.ts';

/** A store and what is counted of it. */
export interface CountedStore {
  readonly store: string;
  readonly statistics?: readonly Population[];
}

/** The most keys of one question, MONTH included. */
export const mostKeys = 3;
/** Each snapshot has its month, so MONTH is no key of a population. */
export const monthKey = 'MONTH';

/**
 * Everything that is counted, with the rules of the contract. It is made once, from SDL, matrix and
 * departments.
 */
export class StatisticsPlan {
  /** Values of the enum StatisticKey, in its order. */
  readonly keys: readonly string[];
  readonly measures: MeasureRules;
  readonly tables: { readonly snapshots: PgTable; readonly cells: PgTable };
  readonly #stores: readonly CountedStore[];

  /** @throws Error that lists each measure without a population, and each population without a measure of the contract */
  constructor(
    keys: readonly string[],
    measures: MeasureRules,
    stores: readonly CountedStore[],
    tables: StatisticsPlan['tables'],
  ) {
    this.keys = keys;
    this.measures = measures;
    this.tables = tables;
    this.#stores = stores;
    const counted = stores.flatMap(({ statistics = [] }) => statistics.flatMap((p) => p.measures));
    const faults = [
      ...[...measures.values()]
        .filter(({ name, of }) => !of && counted.filter((m) => m.name === name).length !== 1)
        .map(({ name }) => `StatisticMeasure.${name}: is counted by no department, or by several`),
      ...counted
        .filter(({ name }) => !measures.has(name) || measures.get(name)?.of)
        .map(({ name }) => `${name}: is counted, but the contract has no such counted measure`),
    ];
    if (faults.length > 0) throw new Error(`The statistics have faults:\n${faults.join('\n')}`);
  }

  /** The stores of which something is counted. */
  get stores(): readonly string[] {
    return this.#stores.filter(({ statistics = [] }) => statistics.length > 0).map(({ store }) => store);
  }

  populationsOf(store: string): readonly Population[] {
    return this.#stores.find((counted) => counted.store === store)?.statistics ?? [];
  }

  /** The largest k of the groups of a population's measures; null where none has one. */
  smallestCell({ measures }: Population): number | null {
    const all = measures.flatMap(
      ({ name }) => this.measures.get(name)?.groups.flatMap((g) => g.k ?? []) ?? [],
    );
    return all.length === 0 ? null : Math.max(...all);
  }

  /** The counted measures behind a measure: itself, or the two of a rate. */
  partsOf(name: string): readonly string[] {
    return this.measures.get(name)?.of ?? [name];
  }

  storesOf(name: string): readonly string[] {
    return this.partsOf(name).map((part) => this.#counted(part).store);
  }

  /** The values of a key of a measure, in the order of its enum or codes. */
  valuesOf(name: string, key: string): readonly string[] {
    const [first = name] = this.partsOf(name);
    return this.#counted(first).population.dimensions.find((d) => d.name === key)?.values ?? [];
  }

  minimumCell(name: string): number | null {
    const all = this.partsOf(name).flatMap((part) => this.smallestCell(this.#counted(part).population) ?? []);
    return all.length === 0 ? null : Math.max(...all);
  }

  /** The largest sets of keys, without MONTH. Each subset can be asked for. */
  keySets(name: string): readonly (readonly string[])[] {
    const [first = [], second] = this.partsOf(name).map((part) =>
      keySetsOf(this.#counted(part).population, part, this.keys),
    );
    const sets = second ? first.flatMap((a) => second.map((b) => a.filter((key) => b.includes(key)))) : first;
    return sets.filter(
      (set, i) =>
        !sets.some(
          (other, j) => set.every((key) => other.includes(key)) && (set.length < other.length || j < i),
        ),
    );
  }

  #counted(name: string): { store: string; population: Population } {
    for (const { store, statistics = [] } of this.#stores)
      for (const population of statistics)
        if (population.measures.some((m) => m.name === name)) return { store, population };
    throw new Error(`${name} is counted by no department.`);
  }
}
