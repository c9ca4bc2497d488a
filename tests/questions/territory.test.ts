import { describe, expect, test } from 'vitest';
import { createViewer } from '../../src/identity/viewer.ts';
import { openAsking, personTypes, typesReadBy } from './asking.ts';

const { ask, askAs, graph, sql } = openAsking();

test('5. dwellings with registered tenants and no filing in force: places, most persons first', async () => {
  const { data, errors } = await ask('question-05', { variables: { first: 100 } });
  expect(errors).toEqual([]);
  const kept = await sql`
    select d.lane, d.building, d.room, d.occupancy_count as n from housing.dwellings d
    where d.subdistrict_code = '310107103'
      and exists (select from public_security.residence_registrations r where r.dwelling_id = d.id
        and r.dwelling_relation = 'TENANT' and r.status <> 'CLOSED' and not r.shielded
        and r.subdistrict_code = '310107103')
      and not exists (select from housing.leases l where l.dwelling_id = d.id and l.status = 'IN_FORCE'
        and l.filing_status = 'FILED' and not l.shielded)`;
  expect(data.dwellings.totalCount).toBe(kept.length);
  const places = new Set(kept.map(({ lane, building, room, n }) => [lane, building, room, n].join('/')));
  const counts: number[] = [];
  for (const { address, occupancyCount } of data.dwellings.nodes) {
    expect(places).toContain([address.lane, address.building, address.room, occupancyCount].join('/'));
    counts.push(occupancyCount);
  }
  expect(counts).toHaveLength(Math.min(100, kept.length));
  expect(counts).toEqual([...counts].sort((a, b) => b - a));
  expect(counts[0]).toBe(Math.max(...kept.map(({ n }) => n)));
  const types = typesReadBy('question-05', graph.graph.bare);
  expect(types).toContain('Dwelling');
  for (const ofPersons of personTypes) expect(types).not.toContain(ofPersons);
});

describe('6. permits that end within sixty days', () => {
  test('are those of the territory, with a telephone', async () => {
    const { data, errors } = await ask('question-06');
    expect(errors).toEqual([]);
    const kept = await sql`
      select p.permit_no as no, p.valid_to as until, m.mobile_phone as phone from permits.residence_permits p
      join public_security.migrants m on m.id = p.holder_id
      where p.subdistrict_code = '310107015' and p.status = 'ACTIVE' and not p.shielded
        and p.valid_to between '2007-03-01' and date '2007-03-01' + 60 order by p.valid_to, p.id`;
    expect(kept.length).toBeGreaterThan(0);
    expect(data.permits.totalCount).toBe(kept.length);
    expect(
      data.permits.nodes.map((p: { permitNo: string; validTo: string; holder: { mobilePhone: string } }) => ({
        no: p.permitNo,
        until: p.validTo,
        phone: p.holder.mobilePhone,
      })),
    ).toEqual(kept.map((row) => ({ ...row })));
  });

  test('lead to no case: nothing of the contract leads from a permit to one', () => {
    const types = graph.graph.bare.getTypeMap();
    for (const name of ['ResidencePermit', 'PermitEvent']) {
      const type = types[name];
      const fields = type && 'getFields' in type ? Object.values(type.getFields()) : [];
      expect(fields.length).toBeGreaterThan(5);
      for (const field of fields) expect(`${field.name}: ${field.type}`).not.toMatch(/case|offence|penalt/i);
    }
    expect(String(graph.graph.model.get('PoliceCase')?.fields.has('permit'))).toBe('false');
  });
});

test('7. registrations not confirmed for 180 days: the flag is of the record, the person stays as it was', async () => {
  const { data, errors } = await ask('question-07');
  expect(errors).toEqual([]);
  const kept = await sql`
    select r.serial_no as no, r.neighbourhood_code as at, r.status, m.status as person
    from public_security.residence_registrations r join public_security.migrants m on m.id = r.person_id
    where r.station_code = 'PT-STN-015-1' and r.status <> 'CLOSED' and not r.shielded
      and r.confirmed_at <= '2006-09-02T00:00:00Z' order by r.neighbourhood_code, r.id`;
  expect(kept.length).toBeGreaterThan(0);
  expect(data.residenceRegistrations.totalCount).toBe(kept.length);
  expect(
    data.residenceRegistrations.nodes.map((r: Record<string, unknown>) => ({
      no: r.serialNo,
      at: r.neighbourhoodCode,
      status: r.status,
      person: (r.person as { status: string }).status,
    })),
  ).toEqual(kept.map((row) => ({ ...row })));
  expect(kept.every(({ status, person }) => status === 'STALE' && person === 'ACTIVE')).toBe(true);
});

