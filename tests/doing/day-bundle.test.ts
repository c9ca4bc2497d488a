import { createLocalJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoCoordinatorId } from '../../src/identity/personas.ts';
import { openDistrict } from '../support/doing.ts';
import { assignedTask } from '../support/field.ts';
import { testDay, viewerOf } from '../support/graph.ts';

const cor = viewerOf('COR');
let district: Awaited<ReturnType<typeof openDistrict>>;
beforeAll(async () => {
  district = await openDistrict();
});
afterAll(() => district.close());

const query = '{ dayBundle { day expiresAt tasks bundle keys } }';
const take = async (viewer = cor, purpose?: string | null) => {
  const { data, errors } = await district.graph.ask(viewer, query, {}, purpose);
  return { made: data?.dayBundle, codes: errors.map(({ extensions }) => String(extensions?.code)) };
};
const read = async (made: { bundle: string; keys: never }, at: string) =>
  (
    await jwtVerify(made.bundle, createLocalJWKSet(made.keys), {
      issuer: 'laihu',
      subject: demoCoordinatorId,
      typ: 'laihu-bundle+jwt',
      algorithms: ['EdDSA'],
      currentDate: new Date(at),
    })
  ).payload as { day: string; exp: number; tasks: { id: string; [field: string]: unknown }[] };

describe('the bundle of a day', () => {
  it('holds the own open tasks, and ends with the district’s day', async () => {
    const { made } = await take();
    const { day, tasks, exp } = await read(made, '2007-03-01T15:59:59Z');
    expect([day, made.day, made.expiresAt]).toEqual([testDay, testDay, '2007-03-01T16:00:00.000Z']);
    expect(exp).toBe(Date.parse('2007-03-01T16:00:00Z') / 1000);
    const open =
      await district.owner`select id::text as id from coordinators.coordinator_tasks where assignee_id = ${demoCoordinatorId} and status in ('ASSIGNED', 'IN_PROGRESS') and not shielded`;
    expect(tasks).toHaveLength(open.length);
    expect(made.tasks).toBe(open.length);
    expect(new Set(tasks.map(({ id }) => id)).size).toBe(open.length);
    await expect(read(made, '2007-03-01T16:00:01Z')).rejects.toThrow(/exp/);
  });

  it('is not taken when somebody has changed it', async () => {
    const { made } = await take();
    const [head, payload, signature] = made.bundle.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const longer = Buffer.from(JSON.stringify({ ...claims, exp: claims.exp + 86_400 })).toString('base64url');
    const changed = { ...made, bundle: [head, longer, signature].join('.') };
    await expect(read(changed, '2007-03-01T02:00:00Z')).rejects.toThrow(/signature/);
  });

  it('has numbers masked, and no number in clear', async () => {
    const { made } = await take();
    const { tasks } = await read(made, '2007-03-01T02:00:00Z');
    const text = JSON.stringify(tasks);
    expect(text).toMatch(/"citizenIdNumber":"\*{14}[0-9X]{4}"/);
    expect(text).not.toMatch(/[0-9]{17}[0-9X]/);
  });

  it('leaves out whoever is shielded meanwhile', async () => {
    const person = await district.find(
      'Migrant',
      `select id from public_security.migrants where neighbourhood_code = '310107015001' and not shielded and current_registration_id is not null limit 1`,
    );
    const task = await assignedTask(district, {
      kind: 'REGISTRATION_VISIT',
      targetPlace: null,
      neighbourhoodCode: null,
      targetMigrant: person,
    });
    const before = await read((await take()).made, '2007-03-01T02:00:00Z');
    expect(before.tasks.map(({ id }) => id)).toContain(task);
    expect(JSON.stringify(before.tasks)).toContain(person);
    await district.owner`update public_security.migrants set shielded = true where id = (select target_migrant_id from coordinators.coordinator_tasks where id = ${Buffer.from(task, 'base64').toString().split(':').at(-1)!}::uuid)`;
    const after = JSON.stringify((await read((await take()).made, '2007-03-01T02:00:00Z')).tasks);
    expect(after).not.toContain(task);
    expect(after).not.toContain(person);
  });

  it('is for coordinators, with a purpose', async () => {
    expect(await take(viewerOf('SUB'))).toEqual({ made: null, codes: ['NOT_YOURS'] });
    // Without a purpose the document is refused before it runs: there is no data.
    expect(await take(cor, null)).toEqual({ made: undefined, codes: ['PURPOSE_REQUIRED'] });
  });
});
