import { join } from 'node:path';
import type { DocumentNode } from 'graphql';
import { mutationSdl } from './contract/doing/mutation-sdl.ts';
import { readMachines } from './contract/doing/read-machines.ts';
import type { DoMatrix } from './contract/doing/transition.ts';
import { crossScopes } from './contract/model/cross-scopes.ts';
import { enumValues } from './contract/sdl/directives.ts';
import { readSdl, schemaFolder } from './contract/sdl/sources.ts';
import { type GrantLimits, readGrantLimits } from './contract/tables/grant-limits.ts';
import { type Matrix, readMatrix } from './contract/tables/matrix.ts';
import { type Purposes, readPurposes } from './contract/tables/purposes.ts';
import { readRowScopes, type ScopeLine } from './contract/tables/row-scopes.ts';
import { readWriters, type WriterException } from './contract/tables/writers.ts';
import type { Department, ScopedDepartment } from './departments/department.ts';
import { departments } from './departments/index.ts';
import type { ViewerName } from './identity/viewers.ts';

/** What a graph is made of: the SDL, the matrix, and the departments with the row scopes of their records. */
export interface Contract {
  readonly sdl: readonly DocumentNode[];
  readonly matrix: Matrix;
  readonly purposes: Purposes;
  /** Who may do what; left out, nothing can be done. */
  readonly doing?: DoMatrix | undefined;
  /** Who writes fields of groups of which the matrix does not name it a writer. */
  readonly writerExceptions?: readonly WriterException[];
  /** What case-bound grants may not do. */
  readonly grantLimits: GrantLimits;
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
  const written = readSdl(['base.graphql', 'access.graphql', 'doing.graphql', ...departments.map(sdlOf)]);
  const doing = readMachines(join(schemaFolder, 'machines'));
  const sdl = [...written, mutationSdl(written, doing)];
  const table = productRowScopes();
  const purposeNames = sdl.flatMap((document) => enumValues(document, 'Purpose'));
  const matrix = readMatrix(join(schemaFolder, 'visibility.tsv'));
  return {
    sdl,
    doing,
    matrix,
    writerExceptions: readWriters(join(schemaFolder, 'writers.tsv'), matrix),
    purposes: readPurposes(join(schemaFolder, 'purposes.tsv'), purposeNames),
    grantLimits: readGrantLimits(join(schemaFolder, 'grants.tsv'), new Set(matrix.keys())),
    departments: productDepartments(),
    rowScopes: table.lines,
    explainsOthers: table.explainsOthers,
  };
}
