import { pointsOf } from './point.ts';

const book = pointsOf('book.ts');
const ofRequest = pointsOf('request-grants.ts');
const openedRow = pointsOf('opened-row.ts');
const policy = pointsOf('grants.ts');
const granted = pointsOf('granted.ts', 'database');
const kept = pointsOf('kept-grants.ts', 'database');
const alone = 'access/grants-alone';

/** Case-bound grants (dossier §6.5): one record, one group, one unit, one purpose, until a day. */
export const granting = [
  book('the unit of a grant', alone, [
    'of',
    'this.#$byUnit.get($unit) ?? []',
    '[...this.#$byUnit.values()].flat() ?? $unit',
  ]),
  book('the purpose of a grant', alone, [
    'of',
    '$grant.$viewer === $department && $grant.$purpose === $purpose',
    '$grant.$viewer === $department || $grant.$purpose === $purpose',
  ]),
  book('the last day of a grant', alone, [
    'grantsOf',
    '`…where until >= ${$today}::date`',
    '`…where until >= ${$today}::date - 365`',
  ]),
  ofRequest('the record of a grant', alone, [
    '#of',
    '$grant.$record === $record && $grant.$id === $id',
    '$grant.$record === $record || $grant.$id === $id',
  ]),
  openedRow('the group of a grant', alone, [
    'openedStatement',
    '`…where "$group" = any(${$sql.placeholder(\'groups\')}::text[])`',
    '`…where "$group" = any(${$sql.placeholder(\'groups\')}::text[]) or true`',
  ]),
  pointsOf('granted-schema.ts')('what a grant alone does not show of a row', 'access/grants', [
    'openField',
    '$openable && $opening?.$groups.has($group.$name)',
    '$openable && $opening',
  ]),
  pointsOf('held-values.ts')('provenance, which no grant opens', 'access/grants', [
    '#readPage',
    '{ ...$context, grantBook: undefined }',
    '{ ...$context }',
  ]),
  policy('other groups of a secret record', 'access/grant-limits', [
    'opensGroup',
    '!$rules.$group.$secret || $rules.$group.$name === $group',
    'true || $rules.$group.$name === $group',
  ]),
  granted('the unit, for the database', alone, [
    'grantedStatements',
    '`… and "g"."unit" = current_setting(\'laihu.unit\', true) and…`',
    '`… and…`',
  ]),
  granted('the viewer, for the database', alone, [
    'grantedStatements',
    '`… and (\'laihu_\' || lower("g"."viewer") = session_user or session_user = current_user)…`',
    '`……`',
  ]),
  granted('the purpose, for the database', alone, [
    'grantedStatements',
    '`… and "g"."purpose" = stated…`',
    '`……`',
  ]),
  granted('the last day, for the database', alone, [
    'grantedStatements',
    '`… and "g"."until" >= current_setting(\'laihu.today\', true)::date…`',
    '`……`',
  ]),
  granted('what is never granted, whatever stands among the grants', alone, [
    'granting',
    '`("g"."field_group" = \'${$group}\' and "g"."viewer" <> all(\'{${$never.join(\',\')}}\'::text[]))`',
    '`("g"."field_group" = \'${$group}\')`',
  ]),
  granted('the shield', 'access/grants', [
    'openShield',
    '` and (not "${$alias}"."${$shielded.$name}" or session_user = any(\'{${$seers.join(\',\')}}\'::text[]))`',
    "''",
  ]),
  kept('the refusal of what is never granted', alone, [
    'keepStatements',
    '`…if (new.field_group, holder) in (${$rows($never)}) then…`',
    '`…if false and (new.field_group, holder) in (${$rows($never)}) then…`',
  ]),
  kept('the consent of the client', alone, [
    'keepStatements',
    '`…if new.field_group = any(${$list($consented)}) and new.consent_on is null then…`',
    '`…if false and new.field_group = any(${$list($consented)}) then…`',
  ]),
  kept('the end of a grant', 'access/grants', [
    'keepStatements',
    "`…if tg_op <> 'INSERT' then delete from access.grants g where g.id = old.id; end if;…`",
    '`……`',
  ]),
];
