import { getTableColumns, getTableName } from 'drizzle-orm';
import { getTableConfig, type PgColumn, type PgTable } from 'drizzle-orm/pg-core';
import { departments } from '../../../src/departments/index.ts';
import { encodeNodeId } from '../../../src/graph/node-id.ts';
import type { Pools } from '../../../src/store/pools.ts';
import { viewerOf } from '../../support/graph.ts';
import { readRowScopes } from '../reading/row-scopes.ts';

const scopes = readRowScopes();

/** The columns of a type that name persons. */
function aboutWhom(type: string, table: PgTable): PgColumn[] {
  const { about, serves, task } = scopes.get(type)!;
  const columns = getTableColumns(table) as Record<string, PgColumn>;
  return [...about, ...serves, ...(task ? [task.subject] : [])].map((property) => columns[property]!);
}

/** Marks every row about some persons as the import does when the register says that they are shielded. */
export async function shield(pools: Pools, persons: readonly string[]): Promise<void> {
  for (const { store, records } of departments)
    for (const [type, { table }] of Object.entries(records)) {
      if (!('shielded' in getTableColumns(table))) continue;
      const name = `"${getTableConfig(table).schema}"."${getTableName(table)}"`;
      for (const subject of aboutWhom(type, table))
        await pools
          .ownerOf(store)
          .unsafe(`update ${name} set shielded = true where "${subject.name}"::text = any($1)`, [
            `{${persons.join(',')}}`,
          ]);
    }
}

/** Some persons of each table whose rows can be shielded. */
async function personsOfEachTable(pools: Pools): Promise<string[]> {
  const found = new Set<string>();
  for (const { store, records } of departments)
    for (const [type, { table }] of Object.entries(records)) {
      if (!('shielded' in getTableColumns(table))) continue;
      const name = `"${getTableConfig(table).schema}"."${getTableName(table)}"`;
      for (const subject of aboutWhom(type, table)) {
        for (const way of ['asc', 'desc']) {
          const rows = await pools
            .ownerOf(store)
            .unsafe(
              `select "${subject.name}"::text as id from ${name} where "${subject.name}" is not null order by id ${way} limit ${scopes.get(type)?.parent ? 2 : 4}`,
            );
          for (const { id } of rows) found.add(String(id));
        }
      }
    }
  return [...found];
}

/**
 * A client of the women's federation is among those whose wages are owed, and will be shielded with the others of that
 * table: nobody in the district is both.
 */
async function makeClientComplain(pools: Pools): Promise<void> {
  const client = `(select client_id from womens_federation.women_rights_cases where closed_on is null order by id limit 1)`;
  for (const statement of [
    `update labour.arrears_complainants set person_id = ${client}
      where id = (select id from labour.arrears_complainants order by id limit 1)`,
    `insert into access.links (holder, subject_id) values ('PT-LSS', ${client})
      on conflict (holder, subject_id) do update set until = null`,
  ])
    await pools.ownerOf('labour').unsafe(statement);
}

/** Tables with so few rows that some station or sub-district has none. */
const placed = [
  'labour.wage_arrears_cases',
  'comprehensive_management.governance_matters',
  'construction.construction_enterprises',
  'construction.construction_penalties',
];

/**
 * What the synthetic district has none of, so that each part of a row scope decides about some row alone: shielded
 * persons in every register, cases of each station, grants, files of a window whose person is not linked, permits that stay
 * behind, links and areas that have ended.
 * @param pools of a copy of the district
 */
