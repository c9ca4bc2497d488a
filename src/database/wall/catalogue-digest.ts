import type { Sql } from 'postgres';
import { systemRole, viewerRoles } from './roles.ts';

/**
 * One value for everything in the catalogues on which the second wall rests: roles and their memberships, row
 * security, policies, grants on schemas, tables, columns and functions, functions of the wall, triggers, virtual columns. A
 * change of any of them by hand changes the value.
 */
export async function catalogueDigest(sql: Sql, stores: readonly string[]): Promise<string> {
  const schemas = [...stores, 'access', 'sealed'];
  const roles = [...viewerRoles, systemRole];
  // The access log's own role gets its rights when the log is opened.
  const log = 'laihu_audit=%';
  const [row] = await sql<{ digest: string }[]>`
    with ours as (select oid, nspname, nspacl from pg_namespace where nspname = any(${schemas}::text[])),
    lines as (
      select format('role %s %s', rolname,
          concat_ws(' ', rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication, rolbypassrls)) as line
        from pg_roles where rolname = any(${roles}::text[])
      union all
      select format('member %s %s', member::regrole, roleid::regrole) from pg_auth_members
        where member in (select oid from pg_roles where rolname = any(${roles}::text[]))
      union all
      select format('schema %s %s', nspname,
          (select string_agg(acl::text, ' ' order by acl::text collate "C") from unnest(nspacl) acl where acl::text not like ${log})) from ours
      union all
      select format('table %s.%s %s %s %s %s %s', nspname, relname, relkind, relrowsecurity, relforcerowsecurity,
          (select string_agg(acl::text, ' ' order by acl::text collate "C") from unnest(relacl) acl where acl::text not like ${log}),
          case when relkind = 'v' then concat(reloptions::text, pg_get_viewdef(pg_class.oid)) end)
        from pg_class join ours on ours.oid = relnamespace where relkind in ('r', 'v', 'm', 'p', 'f')
      union all
      select format('column %s.%s.%s %s %s', nspname, relname, attname,
          (select string_agg(acl::text, ' ' order by acl::text collate "C") from unnest(attacl) acl),
          case when attgenerated <> '' then (select pg_get_expr(adbin, adrelid) from pg_attrdef
            where adrelid = attrelid and adnum = attnum) end)
        from pg_attribute join pg_class on pg_class.oid = attrelid join ours on ours.oid = relnamespace
        where attnum > 0 and not attisdropped and (attacl is not null or attgenerated <> '')
      union all
      select format('policy %s.%s %s %s %s %s %s %s', schemaname, tablename, policyname, permissive, roles, cmd, qual, with_check)
        from pg_policies where schemaname = any(${schemas}::text[])
      union all
      select format('trigger %s %s', tgenabled, pg_get_triggerdef(t.oid))
        from pg_trigger t join pg_class on pg_class.oid = tgrelid join ours on ours.oid = relnamespace where not tgisinternal
      union all
      select format('function %s %s %s', p.oid::regprocedure, proacl, md5(pg_get_functiondef(p.oid)))
        from pg_proc p join pg_namespace n on n.oid = pronamespace
        where (prosecdef or nspname = 'sealed') and nspname not in ('pg_catalog', 'information_schema')
      union all
      select format('trigger %s %s', pg_get_triggerdef(t.oid), tgenabled) from pg_trigger t join pg_class on pg_class.oid = tgrelid
        join ours on ours.oid = relnamespace where not tgisinternal
    )
    select encode(sha256(convert_to(coalesce(string_agg(line, E'\n' order by line collate "C"), ''), 'UTF8')), 'hex') as digest
    from lines`;
  return row?.digest ?? '';
}
