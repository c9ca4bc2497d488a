import type { Sql } from 'postgres';
import { viewers } from '../../identity/viewers.ts';
import { copyTriggers } from '../copies/statements.ts';
import { doingGrants, doingPolicies } from '../doing/doing-statements.ts';
import type { Wall, WallServer } from './apply.ts';
import { type AskedView, askedViews } from './asked-views.ts';
import { lintKeptGrants } from './kept-grants.ts';
import { accessTables, columnsOf, rowPolicies, tablesOf } from './policy-sql.ts';
import { roleOf, systemRole, viewerRoles } from './roles.ts';
import { statisticsGrants, statisticsPolicies } from './statistics-policy.ts';
import { lintSurroundings } from './surroundings.ts';
import { totalsGrants, totalsPolicies } from './totals-policy.ts';

/**
 * What must hold in the catalogues of a server, whatever was applied. Row security is forced on every table
 * that a viewer can read, with exactly the policies of the plan. Views read with the rights of the role that
 * asks, except the wall's own. Only the wall's functions run as the owner. Nothing is granted to everybody.
 * Roles have no rights of their own; in every schema they hold exactly the grants of the plan. Each column
 * that a policy compares has an index. The triggers that keep copies true are there and run. No grant is in force
 * that nobody may get.
 * @returns one sentence for each hole
 */
export async function lintCatalogue(wall: Wall, { owner, stores }: WallServer): Promise<string[]> {
  const schemas = [...stores, 'access', 'sealed'];
  return [
    ...(await lintRelations(owner, schemas, askedViews(wall.plan, new Set(stores), wall.model))),
    ...(await lintFunctions(owner)),
    ...(await lintRoles(owner)),
    ...(await lintSurroundings(owner)),
    ...(await lintPolicies(owner, wall, stores)),
    ...(await lintGrants(owner, wall, stores)),
    ...(await lintIndexes(owner, stores)),
    ...(await lintTriggers(owner, wall, stores)),
    ...(stores.includes('organisation') ? await lintKeptGrants(owner, wall.grantLimits) : []),
  ];
}

/** Each table has the triggers that keep its copies true, and they run. */
async function lintTriggers(sql: Sql, wall: Wall, stores: readonly string[]): Promise<string[]> {
  const rows = await sql<{ name: string; enabled: boolean }[]>`
    select format('%s.%s: trigger %s', nspname, relname, tgname) as name, tgenabled in ('O', 'A') as enabled
    from pg_trigger t join pg_class c on c.oid = tgrelid join pg_namespace n on n.oid = relnamespace
    where not tgisinternal and tgfoid in (select oid from pg_proc where pronamespace = 'sealed'::regnamespace)`;
  const there = new Map(rows.map(({ name, enabled }) => [name, enabled]));
  const planned = copyTriggers(wall.stores, new Set(stores)).map(
    ({ table, name }) => `${table.replaceAll('"', '')}: trigger ${name}`,
  );
  return planned.flatMap((name) => {
    if (!there.has(name)) return [`${name} is missing`];
    return there.get(name) ? [] : [`${name} is switched off`];
  });
}

async function lintRelations(
  sql: Sql,
  schemas: readonly string[],
  views: readonly AskedView[],
): Promise<string[]> {
  const planned = new Set(views.map(({ name }) => name));
  const rows = await sql<
    {
      name: string;
      kind: string;
      secured: boolean;
      invoker: boolean;
      barrier: boolean;
      everybody: boolean;
    }[]
  >`
    select format('%s.%s', nspname, relname) as name, relkind as kind, relrowsecurity and relforcerowsecurity as secured,
      coalesce('security_invoker=true' = any(reloptions), false) as invoker,
      coalesce('security_barrier=true' = any(reloptions), false) as barrier,
      exists (select from aclexplode(relacl) where grantee = 0) as everybody
    from pg_class join pg_namespace n on n.oid = relnamespace
    where nspname = any(${schemas as string[]}::text[]) and relkind in ('r', 'p', 'v', 'm', 'f')
      and (relkind <> 'r' or has_any_column_privilege('laihu_public_security', pg_class.oid, 'select')
        or exists (select from aclexplode(relacl) where grantee = 0))`;
  return rows.flatMap(({ name, kind, secured, invoker, barrier, everybody }) => {
    if (everybody) return [`${name}: is granted to everybody`];
    // The wall's own views read as the owner: what they show is all that exists for their viewer.
    if (kind === 'v' && planned.has(name))
      return barrier ? [] : [`${name}: is a view without security_barrier`];
    if (kind === 'v') return invoker ? [] : [`${name}: is a view without security_invoker`];
    if (kind === 'm' || kind === 'f') return [`${name}: has no row-level security, being no table`];
    return secured ? [] : [`${name}: row-level security is not forced`];
  });
}

