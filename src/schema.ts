import { join } from 'node:path';
import { makeExecutableSchema } from '@graphql-tools/schema';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { lintDerivedFields, readDerivedFields } from './access/derived-fields.ts';
import { lintContract, lintGroups } from './access/lint.ts';
import { type Matrix, readMatrix } from './access/matrix.ts';
import { personalRecords } from './access/persons.ts';
import { Policy } from './access/policy.ts';
import { readRules } from './access/rules.ts';
import { shieldSchema } from './access/shield.ts';
import { StaticCheck } from './access/static-check.ts';
import { ViewerSchemas } from './access/viewer-schema/viewer-schemas.ts';
import type { Department } from './departments/department.ts';
import { departments } from './departments/index.ts';
import { Executor } from './graph/execution.ts';
import { buildModel } from './graph/model/build-model.ts';
import type { Model } from './graph/model/record.ts';
import { derivedResolvers } from './graph/resolvers.ts';
import { scalarResolvers } from './graph/scalars.ts';
import { enumValues } from './graph/sdl/directives.ts';
import { expandSdl } from './graph/sdl/expand.ts';
import { readSdl, schemaFolder } from './graph/sdl/sources.ts';

/** The executable graph: the contract, the rules on it, and what runs documents. */
export interface Graph {
  readonly model: Model;
  readonly policy: Policy;
  /** Without rules in the resolvers: runs what the static check allows in full. */
  readonly bare: GraphQLSchema;
  readonly shielded: GraphQLSchema;
  /** What each viewer may know of the contract. */
  readonly viewerSchemas: ViewerSchemas;
  readonly executor: Executor;
}

/** What a graph is made of: the SDL, the matrix, and the departments. */
export interface Contract {
  readonly sdl: readonly DocumentNode[];
  readonly matrix: Matrix;
  readonly departments: readonly Department[];
}

/** The contract of the product. @throws Error that lists every fault of the matrix. */
export function productContract(): Contract {
  return {
    sdl: readSdl(['base.graphql', ...departments.map((d) => d.sdl)]),
    matrix: readMatrix(join(schemaFolder, 'visibility.tsv')),
    departments,
  };
}

/**
 * SDL + matrix + tables + resolvers = the executable schema.
 * @throws Error that lists every fault of the contract at once; a server with one does not start.
 */
export function createGraph(contract: Contract = productContract()): Graph {
  const { document, types } = expandSdl(contract.sdl);
  const rules = readRules(types, contract.matrix);
  const model = buildModel(types, rules, contract.departments);
  const faults = [
    ...lintContract(types, model),
    ...lintDerivedFields(readDerivedFields(types, rules, [])),
    ...lintGroups(enumValues(document, 'FieldGroup'), contract.matrix),
  ];
  if (faults.length > 0) throw new Error(`The contract has faults:\n${faults.join('\n')}`);
  const own = contract.departments.map((d) => d.resolvers).filter((r) => r !== undefined);
  const bare = makeExecutableSchema({
    typeDefs: document,
    resolvers: [scalarResolvers, derivedResolvers(model), ...own],
  });
  const policy = new Policy(
    model,
    new Map([...(rules.get('Query')?.fields.values() ?? [])].map((r) => [r.coordinate, r])),
  );
  const shielded = shieldSchema(bare, policy);
  const viewerSchemas = new ViewerSchemas(document, policy);
  return {
    model,
    policy,
    bare,
    shielded,
    viewerSchemas,
    executor: new Executor(
      bare,
      shielded,
      new StaticCheck(bare, policy, personalRecords(model)),
      viewerSchemas,
    ),
  };
}
