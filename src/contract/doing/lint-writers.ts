import { getOrMake } from '../../common/get-or-make.ts';
import { type ViewerName, viewers } from '../../identity/viewers.ts';
import type { RecordField } from '../model/record.ts';
import type { Matrix } from '../tables/matrix.ts';
import { type WriterException, type WriterRight, writersOf } from '../tables/writers.ts';
import { type DoingPlan, type DoneRecord, storedColumns } from './doing-plan.ts';
import type { Transition } from './transition.ts';
import { writtenProperties } from './written.ts';

const codeOf = (name: ViewerName): string => viewers.find((viewer) => viewer.name === name)!.code;

/** A field that somebody writes by a row of the do-matrix. */
export interface FieldWrite {
  /** `schema/machines/permit-application.tsv:7`. */
  readonly where: string;
  readonly viewer: ViewerName;
  readonly record: string;
  readonly store: string;
  readonly field: string;
  readonly group: string;
  /** The row makes the record. */
  readonly isNew: boolean;
}

/** Every field that a viewer writes by some row: what is given, what effects and fills set, and the state. */
export function fieldWrites(plan: DoingPlan): readonly FieldWrite[] {
  return [...plan.records.values()].flatMap((done) =>
    done.transitions.flatMap((row) =>
      writtenFields(done, row).flatMap((field) =>
        [...row.viewers].map((viewer) => ({
          where: row.where,
          viewer,
          record: done.record.name,
          store: done.record.store,
          field: field.name,
          group: field.rule.group.name,
          isNew: row.from === 'NEW',
        })),
      ),
    ),
  );
}

function writtenFields(done: DoneRecord, row: Transition): readonly RecordField[] {
  const written = new Set(writtenProperties(done, row));
  if (done.state && row.to !== null) written.add(done.state);
  return [...done.record.fields.values()].filter((field) =>
    [...(storedColumns(field)?.values() ?? [])].some((property) => written.has(property)),
  );
}

/**
 * Holds the do-matrix to the column `writer` of the matrix, both ways: who writes a field is a writer of its group, and who
 * is a writer of a group writes one of its fields. `schema/writers.tsv` has the exceptions, each with its reason; one that
 * excuses nothing is a fault too.
 * @throws Error that lists every fault
 */
export function lintWriters(
  writes: readonly FieldWrite[],
  matrix: Matrix,
  exceptions: readonly WriterException[] = [],
): void {
  const needed = new Set<string>();
  const rights = new Map<string, ReturnType<typeof writersOf>>();
  const faults = writes.flatMap((write) => {
    const { group, viewer, record, store, isNew } = write;
    const right = getOrMake(rights, `${group} ${store}`, () => writersOf(matrix.get(group)!, store)).get(
      viewer,
    );
    if (right === 'ANY' || (right === 'ONCE' && isNew)) return [];
    const found = exceptions.filter(
      (each) => each.groups.has(group) && each.viewers.has(viewer) && each.records.has(record),
    );
    for (const { where } of found) needed.add(`${where} ${group} ${viewer}`).add(`${where} ${record}`);
    return found.length > 0 ? [] : [excess(write, right)];
  });
  for (const { where, groups, viewers: excepted, records } of exceptions) {
    for (const group of groups)
      for (const viewer of excepted)
        if (!needed.has(`${where} ${group} ${viewer}`))
          faults.push(`${where}: ${codeOf(viewer)} needs no exception for ${group}`);
    for (const record of records)
      if (!needed.has(`${where} ${record}`)) faults.push(`${where}: needs no exception for ${record}`);
  }
  faults.push(...idleWriters(writes, matrix));
  if (faults.length > 0)
    throw new Error(
      `The do-matrix and the writers of the groups do not fit:\n${[...new Set(faults)].join('\n')}`,
    );
}

const excess = (
  { where, viewer, record, field, group }: FieldWrite,
  right: WriterRight | undefined,
): string =>
  `${where}: ${codeOf(viewer)} writes ${record}.${field}, but ${right === 'ONCE' ? `writes the group ${group} only with the record` : `is no writer of the group ${group}`}`;

/** Writers of groups who write none of its fields; of a group of which nobody writes anything nothing is asked. */
function idleWriters(writes: readonly FieldWrite[], matrix: Matrix): string[] {
  const writing = new Set(writes.map(({ group, viewer }) => `${group} ${viewer}`));
  const written = new Set(writes.map(({ group }) => group));
  return [...matrix.values()]
    .filter(({ name }) => written.has(name))
    .flatMap((group) =>
      [...writersOf(group, null).keys()]
        .filter((viewer) => !writing.has(`${group.name} ${viewer}`))
        .map(
          (viewer) =>
            `${group.name}: ${codeOf(viewer)} is its writer, but no row of the do-matrix lets it write`,
        ),
    );
}
