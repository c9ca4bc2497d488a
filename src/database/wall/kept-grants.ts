import type { Sql } from 'postgres';
import { type GrantLimits, holdsGrants } from '../../contract/tables/grant-limits.ts';
import { actingUnitsOf } from '../../identity/units.ts';
import { viewers } from '../../identity/viewers.ts';

// Of the grants that the organisation's store records, those in force stand in `access.grants`: kept there by a
// trigger, so that a grant opens and closes with the transaction that changes it. The same trigger refuses what
// nobody may be granted, whoever writes it.

const list = (values: readonly string[]) => `'{${values.join(',')}}'::text[]`;
const rows = (values: readonly (readonly string[])[]) =>
  values.map((row) => `(${row.map((value) => `'${value}'`).join(', ')})`).join(', ');

/** Units that can hold a grant, with the viewer who acts for each. */
const holders = viewers
  .filter(({ name }) => holdsGrants(name))
  .flatMap(({ name, code }) => actingUnitsOf(code).map((unit) => [unit, name]));

/** @param opened record types, and the groups of them that a grant opens */
export function keepStatements(
  opened: readonly (readonly [string, string])[],
  limits: GrantLimits,
): string[] {
  const never = [...limits.rows.values()].flatMap(({ group, never }) =>
    [...never].map((name) => [group, name]),
  );
  const consented = [...limits.rows.values()].filter((row) => row.needsConsent).map(({ group }) => group);
  const refuse = (constraint: string, message: string) =>
    `raise check_violation using constraint = 'access_grants_${constraint}', message = '${message}'`;
  return [
    `create function sealed.keep_grant() returns trigger language plpgsql security definer set search_path = pg_catalog as $keep$
declare
  holder text;
  reference text;
begin
  if tg_op = 'TRUNCATE' then
    delete from access.grants;
    return null;
  end if;
  if tg_op <> 'INSERT' then delete from access.grants g where g.id = old.id; end if;
  if tg_op = 'DELETE' then return null; end if;
  select h.viewer into holder from (values ${rows(holders)}) h (unit, viewer) where h.unit = new.grantee_id;
  if holder is null then ${refuse('holder', 'Nobody acts for the unit of the grant.')}; end if;
  if (new.field_group, holder) in (${rows(never)}) then
    ${refuse('never', 'No grant of this field group is given to this unit.')};
  end if;
  begin
    reference := convert_from(decode(rpad(translate(new.record_ref, '-_', '+/'), (length(new.record_ref) + 3) / 4 * 4, '='), 'base64'), 'UTF8');
  exception when others then
    reference := '';
  end;
  if rtrim(translate(encode(convert_to(reference, 'UTF8'), 'base64'), E'+/\\n', '-_'), '=') <> new.record_ref
    or (split_part(reference, ':', 1), new.field_group) not in (${rows(opened)}) then
    ${refuse('record', 'The reference is no id of a record that has this field group.')};
  end if;
  if new.status = 'ACTIVE' then
    if new.field_group = any(${list(consented)}) and new.consent_on is null then
      ${refuse('consent', 'A grant of this field group needs the consent of the client.')};
    end if;
    -- It counts by days: until the last on which it is valid.
    insert into access.grants (id, viewer, unit, record_type, record_id, field_group, purpose, until)
    values (new.id, holder, new.grantee_id, split_part(reference, ':', 1), substr(reference, strpos(reference, ':') + 1),
      new.field_group, new.purpose, ((new.valid_to - interval '1 microsecond') at time zone 'Asia/Shanghai')::date);
  end if;
  return null;
end $keep$`,
    'revoke all on function sealed.keep_grant() from public',
    `create trigger keep_grant after insert or update or delete on organisation.access_grants
      for each row execute function sealed.keep_grant()`,
    `create trigger keep_no_grant after truncate on organisation.access_grants
      for each statement execute function sealed.keep_grant()`,
  ];
}

/** Grants that are in force although nobody may get them, or that no longer are what was granted. */
export async function lintKeptGrants(sql: Sql, limits: GrantLimits): Promise<string[]> {
  const kept = await sql<{ id: string; group: string; viewer: string; same: boolean }[]>`
    select g.id, g.field_group as "group", g.viewer, coalesce(a.status = 'ACTIVE' and a.field_group = g.field_group
        and a.grantee_id = g.unit and a.purpose = g.purpose, false) as same
      from access.grants g left join organisation.access_grants a on a.id = g.id`;
  return kept.flatMap(({ id, group, viewer, same }) => {
    const name = viewers.find((v) => v.name === viewer)?.name;
    if (!name || !limits.mayBeGranted(group, name))
      return [`access.grants: ${id} grants ${group} to ${viewer}, which schema/grants.tsv forbids`];
    return same ? [] : [`access.grants: ${id} is not the active grant that the organisation's store has`];
  });
}
