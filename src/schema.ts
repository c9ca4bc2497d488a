import { makeExecutableSchema } from '@graphql-tools/schema';
import type { IResolvers } from '@graphql-tools/utils';
import type { GraphQLSchema } from 'graphql';
import type { AccessPlan } from './contract/compile/access-plan.ts';
import { type DoingPlan, planDoing } from './contract/doing/doing-plan.ts';
import { fieldWrites, lintWriters } from './contract/doing/lint-writers.ts';
import { personalRecords } from './contract/model/persons.ts';
import type { Model } from './contract/model/record.ts';
import { enumValues } from './contract/sdl/directives.ts';
import type { Purposes } from './contract/tables/purposes.ts';
import { ViewerSchemas } from './contract/viewer-schema/viewer-schemas.ts';
import { ColumnPlan } from './database/columns/column-plan.ts';
import type { Wall } from './database/wall/apply.ts';
import { cells, snapshots } from './departments/statistics/tables.ts';
import { DocumentCheck } from './graph/check/document-check.ts';
import { shieldSchema } from './graph/check/shield.ts';
import { doingResolvers } from './graph/doing/resolvers.ts';
import { Executor } from './graph/execution.ts';
import { accessResolvers } from './graph/explain/resolvers.ts';
import { ExportReader } from './graph/exports/export-reader.ts';
import { FusedDocuments } from './graph/fused/fused-documents.ts';
import { openByGrants } from './graph/grants/granted-schema.ts';
import { countFields } from './graph/limits/counted-fields.ts';
import { type ListSizes, listSizes } from './graph/limits/list-sizes.ts';
import { provenanceResolvers } from './graph/provenance/resolvers.ts';
import { derivedResolvers } from './graph/resolvers.ts';
import { scalarResolversOn } from './graph/scalars.ts';
import { districtToday } from './identifiers/district-day.ts';
import { type Contract, productContract } from './product-contract.ts';
import { ruleContract } from './ruled-contract.ts';
import { StatisticsPlan } from './statistics/plan.ts';
import { statisticsResolvers } from './statistics/resolvers.ts';

/** The executable graph: the contract, the rules on it, and what runs documents. */
export interface Graph {
  readonly model: Model;
  /** What PostgreSQL enforces by itself. */
  readonly wall: Wall;
  readonly accessPlan: AccessPlan;
  /** Without rules in the resolvers. It runs documents that the document check allows in full. */
  readonly bare: GraphQLSchema;
  readonly shielded: GraphQLSchema;
  /** The contract that each viewer may know. */
  readonly viewerSchemas: ViewerSchemas;
  readonly purposes: Purposes;
  /** Checks documents for a viewer before they run. */
  readonly check: DocumentCheck;
  readonly executor: Executor;
  /** Reads documents that are to be taken out as files. */
  readonly exports: ExportReader;
  /** What can be done; undefined where nothing can. */
  readonly doing: DoingPlan | undefined;
  /** The sizes of lists whose arguments name none. */
  readonly listSizes: ListSizes;
  /** What is counted once a month. */
  readonly statistics: StatisticsPlan;
}

/**
 * The ruled contract + resolvers = the executable schema.
 * @param today the district's calendar day; nobody who is asked for was born after it
 * @param fusedFrom from this execution of an operation on, one statement answers it, where it can
 * @throws Error that lists every fault of the contract at once; a server with one does not start.
 */
export function createGraph(
  contract: Contract = productContract(),
  today: () => string = districtToday,
  fusedFrom?: number,
): Graph {
  const { document, payloads, model, holdings, measures, accessPlan } = ruleContract(contract);
  const exactLookups = contract.departments.flatMap((d) => d.exactLookups ?? []);
  const statistics = new StatisticsPlan(
    enumValues(document, 'StatisticKey'),
    measures,
    contract.departments,
    { snapshots, cells },
  );
  const doing =
    contract.doing &&
    planDoing(contract.doing, model, contract.departments, (type) => enumValues(document, type));
  if (doing) lintWriters(fieldWrites(doing), contract.matrix, contract.writerExceptions);
  const counts = measures.size > 0;
  const wall = {
    plan: new ColumnPlan(model),
    model,
    stores: contract.departments,
    exactLookups,
    grantLimits: contract.grantLimits,
    statistics: counts ? { measures, tables: statistics.tables } : undefined,
    doing: doing && { plan: doing, model },
  };
  const own = contract.departments.map((d) => d.resolvers).filter((r) => r !== undefined);
  if (counts) own.push(statisticsResolvers(statistics));
  const explainParts = () => ({ schema: bare, accessPlan, check, purposes: contract.purposes });
  const written: readonly IResolvers[] = [
    provenanceResolvers(model, holdings, () => ({ accessPlan, executor })),
    accessResolvers(contract.matrix, contract.purposes, contract.explainsOthers, explainParts),
    ...(doing ? [doingResolvers(doing, accessPlan)] : []),
    ...own,
  ];
  const bare = makeExecutableSchema({
    typeDefs: document,
    resolvers: [scalarResolversOn(today), derivedResolvers(model, payloads), ...written],
  });
  countFields(bare, model);
  const shielded = shieldSchema(bare, accessPlan);
  openByGrants(shielded, bare, accessPlan);
  const check = new DocumentCheck(bare, accessPlan, personalRecords(model));
  const viewerSchemas = new ViewerSchemas(document, accessPlan);
  const executor = new Executor(
    bare,
    shielded,
    check,
    viewerSchemas,
    { plan: accessPlan, limits: contract.grantLimits, purposes: contract.purposes },
    new FusedDocuments({ schema: bare, model, written: coordinatesOf(written) }, fusedFrom),
  );
  const sizes = listSizes(model, holdings);
  return {
    model,
    wall,
    accessPlan,
    bare,
    shielded,
    viewerSchemas,
    purposes: contract.purposes,
    statistics,
    check,
    executor,
    doing,
    listSizes: sizes,
    exports: new ExportReader({ schema: bare, model, matrix: contract.matrix, check, listSizes: sizes }),
  };
}

/** The fields that resolvers answer, as `Type.field`. */
const coordinatesOf = (resolvers: readonly IResolvers[]): ReadonlySet<string> =>
  new Set(
    resolvers.flatMap((types) =>
      Object.entries(types).flatMap(([type, fields]) =>
        Object.keys(fields as object).map((field) => `${type}.${field}`),
      ),
    ),
  );
