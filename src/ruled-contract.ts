import type { DocumentNode } from 'graphql';
import { AccessPlan } from './contract/compile/access-plan.ts';
import { mutationRules } from './contract/doing/mutation-rules.ts';
import { noMatrix } from './contract/doing/transition.ts';
import { buildModel } from './contract/model/build-model.ts';
import type { Model } from './contract/model/record.ts';
import { lintDerivedFields, readDerivedFields } from './contract/policy/derived-fields.ts';
import { lintContract, lintGroups, lintShape } from './contract/policy/lint.ts';
import { type MeasureRules, readMeasures } from './contract/policy/measures.ts';
import { readRules } from './contract/policy/rules.ts';
import { enumValues } from './contract/sdl/directives.ts';
import { type ExpandedSdl, expandSdl } from './contract/sdl/expand.ts';
import { type Payloads, readPayloads } from './contract/sdl/payloads.ts';
import { rootTypes } from './contract/sdl/root-types.ts';
import { lintDerivedColumns } from './database/columns/derived-columns.ts';
import { linkReaders } from './database/links/link-needs.ts';
import { type Holdings, heldPaths, readHoldings } from './graph/provenance/holdings.ts';
import { type Contract, productContract } from './product-contract.ts';

/** The contract with its rules joined to it; nothing in it can be executed yet. */
export interface RuledContract {
  readonly document: DocumentNode;
  readonly payloads: Payloads;
  readonly model: Model;
  readonly holdings: Holdings;
  readonly measures: MeasureRules;
  readonly accessPlan: AccessPlan;
}

/**
 * SDL + matrix + tables = what each viewer may do at each coordinate.
 * @throws Error that lists every fault of the contract at once; a server with one does not start.
 */
export function ruleContract(
  contract: Contract,
  { document, types }: ExpandedSdl = expandSdl(contract.sdl),
): RuledContract {
  const carried: string[] = [];
  const payloads = readPayloads(types, carried);
  const rules = readRules(types, contract.matrix);
  const model = buildModel(types, rules, contract.departments);
  const holdings = readHoldings(types, document, model);
  const faults = [
    ...carried,
    ...lintContract(types, model),
    ...lintDerivedFields(readDerivedFields(types, rules, [])),
    ...lintDerivedColumns(types, model),
    ...lintShape(document),
    ...lintGroups(enumValues(document, 'FieldGroup'), contract.matrix),
  ];
  if (faults.length > 0) throw new Error(`The contract has faults:\n${faults.join('\n')}`);
  const roots = [...rootTypes].flatMap((name) => [...(rules.get(name)?.fields.values() ?? [])]);
  const measures = readMeasures(contract.sdl, contract.matrix);
  const accessPlan = new AccessPlan(model, {
    roots: new Map(roots.map((rule) => [rule.coordinate, rule])),
    payloads,
    measures,
    held: heldPaths(holdings),
    mutations: mutationRules(contract.doing ?? noMatrix, model, types.get('Mutation')),
  });
  return { document, payloads, model, holdings, measures, accessPlan };
}

/** The viewers whose links decide about rows of some stores, by the product's contract; read when first asked. */
export function productLinkReaders(): (stores: ReadonlySet<string>) => ReadonlySet<string> {
  let model: RuledContract['model'] | undefined;
  return (stores) => {
    model ??= ruleContract(productContract()).model;
    return linkReaders(model, stores);
  };
}