describe('8. women newly registered without a certificate check', () => {
  const officer = { unit: 'PT-SUB-103' };

  test('are found for the leaflet', async () => {
    const { data, errors } = await ask('question-08');
    expect(errors).toEqual([]);
    const kept = await sql`
      select m.name, m.mobile_phone as phone from public_security.migrants m
      join public_security.residence_registrations r on r.id = m.current_registration_id
      where m.subdistrict_code = '310107103' and m.sex = 'FEMALE' and not m.shielded
        and r.captured_at >= '2007-02-01T00:00:00Z'
        and extract(year from age(date '2007-03-01', m.birth_date)) between 18 and 49
        and not exists (select from family_planning.certificate_checks c where c.person_id = m.id)`;
    expect(kept.length).toBeGreaterThan(0);
    const line = (name: unknown, phone: unknown) => `${name} ${phone}`;
    expect(
      data.migrants.nodes.map((m: Record<string, string>) => line(m.name, m.mobilePhone)).sort(),
    ).toEqual(kept.map(({ name, phone }) => line(name, phone)).sort());
  });

  test('checks are read by the officer alone: another official of the same office reads none', async () => {
    const document =
      '{ certificateChecks { totalCount } marriageFertilityCertificates { totalCount } familyPlanningRecords { totalCount } }';
    const official = (posts: string[]) =>
      createViewer({ department: 'SUB', unit: officer.unit, sub: 'somebody', name: '示例', posts });
    const count = async (posts: string[]) => {
      const { data, errors } = await graph.ask(official(posts), document);
      expect(errors).toEqual([]);
      return [data.certificateChecks, data.marriageFertilityCertificates, data.familyPlanningRecords].map(
        (page: { totalCount: number }) => page.totalCount,
      );
    };
    expect(await count([])).toEqual([0, 0, 0]);
    expect(await count(['REGISTRAR', 'CASE_OFFICER'])).toEqual([0, 0, 0]);
    for (const n of (await count(['FP_OFFICER'])).slice(0, 2)) expect(n).toBeGreaterThan(0);
  });

  test('a coordinator sees that a leaflet is to be brought, not why', async () => {
    const { data, extensions } = await askAs(
      'COR',
      `{ coordinatorTasks(first: 20, filter: { kind: { eq: FAMILY_PLANNING_OUTREACH } }) { nodes { kind dueOn result } }
         certificateChecks(first: 20) { nodes { result noticeGiven followUpBy } } }`,
    );
    expect(data.coordinatorTasks.nodes.length).toBeGreaterThan(0);
    for (const check of data.certificateChecks.nodes)
      expect(check).toEqual({ result: null, noticeGiven: null, followUpBy: null });
    expect(extensions.access.masked).toContainEqual(
      expect.objectContaining({ coordinate: 'CertificateCheck.result', mask: 'NULL' }),
    );
  });
});

test("9. the station's coordinators: their tasks, visits and what is overdue, within the station", async () => {
  const { data, errors } = await ask('question-09');
  expect(errors).toEqual([]);
  const kept = await sql`
    select c.badge_no as no,
      (select count(*)::int from coordinators.coordinator_tasks t where t.assignee_id = c.id
        and t.station_code = 'PT-STN-015-1' and not t.shielded) as all,
      (select count(*)::int from coordinators.coordinator_tasks t where t.assignee_id = c.id
        and t.station_code = 'PT-STN-015-1' and not t.shielded
        and t.due_on < '2007-03-01' and t.status in ('CREATED', 'ASSIGNED', 'IN_PROGRESS')) as overdue,
      (select count(*)::int from coordinators.visits v join coordinators.coordinator_tasks t on t.id = v.task_id
        where v.coordinator_id = c.id and t.station_code = 'PT-STN-015-1' and not t.shielded
        and v.started_at >= '2007-02-01T00:00:00Z') as visits
    from coordinators.coordinators c where c.station_code = 'PT-STN-015-1' and c.status in ('ACTIVE', 'SECONDED')
    order by c.badge_no`;
  expect(kept.length).toBeGreaterThan(0);
  expect(kept.some(({ overdue }) => overdue > 0)).toBe(true);
  expect(
    data.coordinators.nodes.map((c: Record<string, unknown>) => ({
      no: c.badgeNo,
      all: (c.all as { totalCount: number }).totalCount,
      overdue: (c.overdue as { totalCount: number }).totalCount,
      visits: (c.visits as { totalCount: number }).totalCount,
    })),
  ).toEqual(kept.map((row) => ({ ...row })));
});
