import { describe, expect, test } from 'vitest';
import { globalId, openAsking } from './asking.ts';

const { ask, askAs, sql } = openAsking();

describe('1. a card at the window', () => {
  const [window, elsewhere] = ['PT-CAC-015', 'PT-CAC-016'];
  /** Applicants of a window whose file is open, with what is missing. */
  const applicants = (unit: string) => sql`
    select m.citizen_id_number as card, m.name, a.id, a.application_no as no,
      array(select x.kind from permits.application_materials x
        where x.application_id = a.id and x.state in ('REQUIRED', 'DEFICIENT') order by x.kind) as missing
    from permits.permit_applications a join public_security.migrants m on m.id = a.applicant_id
    where a.accepted_at_unit = ${unit} and a.closed_on is null and not a.shielded order by a.id`;

  test('says where the person is registered, which application is open, and what is missing', async () => {
    const people = await applicants(window);
    expect(people.some(({ missing }) => missing.length > 0)).toBe(true);
    for (const { card, name, no, missing } of people) {
      const { data, errors } = await ask('question-01', { variables: { card } });
      expect(errors).toEqual([]);
      const [registered] = await sql`
        select r.lane, r.building, r.room from public_security.migrants m
        join public_security.residence_registrations r on r.id = m.current_registration_id
        where m.citizen_id_number = ${card}`;
      expect(data.migrantByCitizenId).toMatchObject({
        name,
        currentRegistration: { address: { ...registered } },
      });
      const file = data.migrantByCitizenId.permitApplications.nodes.find(
        (node: { applicationNo: string }) => node.applicationNo === no,
      );
      const wanted = file.materials.filter((m: { state: string }) =>
        ['REQUIRED', 'DEFICIENT'].includes(m.state),
      );
      expect(wanted.map((m: { kind: string }) => m.kind).sort()).toEqual([...missing]);
    }
  });

  test('looks at the check digit before anything else', async () => {
    const [{ card } = { card: '' }] = await applicants(window);
    const wrong = `${card.slice(0, 17)}${card.endsWith('1') ? '2' : '1'}`;
    const { data, errors, statements } = await ask('question-01', { variables: { card: wrong } });
    expect(data?.migrantByCitizenId ?? null).toBeNull();
    expect(errors).toHaveLength(1);
    expect(statements).toEqual([]);
    expect(errors[0]?.message).toContain('check digit');
  });

  test('looks a number up as a whole: a part of it finds nobody', async () => {
    const [{ card } = { card: '' }] = await applicants(window);
    const { data, errors } = await ask('question-01', { variables: { card: card.slice(0, 12) } });
    expect(data?.migrantByCitizenId ?? null).toBeNull();
    expect(errors).toHaveLength(1);
  });

  test("shows a window its own files: a list has no other's, nor is one opened by its id", async () => {
    const { data } = await askAs(
      'CAC',
      '{ permitApplications(first: 100) { nodes { applicationNo acceptedAtUnit { code } } } }',
    );
    const [{ n } = { n: 0 }] = await sql`
      select count(*)::int as n from permits.permit_applications where not shielded
      and accepted_at_unit = ${window} and (closed_on is null or closed_on >= date '2007-03-01' - 30)`;
    const units = data.permitApplications.nodes.map(
      (node: { acceptedAtUnit: { code: string } }) => node.acceptedAtUnit.code,
    );
    expect(units).toEqual(Array(n).fill(window));
    expect(n).toBeGreaterThan(0);
    const [other] = await applicants(elsewhere ?? '');
    const opened = await askAs('CAC', 'query ($id: ID!) { permitApplication(id: $id) { applicationNo } }', {
      id: globalId('PermitApplication', other?.id),
    });
    expect(opened.data.permitApplication).toBeNull();
    expect(opened.errors[0]?.extensions.code).toBe('OUT_OF_SCOPE');
  });
});