/** The trigger function that counts rows: whoever changes a row changes the totals, which no role may. */
const counting = 'access.count_rows()';

async function lintFunctions(sql: Sql): Promise<string[]> {
  const rows = await sql<
    { name: string; schema: string; called: boolean; everybody: boolean; bound: boolean }[]
  >`
    select p.oid::regprocedure::text as name, nspname as schema, prorettype <> 'trigger'::regtype as called,
      proacl is null or exists (select from aclexplode(proacl) where grantee = 0) as everybody,
      prosqlbody is not null or exists (select from unnest(proconfig) c where c like 'search_path=%') as bound
    from pg_proc p join pg_namespace n on n.oid = pronamespace
    where prosecdef and nspname not in ('pg_catalog', 'information_schema')`;
  return rows.flatMap(({ name, schema, called, everybody, bound }) => {
    // A trigger function is never called: it runs for the rows of its table, whoever writes them.
    if (!called) return bound ? [] : [`${name}: runs as its owner with names that a search path can bend`];
    if (schema !== 'sealed' && name !== counting)
      return [`${name}: runs as its owner, but is none of the wall's functions`];
    if (everybody) return [`${name}: runs as its owner for everybody`];
    return bound ? [] : [`${name}: runs as its owner with names that a search path can bend`];
  });
}

async function lintRoles(sql: Sql): Promise<string[]> {
  const rows = await sql<{ name: string; able: boolean; members: string[]; owns: boolean }[]>`
    select rolname as name, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication as able,
      array(select roleid::regrole::text from pg_auth_members where member = r.oid) as members,
      exists (select from pg_class where relowner = r.oid) or exists (select from pg_proc where proowner = r.oid)
        or exists (select from pg_namespace where nspowner = r.oid) as owns
    from pg_roles r where rolname = any(${[...viewerRoles, systemRole]}::text[])`;
  const missing = [...viewerRoles, systemRole].filter((role) => !rows.some(({ name }) => name === role));
  return [
    ...missing.map((role) => `${role}: there is no such role`),
    ...rows.flatMap(({ name, able, members, owns }) => [
      ...(able ? [`${name}: has rights of its own (superuser, bypass, create or replication)`] : []),
      ...(members.length > 0 ? [`${name}: is a member of ${members.join(', ')}`] : []),
      ...(owns ? [`${name}: owns something`] : []),
    ]),
  ];
}

/**
 * Each table has the policies of the plan, for the same roles. PostgreSQL stores expressions in another form,
 * so they are not compared.
 */
async function lintPolicies(
  sql: Sql,
  { plan, model, statistics, doing }: Wall,
  stores: readonly string[],
): Promise<string[]> {
  const rows = await sql<{ place: string; name: string; to: string }[]>`
    select format('%s.%s', schemaname, tablename) as place, policyname as name,
      concat_ws(' ', permissive, cmd, (select string_agg(role, ', ' order by role) from unnest(roles::text[]) role)) as to
    from pg_policies where schemaname = any(${[...stores, 'access'] as string[]}::text[]) and policyname <> 'owner'`;
  const there = new Map(rows.map(({ place, name, to }) => [`${place}: policy "${name}"`, to]));
  const planned = new Map<string, string>();
  const plans = (place: string, name: string, roles: readonly string[]) =>
    planned.set(`${place}: policy "${name}"`, `PERMISSIVE SELECT ${[...roles].sort().join(', ')}`);
  for (const place of accessTables.keys()) plans(place, 'rows 1', viewerRoles);
  for (const table of tablesOf(plan, new Set(stores)))
    for (const { name, roles } of rowPolicies(table, model)) plans(table.name, name, roles);
  for (const [place, { policies }] of totalsPolicies(model, new Set(stores)))
    for (const { name, roles } of policies) plans(place, name, roles);
  if (statistics && stores.includes('statistics'))
    for (const [place, policies] of statisticsPolicies(statistics))
      for (const { name, roles } of policies) plans(place, name, roles);
  if (doing)
    for (const [place, name, to] of doingPolicies(doing, new Set(stores)))
      planned.set(`${place}: policy "${name}"`, to);
  return [
    ...[...planned].flatMap(([policy, to]) => {
      if (!there.has(policy)) return [`${policy} is missing`];
      return there.get(policy) === to ? [] : [`${policy} is for other roles than the policy says`];
    }),
    ...[...there.keys()]
      .filter((policy) => !planned.has(policy))
      .map((policy) => `${policy} is none of the wall's`),
  ];
}

