import { sql } from 'drizzle-orm';
import { check, index, integer, text, uuid } from 'drizzle-orm/pg-core';
import { listOf, oneOf } from '../../../store/code-check.ts';
import { belongsTo, day, instant, personTerritory } from '../../../store/columns.ts';
import { impersonal, withoutUnfitWords } from '../../../store/free-text.ts';
import { placeIndexes } from '../../../store/value-columns.ts';
import { code, recordTables } from '../../record-table.ts';
import { taskKinds } from '../task-kinds.ts';
import { captured } from './captured.ts';
import { coordinators } from './roster.ts';

const table = recordTables('coordinators');

const quoted = (values: readonly string[]) => values.map((value) => `'${value}'`).join(', ');
/** A result is known. */
const done = ['REPORTED', 'VERIFIED', 'CLOSED'];
const kindNames = Object.keys(taskKinds);
const personKinds = kindNames.filter((kind) => taskKinds[kind]?.aboutPersons);
const resultRule = sql.raw(
  kindNames
    .map((kind) => `when '${kind}' then result in (${quoted(taskKinds[kind]?.results ?? [])})`)
    .join(' '),
);
const issuerRule = sql.raw(
  kindNames
    .map((kind) => `when '${kind}' then issued_by_id in (${quoted(taskKinds[kind]?.departments ?? [])})`)
    .join(' '),
);

/**
 * Tasks of coordinators (dossier §3.22, §5.5). The territory is the target's; for a person also whether the
 * person's whereabouts are shielded.
 */
export const coordinatorTasks = table(
  'coordinator_tasks',
  {
    kind: text('kind').notNull(),
    priority: code('priority', 'TaskPriority').notNull().default('NORMAL'),
    issuedById: text('issued_by_id').notNull(),
    assigneeId: uuid('assignee_id').references(() => coordinators.id),
    targetMigrantId: uuid('target_migrant_id'),
    targetDwellingId: uuid('target_dwelling_id'),
    targetEmployerId: uuid('target_employer_id'),
    targetPlace: text('target_place'),
    dueOn: day('due_on').notNull(),
    status: code('status', 'TaskStatus').notNull().default('CREATED'),
    result: text('result'),
    closedOn: day('closed_on'),
    ...personTerritory(),
    // A target lies inside one sub-district (§5.5).
    subdistrictCode: text('subdistrict_code').notNull(),
  },
  (t) => [
    check('coordinator_tasks_kind_code', oneOf(t.kind, kindNames)),
    check(
      'coordinator_tasks_one_target',
      sql`num_nonnulls(${t.targetMigrantId}, ${t.targetDwellingId}, ${t.targetEmployerId}, ${t.targetPlace}) = 1`,
    ),
    // A person is the target of registration and permit tasks only (§3.22).
    check(
      'coordinator_tasks_person_kinds',
      sql`${t.targetMigrantId} is null or ${t.kind} in (${sql.raw(quoted(personKinds))})`,
    ),
    check('coordinator_tasks_place_length', sql`char_length(${t.targetPlace}) between 1 and 200`),
    // Sub-district, station and population office may give any task; a department its own kinds (§5.5).
    check(
      'coordinator_tasks_issuer',
      sql`${t.issuedById} = 'PT-POP' or ${t.issuedById} ~ '^PT-(SUB|SPO|STN)-' or case ${t.kind} ${issuerRule} end`,
    ),
    check('coordinator_tasks_result_of_kind', sql`${t.result} is null or case ${t.kind} ${resultRule} end`),
    check('coordinator_tasks_result', sql`(${t.status} in (${listOf(done)})) = (${t.result} is not null)`),
    check(
      'coordinator_tasks_assignee',
      sql`case when ${t.status} = 'CREATED' then ${t.assigneeId} is null else ${t.status} = 'CANCELLED' or ${t.assigneeId} is not null end`,
    ),
    check(
      'coordinator_tasks_closed',
      sql`(${t.status} in ('CLOSED', 'CANCELLED')) = (${t.closedOn} is not null)`,
    ),
    index('coordinator_tasks_assignee_closed').on(t.assigneeId, t.closedOn, t.id),
    index('coordinator_tasks_issuer_id').on(t.issuedById, t.id),
    index('coordinator_tasks_migrant').on(t.targetMigrantId, t.id),
    index('coordinator_tasks_dwelling').on(t.targetDwellingId, t.id),
    index('coordinator_tasks_employer').on(t.targetEmployerId, t.id),
    ...placeIndexes(t, t.dueOn),
    index('coordinator_tasks_neighbourhood').on(t.neighbourhoodCode, t.id),
    index('coordinator_tasks_due').on(t.dueOn, t.id),
  ],
);

/** Visits for a task (dossier §3.22 Visit). */
export const visits = table(
  'visits',
  {
    taskId: belongsTo('task_id', () => coordinatorTasks.id),
    coordinatorId: belongsTo('coordinator_id', () => coordinators.id),
    startedAt: instant('started_at').notNull(),
    endedAt: instant('ended_at'),
    outcome: code('outcome', 'VisitOutcome').notNull(),
    personsCaptured: integer('persons_captured'),
    note: text('note'),
    ...captured(),
    // Where whoever has moved in or out lives; of visits with such persons only.
    dwellingId: uuid('dwelling_id'),
  },
  (t) => [
    check('visits_term', sql`${t.startedAt} <= ${t.endedAt}`),
    check('visits_persons', sql`${t.personsCaptured} >= 0`),
    check('visits_note_impersonal', impersonal(t.note, 300)),
    check('visits_note_words', withoutUnfitWords(t.note)),
    index('visits_task').on(t.taskId, t.startedAt, t.id),
    index('visits_coordinator').on(t.coordinatorId, t.startedAt, t.id),
    index('visits_started').on(t.startedAt, t.id),
  ],
);
