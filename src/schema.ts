import { join } from 'node:path';
import { makeExecutableSchema } from '@graphql-tools/schema';
import type { IResolvers } from '@graphql-tools/utils';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { AccessPlan } from './contract/compile/access-plan.ts';
import { buildModel } from './contract/model/build-model.ts';
import { crossScopes } from './contract/model/cross-scopes.ts';
import { personalRecords } from './contract/model/persons.ts';
import type { Model } from './contract/model/record.ts';
import { lintDerivedFields, readDerivedFields } from './contract/policy/derived-fields.ts';
import { lintContract, lintGroups, lintShape } from './contract/policy/lint.ts';
import { type MeasureRules, readMeasures } from './contract/policy/measures.ts';
import { readRules } from './contract/policy/rules.ts';
import { enumValues } from './contract/sdl/directives.ts';
import { type ExpandedSdl, expandSdl } from './contract/sdl/expand.ts';
import { type Payloads, readPayloads } from './contract/sdl/payloads.ts';
import { rootTypes } from './contract/sdl/root-types.ts';
import { readSdl, schemaFolder } from './contract/sdl/sources.ts';
import { type Matrix, readMatrix } from './contract/tables/matrix.ts';
import { type Purposes, readPurposes } from './contract/tables/purposes.ts';
import { readRowScopes, type ScopeLine } from './contract/tables/row-scopes.ts';
import { ViewerSchemas } from './contract/viewer-schema/viewer-schemas.ts';
import { ColumnPlan } from './database/columns/column-plan.ts';
import { lintDerivedColumns } from './database/columns/derived-columns.ts';
import { linkReaders } from './database/links/link-needs.ts';
import type { Wall } from './database/wall/apply.ts';
import type { Department, ScopedDepartment } from './departments/department.ts';
import { departments } from './departments/index.ts';
import { cells, snapshots } from './departments/statistics/tables.ts';
import { DocumentCheck } from './graph/check/document-check.ts';
import { shieldSchema } from './graph/check/shield.ts';
import { Executor } from './graph/execution.ts';
import { accessResolvers } from './graph/explain/resolvers.ts';
import { FusedDocuments } from './graph/fused/fused-documents.ts';
import { countFields } from './graph/limits/counted-fields.ts';
import { type ListSizes, listSizes } from './graph/limits/list-sizes.ts';
import { type Holdings, heldPaths, readHoldings } from './graph/provenance/holdings.ts';
import { provenanceResolvers } from './graph/provenance/resolvers.ts';
import { derivedResolvers } from './graph/resolvers.ts';
import { scalarResolversOn } from './graph/scalars.ts';
import { districtToday } from './identifiers/district-day.ts';
import type { ViewerName } from './identity/viewers.ts';
import { StatisticsPlan } from './statistics/plan.ts';
import { statisticsResolvers } from './statistics/resolvers.ts';

/** The executable graph: the contract, the rules on it, and what runs documents. */
export interface Graph {
  readonly model: Model;
  /** What PostgreSQL enforces by itself. */
  readonly wall: Wall;
  readonly accessPlan: AccessPlan;
  /** Without rules in the resolvers: runs what the static check allows in full. */
  readonly bare: GraphQLSchema;
  readonly shielded: GraphQLSchema;
  /** What each viewer may know of the contract. */
  readonly viewerSchemas: ViewerSchemas;
  readonly purposes: Purposes;
  /** Looks at documents for a viewer before they run. */
  readonly check: DocumentCheck;
  readonly executor: Executor;
  /** What lists may hold whose size no argument says. */
  readonly listSizes: ListSizes;
  /** What is counted once a month. */
  readonly statistics: StatisticsPlan;
}

/** What a graph is made of: the SDL, the matrix, and the departments with the row scopes of their records. */
export interface Contract {
  readonly sdl: readonly DocumentNode[];
  readonly matrix: Matrix;
  readonly purposes: Purposes;
  readonly departments: readonly ScopedDepartment[];
  /** The table of row scopes as it is written. */
  readonly rowScopes: readonly ScopeLine[];
  /** Who may ask what others may read. */
  readonly explainsOthers: readonly ViewerName[];
}

/** The departments with their row scopes. @throws Error that lists every fault of the table of row scopes. */
export function productDepartments(): readonly ScopedDepartment[] {
  crossed ??= crossScopes(departments, productRowScopes());
  return crossed;
}

let crossed: readonly ScopedDepartment[] | undefined;
const productRowScopes = () => readRowScopes(join(schemaFolder, 'row-scopes.tsv'));

const sdlOf = ({ store }: Department) => `${store.replaceAll('_', '-')}.graphql`;

/** The contract of the product. @throws Error that lists every fault of the tables. */
export function productContract(): Contract {
  const sdl = readSdl(['base.graphql', 'access.graphql', ...departments.map(sdlOf)]);
  const table = productRowScopes();
  const purposeNames = sdl.flatMap((document) => enumValues(document, 'Purpose'));
  return {
    sdl,
    matrix: readMatrix(join(schemaFolder, 'visibility.tsv')),
    purposes: readPurposes(join(schemaFolder, 'purposes.tsv'), purposeNames),
    departments: productDepartments(),
    rowScopes: table.lines,
    explainsOthers: table.explainsOthers,
  };
}

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
  });
  return { document, payloads, model, holdings, measures, accessPlan };
}

/**
 * The ruled contract + resolvers = the executable schema.
 * @param today the district's calendar day, after which nobody who is asked for was born
 * @param fusedFrom the execution of an operation from which on one statement answers it, where it can
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
  const counts = measures.size > 0;
  const wall = {
    plan: new ColumnPlan(model),
    model,
    exactLookups,
    statistics: counts ? { measures, tables: statistics.tables } : undefined,
  };
  const own = contract.departments.map((d) => d.resolvers).filter((r) => r !== undefined);
  if (counts) own.push(statisticsResolvers(statistics));
  const explainParts = () => ({ schema: bare, accessPlan, check, purposes: contract.purposes });
  const written: readonly IResolvers[] = [
    provenanceResolvers(model, holdings, () => ({ accessPlan, executor })),
    accessResolvers(contract.matrix, contract.purposes, contract.explainsOthers, explainParts),
    ...own,
  ];
  const bare = makeExecutableSchema({
    typeDefs: document,
    resolvers: [scalarResolversOn(today), derivedResolvers(model, payloads), ...written],
  });
  countFields(bare, model);
  const shielded = shieldSchema(bare, accessPlan);
  const check = new DocumentCheck(bare, accessPlan, personalRecords(model));
  const viewerSchemas = new ViewerSchemas(document, accessPlan);
  const executor = new Executor(
    bare,
    shielded,
    check,
    viewerSchemas,
    contract.purposes,
    new FusedDocuments({ schema: bare, model, written: coordinatesOf(written) }, fusedFrom),
  );
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
    listSizes: listSizes(model, holdings),
  };
}

/** The viewers whose links decide about rows of some stores, by the product's contract; read when first asked. */
export function productLinkReaders(): (stores: ReadonlySet<string>) => ReadonlySet<string> {
  let model: RuledContract['model'] | undefined;
  return (stores) => {
    model ??= ruleContract(productContract()).model;
    return linkReaders(model, stores);
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
