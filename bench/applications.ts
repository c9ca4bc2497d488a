import type { Sql } from 'postgres';
import { personas } from '../src/identity/personas.ts';
import { connectTo } from '../src/store/connect.ts';
import type { WriteEvent } from './writes.ts';

// The applications that writes are measured on, and the history of a district.

/** The reception centres: clients are spread over them, as a person of one has no more than two connections. */
export const units = personas.find(({ code }) => code === 'CAC')!.units;
/** Numbers by which these applications are known; no other is of that year. */
const numbers = '310107015199';
const perDay = 9999;

/** A connection for making and removing them. */
export const preparer = (url: string): Sql => connectTo(url, { max: 1, onnotice: () => {} });

/** How an application stands before. */
const before = {
  accept: { status: 'SUBMITTED', accepted: null, due: null, decided: null },
  produceCard: { status: 'APPROVED', accepted: '2007-02-21', due: '2007-03-20', decided: '2007-02-27' },
};

/** An application, and the window at which it was handed in. */
export interface Made {
  readonly id: string;
  readonly unit: string;
}

/** Makes so many applications of the district's persons, window by window. */
export async function makeApplications(
  owner: Sql,
  event: WriteEvent,
  count: number,
  from = 0,
): Promise<Made[]> {
  const { status, accepted, due, decided } = before[event];
  const rows = await owner<Made[]>`
    insert into permits.permit_applications (id, application_no, applicant_id, permit_type, action, accepted_at_unit, status, submitted_on, accepted_on, due_on, decided_on)
    select gen_random_uuid(), '310107015' || to_char(date '1990-01-01' + n / ${perDay}::int, 'YYYYMMDD') || lpad((1 + n % ${perDay}::int)::text, 4, '0'),
      persons.ids[1 + n % array_length(persons.ids, 1)], 'EMPLOYMENT', 'NEW', (${units as string[]}::text[])[1 + n % ${units.length}::int], ${status}, '2007-02-20', ${accepted}::date, ${due}::date, ${decided}::date
    from (select array_agg(id order by id) as ids from (select id from public_security.migrants where not shielded and station_code is not null order by id limit 20000) m) persons,
      generate_series(${from}::int, ${from + count - 1}::int) n
    returning id, accepted_at_unit as unit`;
  await owner.unsafe('analyze permits.permit_applications');
  return [...rows];
}

/**
 * Events and keys as a district has them: PostgreSQL plans for a table by how large it is, and of a connection's first
 * statements the plans are kept.
 */
export async function makeHistory(owner: Sql): Promise<void> {
  await owner.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`
      insert into access.record_events (record_type, record_id, version, event, viewer, acting_unit, person)
      select ${history}, gen_random_uuid()::text, 1, 'was', 'SYSTEM', ${history}, ${history} from generate_series(1, 50000)`;
    await tx`
      insert into access.done_requests (unit, person, key, body, record_type, record_id, version, event)
      select ${history}, ${history}, n::text, md5(n::text), ${history}, n::text, 1, 'was' from generate_series(1, 50000) n`;
    await tx`
      insert into access.outbox (record_type, record_id, version, effect, store, happened, done_at)
      select ${history}, n::text, 1, 'was', 'permits', '{}', now() from generate_series(1, 50000) n`;
  });
  await owner.unsafe('vacuum analyze access.record_events, access.done_requests, access.outbox');
}

/** How what is made for the history is called. */
const history = 'Bench';

async function removeHistory(tx: Sql): Promise<void> {
  for (const table of ['record_events', 'done_requests', 'outbox'])
    await tx`delete from access.${tx(table)} where record_type = ${history}`;
}

/** Takes them away again, and all that was written about them. */
export async function removeApplications(owner: Sql): Promise<void> {
  const applications = owner`select id from permits.permit_applications where application_no like ${`${numbers}%`}`;
  await owner.begin(async (tx) => {
    // Links are looked at once for all of them, not by a trigger for each.
    await tx`set local session_replication_role = replica`;
    const opinions = await tx<{ id: string }[]>`
      delete from permits.department_opinions where application_id in (${applications}) returning id`;
    const gone = await tx<{ id: string; person: string }[]>`
      delete from permits.permit_applications where id in (${applications}) returning id, applicant_id as person`;
    const ids = [...opinions, ...gone].map(({ id }) => id);
    for (const table of ['record_events', 'done_requests', 'outbox'])
      await tx`delete from access.${tx(table)} where record_id = any(${ids})`;
    await removeHistory(tx);
    const persons = [...new Set(gone.map(({ person }) => person))];
    await tx`
      select sealed.relink(array_agg(holder), array_agg(subject_id)) from access.links
      where subject_id = any(${persons}::uuid[]) and holder ~ '^PT-(CAC|HLR|LSS|FPC|STN|SUB)'`;
  });
  await owner.unsafe(
    'vacuum analyze permits.permit_applications, permits.department_opinions, access.record_events, access.done_requests, access.outbox',
  );
}
