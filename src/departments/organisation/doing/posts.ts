import { type SQL, sql } from 'drizzle-orm';
import type { EffectFunction, Guard, RowColumn } from '../../../contract/doing/department-doing.ts';
import { today } from '../../../store/today.ts';
import { userAccounts as accounts, appointments as posts, orgUnits as units } from '../tables.ts';

const unitIs = (id: SQL, more: SQL): SQL =>
  sql`exists (select 1 from ${units} where ${units.id} = ${id} and ${more})`;
const isOpenUnit = sql`(${units.activeTo} is null or ${units.activeTo} >= ${today})`;
/** Of the post by virtue of which this one is held. */
const via = (row: RowColumn, more: SQL): SQL =>
  sql`exists (select 1 from ${posts} where ${posts.id} = ${row(posts.viaAppointmentId)} and ${more})`;

/** Conditions of posts (dossier §4.3). */
export const appointmentGuards: Readonly<Record<string, Guard>> = {
  unitOpen: {
    after: true,
    holds: (row) => unitIs(row(posts.unitId), isOpenUnit),
    en: 'The unit has been closed.',
    zh: '该机构已撤销。',
  },
  viaPostHeld: {
    after: true,
    holds: (row) =>
      sql`${row(posts.viaAppointmentId)} is null or ${via(row, sql`${posts.endsOn} is null and ${posts.holderName} = ${row(posts.holderName)} and ${posts.id} <> ${row(posts.id)}`)}`,
    field: 'viaAppointment',
    en: 'The post by virtue of which it is held is not held by the same person now.',
    zh: '依据职务未由同一人现任。',
  },
  // Clauses II-2a, II-2b: whose directors and deputies the population office has, one of each.
  officeSeatsKept: {
    after: true,
    holds: (row) =>
      sql`case when ${row(posts.unitId)} <> 'PT-POP' then true when ${row(posts.role)} = 'DIRECTOR' then ${via(row, sql`${posts.unitId} = 'PT-CMO' and ${posts.role} = 'DIRECTOR'`)}
        when ${row(posts.role)} = 'DEPUTY_DIRECTOR' then exists (select 1 from ${posts} "v" where "v"."id" = ${row(posts.viaAppointmentId)} and "v"."unit_id" in ('PT-DRC', 'PT-PSB', 'PT-HLR', 'PT-CSO')
          and not exists (select 1 from ${posts} "o" join ${posts} "w" on "w"."id" = "o"."via_appointment_id" where "o"."unit_id" = 'PT-POP' and "o"."role" = 'DEPUTY_DIRECTOR' and "o"."ends_on" is null and "o"."id" <> ${row(posts.id)} and "w"."unit_id" = "v"."unit_id"))
        else true end`,
    en: 'The population office is directed by the director of the community office; its four concurrent deputies come from DRC, PSB, HLR and CSO, one of each.',
    zh: '人口办主任由社区办主任兼任；兼职副主任由发改委、公安、房地、综治各一人担任。',
  },
  appointmentOpen: {
    holds: (row) => sql`${row(posts.endsOn)} is null`,
    en: 'The post has ended already.',
    zh: '该任职已终止。',
  },
};

export const unitGuards: Readonly<Record<string, Guard>> = {
  treeHasNoCircle: {
    after: true,
    holds: (row) =>
      sql`not exists (with recursive up (id) as (select ${row(units.parentId)} union select u.parent_id from ${units} u join up on u.id = up.id) select 1 from up where up.id = ${row(units.id)})`,
    field: 'parent',
    en: 'A unit cannot stand above itself.',
    zh: '机构不能成为自身的上级。',
  },
  unitNotClosed: {
    holds: (row) => sql`${row(units.activeTo)} is null`,
    en: 'The unit has been closed already.',
    zh: '该机构已撤销。',
  },
  noOpenPosts: {
    holds: (row) =>
      sql`not exists (select 1 from ${posts} where ${posts.unitId} = ${row(units.id)} and ${posts.endsOn} is null)`,
    en: 'Posts are still held in the unit.',
    zh: '该机构尚有在任人员。',
  },
  noOpenUnitsBelow: {
    holds: (row) =>
      sql`not exists (select 1 from ${units} u where u.parent_id = ${row(units.id)} and u.active_to is null)`,
    en: 'Units below it are still open.',
    zh: '尚有未撤销的下级机构。',
  },
};

export const accountGuards: Readonly<Record<string, Guard>> = {
  homeUnitOpen: {
    after: true,
    holds: (row) => unitIs(row(accounts.homeUnitId), isOpenUnit),
    en: 'The home unit has been closed.',
    zh: '所属机构已撤销。',
  },
  actingUnitsOpen: {
    after: true,
    holds: (row) =>
      sql`cardinality(${row(accounts.actingUnitCodes)}) > 0 and ${row(accounts.actingUnitCodes)} <@ array(select ${units.id} from ${units} where ${isOpenUnit})`,
    field: 'actingUnits',
    en: 'An acting unit is missing, or has been closed.',
    zh: '可代表机构缺失或已撤销。',
  },
};

/** What was held by virtue of the post ends with it. */
const endConcurrentPosts: EffectFunction = async ({ id }, system) => {
  const ended = await system.row('Appointment', id);
  if (!ended?.endsOn) return;
  const held = await system.rows<{ id: string }>(
    'organisation',
    sql`select id from ${posts} where ${posts.viaAppointmentId} = ${id}::uuid and ${posts.endsOn} is null`,
  );
  for (const post of held)
    await system.change('Appointment', post.id, 'endWithPost', { endsOn: ended.endsOn });
};

export const postEffects: Readonly<Record<string, EffectFunction>> = { endConcurrentPosts };