/**
 * Each role may select exactly the columns of the plan, and do nothing else. What an extension brings is not
 * looked at.
 */
async function lintGrants(
  sql: Sql,
  { plan, model, statistics, doing }: Wall,
  stores: readonly string[],
): Promise<string[]> {
  const roles = [...viewerRoles, systemRole];
  const rows = await sql<{ role: string; place: string; what: string }[]>`
    with ours as (select oid, nspname, nspacl from pg_namespace
      where nspname <> 'information_schema' and nspname not like 'pg\_%'),
    granted as (
      select a.grantee, format('%s.%s.%s', nspname, relname, attname) as place, a.privilege_type as what
        from pg_attribute join pg_class c on c.oid = attrelid join ours on ours.oid = relnamespace, aclexplode(attacl) a
        where attnum > 0 and not attisdropped
      union all
      select a.grantee, format('%s.%s', nspname, relname), a.privilege_type
        from pg_class c join ours on ours.oid = relnamespace, aclexplode(relacl) a
        where not exists (select from pg_depend where classid = 'pg_class'::regclass and objid = c.oid and deptype = 'e')
      union all
      select a.grantee, format('the schema %s', nspname), a.privilege_type
        from ours, aclexplode(nspacl) a where a.privilege_type <> 'USAGE'
    )
    select coalesce(rolname, 'everybody') as role, place, what from granted left join pg_roles r on r.oid = grantee
    where grantee = 0 or rolname = any(${roles}::text[])`;
  const there = new Set(rows.map(({ role, place, what }) => `${role} may ${what} ${place}`));
  const planned = new Set(statistics && stores.includes('statistics') ? statisticsGrants(statistics) : []);
  for (const grant of totalsGrants(model, new Set(stores))) planned.add(grant);
  for (const place of accessTables.keys())
    for (const role of viewerRoles) planned.add(`${role} may SELECT ${place}`);
  for (const { name, viewer } of askedViews(plan, new Set(stores), model))
    planned.add(`${roleOf(viewer)} may SELECT ${name}`);
  for (const table of tablesOf(plan, new Set(stores)))
    for (const { name } of viewers)
      for (const column of columnsOf(table, name))
        planned.add(`${roleOf(name)} may SELECT ${table.name}.${column}`);
  if (doing) for (const grant of doingGrants(doing, new Set(stores))) planned.add(grant);
  return [
    ...[...there].filter((grant) => !planned.has(grant)).map((grant) => `${grant}, which no policy says`),
    ...[...planned]
      .filter((grant) => !there.has(grant))
      .map((grant) => `${grant} by the policy, but is not granted it`),
  ];
}

/**
 * Policies compare the place of a row with that of the connection. Without an index each read would scan the
 * table.
 */
async function lintIndexes(sql: Sql, stores: readonly string[]): Promise<string[]> {
  const rows = await sql<{ place: string }[]>`
    select distinct format('%s.%s.%s', nspname, relname, attname) as place
    from pg_depend d join pg_class c on c.oid = d.refobjid join pg_namespace n on n.oid = relnamespace
      join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
    where d.classid = 'pg_policy'::regclass and nspname = any(${stores as string[]}::text[])
      and attname in ('subdistrict_code', 'station_code', 'neighbourhood_code')
      and not exists (select from pg_index i where i.indrelid = d.refobjid and i.indkey[0] = a.attnum)`;
  return rows.map(({ place }) => `${place}: is compared by a policy, but no index begins with it`);
}
