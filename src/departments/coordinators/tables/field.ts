import { sql } from 'drizzle-orm';
import { check, index, integer, text, uuid } from 'drizzle-orm/pg-core';
import { belongsTo, day, instant, territory } from '../../../store/columns.ts';
import { impersonal } from '../../../store/free-text.ts';
import { placeIndexes } from '../../../store/value-columns.ts';
import { code, recordTables } from '../../record-table.ts';
import { captured } from './captured.ts';
import { coordinators } from './roster.ts';
import { coordinatorTasks } from './tasks.ts';

const table = recordTables('coordinators');

/**
 * What was done in the field and could not be entered when it arrived (docs/doing.md). The territory is that of the
 * task, or the coordinator's own; a report names no person but those captured on a visit of the coordinator's own task.
 */
export const fieldReports = table(
  'field_reports',
  {
    cause: code('cause', 'FieldReportCause').notNull(),
    kind: code('kind', 'FieldEventKind').notNull(),
    taskId: uuid('task_id').references(() => coordinatorTasks.id),
    coordinatorId: belongsTo('coordinator_id', () => coordinators.id),
    device: text('device').notNull(),
    counter: integer('counter').notNull(),
    madeAt: instant('made_at').notNull(),
    baseVersion: integer('base_version').notNull(),
    startedAt: instant('started_at'),
    endedAt: instant('ended_at'),
    outcome: code('outcome', 'VisitOutcome'),
    personsCaptured: integer('persons_captured'),
    result: code('result', 'TaskResult'),
    note: text('note'),
    ...captured(),
    status: code('status', 'FieldReportStatus').notNull().default('OPEN'),
    settlement: code('settlement', 'FieldReportSettlement'),
    settledOn: day('settled_on'),
    ...territory(),
    subdistrictCode: text('subdistrict_code').notNull(),
  },
  (t) => [
    check('field_reports_persons', sql`${t.personsCaptured} >= 0`),
    check('field_reports_note_impersonal', impersonal(t.note, 300)),
    // A visit to a task that is somebody else's is kept without persons.
    check(
      'field_reports_without_persons',
      sql`num_nonnulls(${t.arrivals}, ${t.departureIds}) = 0 or (${t.cause} = 'CONFLICT' and ${t.status} = 'OPEN')`,
    ),
    check(
      'field_reports_settled',
      sql`(${t.status} = 'SETTLED') = (${t.settledOn} is not null) and (${t.settledOn} is null) = (${t.settlement} is null)`,
    ),
    index('field_reports_task').on(t.taskId, t.id),
    index('field_reports_coordinator').on(t.coordinatorId, t.id),
    index('field_reports_made').on(t.madeAt, t.id),
    ...placeIndexes(t, t.madeAt),
  ],
);
