import { afterAll, beforeAll, expect, test } from 'vitest';
import { viewerRoles } from '../../../src/database/wall/roles.ts';
import { viewers } from '../../../src/identity/viewers.ts';
import { createTestGraph, type TestGraph } from '../../support/graph.ts';

let graph: TestGraph;

beforeAll(() => {
  graph = createTestGraph();
});
afterAll(() => graph.close());

test('each viewer has a login of its own that is no superuser, passes by nothing, and creates nothing', async () => {
  const owner = graph.pools.ownerOf('organisation');
  const roles = await owner<{ name: string; rights: unknown[] }[]>`
    select rolname as name, array[rolcanlogin, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication, rolinherit] as rights
    from pg_roles where rolname = any(${viewerRoles as string[]}::text[])`;
  expect(roles).toHaveLength(viewers.length);
  for (const { name, rights } of roles)
    expect([name, ...rights]).toEqual([name, true, false, false, false, false, false, false]);
});

test('it is a member of nothing, nobody is a member of it, and it owns nothing', async () => {
  const owner = graph.pools.ownerOf('organisation');
  const roles = viewerRoles as string[];
  expect(
    await owner`select from pg_auth_members where member::regrole::text = any(${roles}::text[]) or roleid::regrole::text = any(${roles}::text[])`,
  ).toHaveLength(0);
  expect(
    await owner`select from pg_shdepend d join pg_roles r on r.oid = d.refobjid
      where refclassid = 'pg_authid'::regclass and deptype = 'o' and rolname = any(${roles}::text[])`,
  ).toHaveLength(0);
  // The control: what is owned at all is found this way.
  const [owned] = await owner`select count(*)::int as n from pg_class c join pg_roles r on r.oid = c.relowner
    where rolname = current_user and relnamespace = 'housing'::regnamespace`;
  expect(owned?.n).toBeGreaterThan(0);
});