export async function makeUnusual(pools: Pools): Promise<void> {
  await makeClientComplain(pools);
  await shield(pools, await personsOfEachTable(pools));
  const owner = pools.ownerOf('organisation');
  const coordinator = viewerOf('COR').person;
  const statements = [
    `update public_security.police_cases c set station_id = s.station from
      (select id, (array['PT-STN-015-1', 'PT-STN-015-2'])[1 + (row_number() over (order by id)) % 2] as station
        from public_security.police_cases order by id limit 8) s where s.id = c.id`,
    `insert into organisation.access_grants (id, grantee_id, owner_id, field_group, record_ref, purpose, legal_basis,
        requested_by, valid_to, created_at, created_by, source_system)
      select gen_random_uuid(), unit, case unit when 'PT-HLR' then 'PT-LSS' else 'PT-HLR' end, 'LEASE_TERMS', '${encodeNodeId('Lease', 'any')}', 'SUPERVISION', 'II-1', 'nobody', now(), now(), 'test', 'TEST'
        from unnest(array['PT-HLR', 'PT-LSS', 'PT-SUB-015', 'PT-CAC-015', 'PT-HLT', 'PT-POP']) unit`,
    `insert into organisation.export_requests (id, asking_unit_id, asked_by, owner_ids, document, source, record_type,
        is_about_persons, coordinates, field_groups, masked_fields, format, purpose, rows, rows_taken, decided_by,
        valid_until, stopped_because, status, created_at, created_by, source_system)
      select gen_random_uuid(), unit, 'nobody', case unit when 'PT-HLR' then '{PT-LSS,PT-PSB}' else '{PT-HLR}' end::text[],
          '{ leases { nodes { id } } }', '{ leases { nodes { id } } }', 'Lease', true, '{Lease.id}', '{LEASE_TERMS}',
          '{Lease.landlord.name}', 'CSV', 'SUPERVISION', 1, 1, 'somebody', '2007-04-01', 'RIGHT_ENDED', 'REVOKED', now(), 'test', 'TEST'
        from unnest(array['PT-HLR', 'PT-LSS', 'PT-SUB-015', 'PT-STN-015-1', 'PT-HLT', 'PT-POP', 'PT-SVC']) unit`,
    `insert into health.outbreak_grants (id, outbreak_id, grant_id, grantee_id, owner_unit, created_at, created_by,
        source_system)
      select gen_random_uuid(), o.id, gen_random_uuid(), pair[1], pair[2], now(), 'test', 'TEST'
        from (select id from health.outbreak_responses order by id limit 1) o,
          unnest(array['PT-SUB-015|PT-HLT', 'PT-CMO|PT-PSB', 'PT-HLR|PT-HLT', 'PT-STN-015-1|PT-HLT']) both_units,
          lateral (select string_to_array(both_units, '|') as pair) p`,
    `update housing.leases set filing_unit = 'PT-CAC-015', filing_closed_on = null
      where id in (select id from housing.leases order by id desc limit 40)`,
    `update housing.lease_filings set accepted_by_unit = 'PT-CAC-015'
      where id in (select id from housing.lease_filings order by id desc limit 40)`,
    // A move that has not reached the permits yet: the person is here, the first permit still elsewhere.
    `update permits.residence_permits set subdistrict_code = '310107101', station_code = 'PT-STN-101-1'
      where id in (select p.id from permits.residence_permits p join public_security.migrants m on m.id = p.holder_id
        where m.subdistrict_code = '310107015' and not m.shielded and not p.shielded order by p.valid_to, p.id limit 5)`,
    `update coordinators.coordinator_secondments set coordinator_id = '${coordinator}'
      where id in (select id from coordinators.coordinator_secondments
        where subdistrict_code <> '310107015' order by id limit 1)`,
    `update coordinators.coordinator_secondments set station_code = 'PT-STN-101-2'
      where subdistrict_code = '310107101'`,
    ...placed.map(
      (table) => `update ${table} t set subdistrict_code = '310107015', station_code = s.station from
        (select id, 'PT-STN-015-' || 1 + (row_number() over (order by id)) % 2 as station
          from ${table} order by id limit 4) s where s.id = t.id`,
    ),
    `insert into access.links (holder, subject_id, until)
      select unit, m.id, date '2007-02-01' from
        (select id from public_security.migrants order by id desc limit 200) m,
        unnest(array['PT-HLR', 'PT-LSS', 'PT-CAC-015', '${coordinator}']) unit
      on conflict do nothing`,
    // What is to be published later, and applications for a licence that say from when it is to be valid.
    `update construction.construction_penalties set published_on = date '2008-01-01'
      where id in (select id from construction.construction_penalties where published_on is not null order by id limit 1)`,
    `update education.school_licences set valid_from = date '2007-09-01', valid_to = date '2008-08-31'
      where id in (select id from education.school_licences where status = 'GRANTED' order by id limit 2)`,
    `update population_office.assessments set published_on = date '2007-03-02'
      where id in (select id from population_office.assessments where published_on is not null order by id limit 2)`,
    // A file that is closed on the day of the test: it was open until then.
    `update permits.department_opinions set window_closed_on = date '2007-03-01'
      where id in (select id from permits.department_opinions where author_unit = 'PT-LSS' and window_closed_on is null
        order by id desc limit 2)`,
    `update personnel.talent_applications set shielded = hashtext(id::text) % 2 = 0`,
    `update personnel.talent_family_members set shielded = hashtext(id::text) % 2 = 0`,
    // Persons who have left the sub-district, whose checks it made: lately, and long ago; and another's checks.
    `update family_planning.certificate_checks set subdistrict_code = '310107101', station_code = 'PT-STN-101-1'
      where id in (select id from family_planning.certificate_checks
        where subdistrict_code = '310107015' and not shielded order by id limit 8)`,
    `update family_planning.certificate_checks c set left_on = l.day, checked_by_id = l.unit, former_subdistrict = l.place from
      (select id, (array[date '2007-02-01', date '2006-12-01', date '2006-11-30', date '2006-06-01'])[1 + n % 4] as day,
        case when n = 4 then 'PT-SUB-101' else 'PT-SUB-015' end as unit, case when n = 5 then '310107005' else '310107015' end as place
        from (select id, row_number() over (order by id) as n from family_planning.certificate_checks where left_on is not null) c) l
      where l.id = c.id`,
    `insert into access.areas (holder, neighbourhood_code, until)
      select distinct '${coordinator}', neighbourhood_code, date '2007-02-01' from housing.dwellings
      where neighbourhood_code is not null on conflict do nothing`,
  ];
  for (const statement of statements) await owner.unsafe(statement);
}
