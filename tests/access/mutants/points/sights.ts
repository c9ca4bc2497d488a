import { pointsOf } from './point.ts';

const sight = pointsOf('sight.ts');
const scope = pointsOf('scope-sql.ts');
const visible = pointsOf('visible-coordinates.ts');
const viewerSdl = pointsOf('viewer-sdl.ts');

const everywhere = 'const $all = $sql`true`;';

/** The matrix applied to a coordinate, to rows, and to what a viewer is shown of the contract. */
export const sights = [
  sight('aggregates only', 'access/verdicts', ['sightByGroup', "!$cell || $cell.$value === 'A'", '!$cell']),
  sight('masking', 'access/verdicts', ['sightByGroup', "$cell.$value === 'F'", "$cell.$value !== 'A'"]),
  sight('own rows of a cell in full', 'access/verdicts', [
    'sightByGroup',
    '{ ...$clear, $own: $cell.$own }',
    '{ ...$clear, $own: false }',
  ]),
  sight('own rows of a masked cell', 'access/verdicts', [
    'sightByGroup',
    '{ ...$maskedSight($rule, $rule.$group), $own: $cell.$own }',
    '{ ...$maskedSight($rule, $rule.$group), $own: false }',
  ]),
  sight('class SECRET under M', 'access/verdicts', [
    'maskedSight',
    "if ($rule.$sensitivity === 'SECRET') return { $outcome: 'MASKED', $mask: 'NULL', $own: false };",
    '',
  ]),
  sight('companions only', 'access/verdicts', [
    'maskedSight',
    "$group.$masked === 'companions'",
    'false as boolean',
  ]),
  sight('masks', 'access/verdicts', [
    'maskedSight',
    "{ $outcome: 'MASKED', $mask: $rule.$mask, $own: false }",
    "{ $outcome: 'CLEAR', $mask: null, $own: false }",
  ]),
  sight('class SENSITIVE and PERSONAL under M', 'access/verdicts', [
    'maskedSight',
    "$rule.$sensitivity === 'INTERNAL'",
    "$rule.$sensitivity !== 'SECRET'",
  ]),
  sight(
    'rules of what a value is derived from',
    ['access/derived-inputs', 'access/verdicts'],
    ['sightOf', '!$rule.$inputs', 'true'],
  ),
  sight('parts of secret value objects', 'access/verdicts', [
    'sightOfPart',
    "$holder.$sensitivity === 'PUBLIC' || $holder.$sensitivity === 'SECRET'",
    "$holder.$sensitivity === 'PUBLIC'",
  ]),
  sight('rows of own work only', 'access/verdicts', ['presenceOf', "$cell.$own ? 'OWN' : 'ALL'", "'ALL'"]),
  sight('rows that do not exist for a viewer', 'access/verdicts', [
    'presenceOf',
    "$type.$published ? 'PUBLISHED' : 'NONE'",
    "'PUBLISHED'",
  ]),
  scope('the row scope where no rows exist', 'access/rows', [
    'scopeSql',
    "if ($presence === 'NONE') return $none;",
    "if ($presence === 'NONE') return $all;",
    everywhere,
  ]),
  scope('own rows', 'access/rows', [
    'scopeSql',
    "$presence === 'OWN' ? $ownSql($record, $alias, $viewer, $find) : $placeSql($record, $alias, $viewer, $find)",
    '$placeSql($record, $alias, $viewer, $find)',
  ]),
  scope('the shield of a person', 'access/rows', [
    'unshielded',
    '!$shielded || $seesShielded($record.$scope, $viewer.$viewer)',
    'true',
  ]),
  scope('the shield above a part, for the district', 'access/rows', [
    'districtSql',
    '!$record.$scope.$parent || !$hidesAbove($record, $viewer, $find)',
    '$viewer',
  ]),
  scope('the shield above a part, among own rows', 'access/rows', [
    'ownSql',
    '$ways.push($insideParent($record, $alias, $find, ($parent, $name) => $unshielded($parent, $name, $viewer, $ownSql($parent, $name, $viewer, $find))))',
    '$ways.push($insideParent($record, $alias, $find, ($parent, $name) => $ownSql($parent, $name, $viewer, $find)))',
  ]),
  scope("the women's federation's own clients only", 'access/rows', [
    'scopeSql',
    '$sql`(${$withPost($record, $viewer, $rows)} and (not ${$aliased($alias, $shielded)} or ${$ownSql($record, $alias, $viewer, $find)}))`',
    '$rows',
  ]),
  scope('rows for a post', 'access/rows', ['withPost', '$post?.$viewer !== $viewer.$viewer', 'true']),
  scope('the territory of a sub-district', 'access/rows', [
    'placeSql',
    "case 'SUBDISTRICT': return $inSubdistrict() ?? $byParent() ?? $own();",
    "case 'SUBDISTRICT': return $all;",
    everywhere,
  ]),
  scope('the territory of a station', 'access/rows', [
    'placeSql',
    "$holds($alias, $scope.$territory.$station, 'station')",
    '$inSubdistrict() ?? $all',
    everywhere,
    '$inSubdistrict() ?? $byParent() ?? $own()',
  ]),
  scope('the window of a reception centre', 'access/rows', [
    'placeSql',
    'if ($scope.$subjects || $scope.$window) return $own();',
    '',
  ]),
  scope('persons of the society', 'access/rows', [
    'placeSql',
    'if ($scope.$subjects && !$scope.$units && !$scope.$persons) return $own();',
    '',
  ]),
  scope('branches of the society', 'access/rows', [
    'placeSql',
    '$viewer.$wholeSociety ? $districtSql($record, $alias, $viewer, $find) : $$part',
    '$viewer ? $districtSql($record, $alias, $viewer, $find) : $$part',
  ]),
  scope('the area of a coordinator', 'access/rows', [
    'placeSql',
    'if ($scope.$territory?.$neighbourhood) $$area;',
    'if (false as boolean) $$area;',
  ]),
  scope('the holder of a link', 'access/rows', [
    'ownSql',
    "`…${$links.$holder} = ${$binding('holder')} and ${$links.$subjectId}…`",
    '`…${$links.$subjectId}…`',
  ]),
  scope('the end of a link', 'access/rows', [
    'ownSql',
    '`… and (${$links.$until} is null or ${$links.$until} >= ${$today}))`',
    '`…)`',
  ]),
  scope('the end of an area', 'access/rows', [
    'placeSql',
    '`… and (${$areas.$until} is null or ${$areas.$until} >= ${$today}))`',
    '`…)`',
  ]),
  scope('the days after a file is closed', 'access/rows', ['since', '!$closedOn', 'true']),
  scope('the unit of own rows', 'access/rows', [
    'ownSql',
    "for (const $unit of $scope.$units ?? []) $ways.push($holds($alias, $unit, 'unit'));",
    'if ($scope.$units) $ways.push($all);',
    everywhere,
  ]),
  scope('the person of own rows', 'access/rows', [
    'ownSql',
    "`${$aliased($alias, $person)}::text = ${$binding('person')}`",
    '`${$aliased($alias, $person)} is not null`',
  ]),
  visible('types in the schema that is shown', 'access/viewer-schema', [
    'record',
    "$presenceOf($record.$rules, this.#$viewer) !== 'NONE'",
    'true',
  ]),
  visible('fields in the schema that is shown', 'access/viewer-schema', [
    'output',
    "$denial === null && !($masked?.$group.$secret && $masked.$mask === 'NULL')",
    "true || !($masked?.$group.$secret && $masked.$mask === 'NULL')",
  ]),
  visible('fields of secret groups in the schema that is shown', 'access/viewer-schema', [
    'output',
    "$denial === null && !($masked?.$group.$secret && $masked.$mask === 'NULL')",
    '$denial === null || $masked !== null',
  ]),
  visible('filters in the schema that is shown', 'access/viewer-schema', [
    'filter',
    'this.#$isOpen($record, { [$name]: {} })',
    'true',
  ]),
  visible('orders in the schema that is shown', 'access/viewer-schema', [
    'order',
    '$orderUses(this.#$policy, $record, { $field: $value }, this.#$viewer).every(($use) => !$use.$denial)',
    '$orderUses(this.#$policy, $record, { $field: $value }, this.#$viewer).every(() => true)',
  ]),
  // Value objects that no visible field holds go twice: what nothing leads to is dropped anyway.
  visible('filters on parts in the schema that is shown', 'access/viewer-schema', [
    'valueFilter',
    'this.#$filters.has(`${$record.$name}Filter.${$field.$name}`) && this.#$partFilter($record, $field, $part)',
    'this.#$filters.has(`${$record.$name}Filter.${$field.$name}`) || true',
  ]),
  visible('fields without a filter as holders of filtered parts', 'access/viewer-schema', [
    'valueFilter',
    'this.#$filters.has(`${$record.$name}Filter.${$field.$name}`) && this.#$partFilter($record, $field, $part)',
    'this.#$partFilter($record, $field, $part)',
  ]),
  viewerSdl('directives that tell where values come from', 'access/viewer-schema', [
    'shownDirectives',
    "['group', 'class', 'mask']",
    "['group', 'class', 'mask', 'computed', 'link']",
  ]),
];
