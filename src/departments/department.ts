import type { IResolvers } from '@graphql-tools/utils';
import type { DepartmentDoing } from '../contract/doing/department-doing.ts';
import type { Scoped } from '../contract/model/cross-scopes.ts';
import type { RecordSource } from '../contract/model/record-source.ts';
import type { MonthlyFile } from '../import/monthly-file.ts';
import type { Population } from '../statistics/population.ts';

/** What a department fills in (docs/adding-a-department.md). */
export interface Department {
  /**
   * snake_case; names the store, its PostgreSQL schema, its migrations folder and `<STORE>_DATABASE_URL`; with hyphens its
   * folder and its file in `schema/`.
   */
  readonly store: string;
  /** The acting unit whose own work the rows of this store are, e.g. `PT-HLR`. */
  readonly unit: string;
  /** SDL type name → where it is stored. */
  readonly records: Readonly<Record<string, RecordSource>>;
  /** Record types that are found by a number that somebody presents (`reads.exactLookup`): type and property. */
  readonly exactLookups?: readonly (readonly [type: string, property: string])[];
  /** What is counted of the store once a month (docs/statistics.md). */
  readonly statistics?: readonly Population[];
  /** The file that the department sends each month. */
  readonly monthlyFile?: MonthlyFile;
  /** Conditions and effects of what can be done to the records. */
  readonly doing?: DepartmentDoing;
  /** Only what cannot be derived. */
  readonly resolvers?: IResolvers;
}

/** The same with the row scope of each record type, as `schema/row-scopes.tsv` has it. */
export type ScopedDepartment = Scoped<Department>;

export type { RecordSource } from '../contract/model/record-source.ts';
