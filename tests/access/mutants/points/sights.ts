import { pointsOf } from './point.ts';

const access = pointsOf('field-access.ts');
const rowsOf = pointsOf('row-access.ts');
const scope = pointsOf('scope-sql.ts');
const visible = pointsOf('visible-coordinates.ts');
const viewerSdl = pointsOf('viewer-sdl.ts');

const everywhere = 'const $all = $sql`true`;';

/** The matrix applied to a coordinate, to rows, and to what a viewer is shown of the contract. */
export const sights = [
  access('aggregates only', 'access/verdicts', ['byGroup', "!$cell || $cell.$value === 'A'", '!$cell']),
  access('masking', 'access/verdicts', ['byGroup', "$cell.$value === 'F'", "$cell.$value !== 'A'"]),
  access('own rows of a cell in full', 'access/verdicts', [
    'byGroup',
    '{ ...$clear, $own }',
    '{ ...$clear, $own: false }',
  ]),
  access('own rows of a masked cell', 'access/verdicts', [
    'byGroup',
    '{ ...$masked($rule, $rule.$group), $own }',
    '{ ...$masked($rule, $rule.$group), $own: false }',
  ]),
  access('class SECRET under M', 'access/verdicts', [
    'masked',
    "if ($rule.$sensitivity === 'SECRET') return $nothingShown;",
    '',
  ]),
  access('companions only', 'access/verdicts', [
    'masked',
    "$group.$masked === 'companions'",
    'false as boolean',
  ]),
  access('masks', 'access/verdicts', [
    'masked',
    '{ ...$nothingShown, $mask: $rule.$mask }',
    '$clear',
    "if ($rule.$mask === 'SHOWN') return $clear;",
  ]),
  access('class SENSITIVE and PERSONAL under M', 'access/verdicts', [
    'masked',
    "$rule.$sensitivity === 'INTERNAL'",
    "$rule.$sensitivity !== 'SECRET'",
  ]),
  access(
    'rules of what a value is derived from',
    ['access/derived-inputs', 'access/verdicts'],
    ['fieldAccess', '!$rule.$inputs', 'true'],
  ),
  access('parts of secret value objects', 'access/verdicts', [
    'partAccess',
    "$holder.$sensitivity === 'PUBLIC' || $holder.$sensitivity === 'SECRET'",
    "$holder.$sensitivity === 'PUBLIC'",
  ]),
  rowsOf('rows of own work only', 'access/verdicts', ['rowAccess', "$cell.$own ? 'OWN' : 'ALL'", "'ALL'"]),
  rowsOf('rows that do not exist for a viewer', 'access/verdicts', [
    'rowAccess',
    "$type.$published ? 'PUBLISHED' : 'NONE'",
    "'PUBLISHED'",
  ]),
  scope('the row scope where no rows exist', 'access/rows', [
    'scopeSql',
    "if ($those === 'NONE') return $none;",
    "if ($those === 'NONE') return $all;",
    everywhere,
  ]),
  scope('own rows', 'access/rows', [
    'scopeSql',
    "$those === 'OWN' ? $ownSql($record, $alias, $viewer, $find) : $placeSql($record, $alias, $viewer, $find)",
    '$placeSql($record, $alias, $viewer, $find)',
  ]),
  scope(
    'for how long what was made of former residents is seen',
    ['access/rows', 'doing/moved-out'],
    [
      'orFormer',
      '$sql`${$aliased($alias, $former.$leftOn)} >= ${$today} - ${$sql.raw(String($former.$days))}`',
      '$sql`${$aliased($alias, $former.$leftOn)} is not null`',
    ],
  ),
  scope('the shield of a person', 'access/rows', [
    'unshielded',
    '!$shielded || $seesShielded($record.$scope, $viewer.$department)',
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
  scope('rows for a post', 'access/rows', ['withPost', '$post?.$viewer !== $viewer.$department', 'true']),
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
    "$record.$access[this.#$viewer].$rows !== 'NONE'",
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
    '$orderUses(this.#$plan, $record, { $field: $value }, this.#$viewer).every(($use) => !$use.$denial)',
    '$orderUses(this.#$plan, $record, { $field: $value }, this.#$viewer).every(() => true)',
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
