import type { GraphQLError } from 'graphql';
import type { AccessPlan } from '../../contract/compile/access-plan.ts';
import type { DoneRecord } from '../../contract/doing/doing-plan.ts';
import { refusals } from '../../database/doing/plpgsql.ts';
import { StatementFailed } from '../../store/statements.ts';
import type { Call } from './call.ts';
import type { GivenRow } from './given-row.ts';
import { notFitting } from './legal-events.ts';
import { readStanding } from './read-standing.ts';
import { seesState } from './seen-state.ts';
import { badTransition, conflict, InputFaults, notYours } from './user-errors.ts';
import type { WrittenRow } from './write.ts';
import { constraintColumns, faultsOf } from './write-refusals.ts';
import { changesStatement } from './write-statement.ts';

/** PostgreSQL's own refusal by rights or row-level security. */
const insufficientPrivilege = '42501';
const uniqueViolation = '23505';

/** Whether a number that was made for the row is taken: it is made anew. */
export function isTakenNumber(
  error: unknown,
  rows: readonly (WrittenRow & { readonly filled: ReadonlySet<string> })[],
): boolean {
  if (!(error instanceof StatementFailed) || error.code !== uniqueViolation) return false;
  return rows.some(({ done: { record }, filled }) => {
    const columns = constraintColumns(record, error.at.constraint ?? '');
    return [...filled].some((property) => columns.includes(record.columns[property]?.name ?? ''));
  });
}

/** What a refusal of the database is for the caller; the error itself where it is a fault. */
export async function refusalOf(
  error: unknown,
  call: Call,
  given: readonly GivenRow[],
  target: WrittenRow['target'],
  plan: AccessPlan,
): Promise<unknown> {
  if (!(error instanceof StatementFailed)) return error;
  const { code, at } = error;
  const [{ done, transition }] = given as [GivenRow];
  if (code === refusals.territory || code === insufficientPrivilege)
    return notYours(`Mutation.${call.mutation.name}`);
  if ((code === refusals.stale || code === refusals.transition) && target)
    return staleOf(call, done, target.id, plan);
  if (code === refusals.transition) return badTransition(transition.event, null, []);
  const guard = at.constraint ?? '';
  const refused = given.find(({ transition: { guards } }) => guards.includes(guard));
  if (code === refusals.guard && refused) return new InputFaults([notFitting(refused, guard)]);
  return faultsOf(error, given, call.schema) ?? error;
}

/** The record is no longer as it was read, or no longer the caller's. */
export async function staleOf(
  call: Call,
  done: DoneRecord,
  id: string,
  plan: AccessPlan,
): Promise<GraphQLError> {
  const { standing } = await readStanding(call.context.reads.session, done, id, null, '');
  if (!standing) return notYours(`Mutation.${call.mutation.name}`);
  return standing.version === call.input.expectedVersion
    ? badTransition(
        call.mutation.events[0] ?? call.mutation.name,
        seesState(done, plan, call.context.viewer.department) ? standing.state : null,
        [],
      )
    : conflictOf(call, done, id, standing.version, plan);
}

/** Which of the given fields have changed since the caller read the record; hidden ones by their group. */
export async function conflictOf(
  { input, context }: Call,
  done: DoneRecord,
  id: string,
  current: number,
  plan: AccessPlan,
): Promise<GraphQLError> {
  const { record } = done;
  const { session } = context.reads;
  const rows = await session.run<{ fields: string[] }>(
    session.statement(`changes|${record.name}`, () => changesStatement(done)),
    { recordType: record.name, recordId: id, version: Number(input.expectedVersion) || 0 },
  );
  const changed = new Set(rows.flatMap(({ fields }) => fields));
  const both = Object.keys(input).filter((name) => changed.has(name) && record.fields.has(name));
  const isSeen = (name: string) => {
    const { denial, masked } = plan.decision(record.name, name, context.viewer.department);
    return !denial && !masked;
  };
  const hidden = both.filter((name) => !isSeen(name)).map((name) => record.fields.get(name)!.rule.group.name);
  return conflict(current, { fields: both.filter(isSeen), groups: [...new Set(hidden)] });
}
