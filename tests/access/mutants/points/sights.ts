import { pointsOf } from './point.ts';

const sight = pointsOf('src/access/sight.ts');
const scope = pointsOf('src/database/rows/scope-sql.ts');
const visible = pointsOf('src/contract/viewer-schema/visible-coordinates.ts');
const viewerSdl = pointsOf('src/contract/viewer-schema/viewer-sdl.ts');

/** The matrix applied to a coordinate, to rows, and to what a viewer is shown of the contract. */
export const sights = [
  sight('aggregates only', 'access/verdicts', [
    "if (!cell || cell.value === 'A') return hidden;",
    'if (!cell) return hidden;',
  ]),
  sight('masking', 'access/verdicts', ["if (cell.value === 'F') return", "if (cell.value !== 'A') return"]),
  sight('own rows of a cell in full', 'access/verdicts', [
    'return { ...clear, own: cell.own };',
    'return { ...clear, own: false };',
  ]),
  sight('own rows of a masked cell', 'access/verdicts', [
    'return { ...maskedSight(rule, rule.group), own: cell.own };',
    'return { ...maskedSight(rule, rule.group), own: false };',
  ]),
  sight('class SECRET under M', 'access/verdicts', [
    "if (rule.sensitivity === 'SECRET') return { outcome: 'MASKED', mask: 'NULL', own: false };",
    '',
  ]),
  sight('companions only', 'access/verdicts', [
    "if (group.masked === 'companions') return",
    'if (false as boolean) return',
  ]),
  sight('masks', 'access/verdicts', [
    "if (rule.mask) return { outcome: 'MASKED', mask: rule.mask, own: false };",
    'if (rule.mask) return clear;',
  ]),
  sight('class SENSITIVE and PERSONAL under M', 'access/verdicts', [
    "if (rule.sensitivity === 'INTERNAL') return clear;",
    "if (rule.sensitivity !== 'SECRET') return clear;",
  ]),
  sight(
    'rules of what a value is derived from',
    ['access/derived-inputs', 'access/verdicts'],
    ['if (!rule.inputs) return own;', 'if (own) return own;'],
  ),
  sight('parts of secret value objects', 'access/verdicts', [
    "const whole = holder.sensitivity === 'PUBLIC' || holder.sensitivity === 'SECRET';",
    "const whole = holder.sensitivity === 'PUBLIC';",
  ]),
  sight('rows of own work only', 'access/verdicts', ["return cell.own ? 'OWN' : 'ALL';", "return 'ALL';"]),
  sight('rows that do not exist for a viewer', 'access/verdicts', [
    "return type.published ? 'PUBLISHED' : 'NONE';",
    "return 'PUBLISHED';",
  ]),
  scope('the row scope where no rows exist', 'access/rows', [
    "if (presence === 'NONE') return none;",
    "if (presence === 'NONE') return all;",
  ]),
  scope('own rows', 'access/rows', [
    "presence === 'OWN' ? ownSql(record, alias, viewer, find) : placeSql(record, alias, viewer, find);",
    'placeSql(record, alias, viewer, find);',
  ]),
  scope('the shield of a person', 'access/rows', [
    'if (!shielded || seesShielded(record.scope, viewer.viewer)) return rows;',
    'if (rows) return rows;',
  ]),
  scope('the shield above a part, for the district', 'access/rows', [
    'if (!record.scope.parent || !hidesAbove(record, viewer, find)) return all;',
    'if (viewer) return all;',
  ]),
  scope('the shield above a part, among own rows', 'access/rows', [
    'unshielded(parent, name, viewer, ownSql(parent, name, viewer, find)),',
    'ownSql(parent, name, viewer, find),',
  ]),
  scope("the women's federation's own clients only", 'access/rows', [
    'return sql`(${withPost(record, viewer, rows)} and (not ${aliased(alias, shielded)} or ${ownSql(record, alias, viewer, find)}))`;',
    'return rows;',
  ]),
  scope('rows for a post', 'access/rows', [
    'if (post?.viewer !== viewer.viewer) return rows;',
    'if (rows) return rows;',
  ]),
  scope('the territory of a sub-district', 'access/rows', [
    "case 'SUBDISTRICT':\n      return inSubdistrict() ?? byParent() ?? own();",
    "case 'SUBDISTRICT':\n      return all;",
  ]),
  scope('the territory of a station', 'access/rows', [
    "? holds(alias, scope.territory.station, 'station')",
    '? (inSubdistrict() ?? all)',
  ]),
  scope('the window of a reception centre', 'access/rows', [
    'if (scope.subjects || scope.window) return own();',
    '',
  ]),
  scope('persons of the society', 'access/rows', [
    'if (scope.subjects && !scope.units && !scope.persons) return own();',
    '',
  ]),
  scope('branches of the society', 'access/rows', [
    'return viewer.wholeSociety\n        ? districtSql(record, alias, viewer, find)',
    'return viewer\n        ? districtSql(record, alias, viewer, find)',
  ]),
  scope('the area of a coordinator', 'access/rows', [
    'if (scope.territory?.neighbourhood)\n',
    'if (false as boolean)\n',
  ]),
  scope('the holder of a link', 'access/rows', [
    "${links.holder} = ${binding('holder')} and ${links.subjectId}",
    '${links.subjectId}',
  ]),
  scope('the end of a link', 'access/rows', [
    ' and (${links.until} is null or ${links.until} >= ${today}))`',
    ')`',
  ]),
  scope('the end of an area', 'access/rows', [
    ' and (${areas.until} is null or ${areas.until} >= ${today}))`',
    ')`',
  ]),
  scope('the days after a file is closed', 'access/rows', [
    'if (!closedOn) return sql``;',
    'if (alias) return sql``;',
  ]),
  scope('the unit of own rows', 'access/rows', [
    "for (const unit of scope.units ?? []) ways.push(holds(alias, unit, 'unit'));",
    'if (scope.units) ways.push(all);',
  ]),
  scope('the person of own rows', 'access/rows', [
    "sql`${aliased(alias, person)}::text = ${binding('person')}`",
    'sql`${aliased(alias, person)} is not null`',
  ]),
  visible('types in the schema that is shown', 'access/viewer-schema', [
    "return presenceOf(record.rules, this.#viewer) !== 'NONE';",
    'return true;',
  ]),
  visible('fields in the schema that is shown', 'access/viewer-schema', [
    'return denial === null &&',
    'return true ||',
  ]),
  visible('fields of secret groups in the schema that is shown', 'access/viewer-schema', [
    " && !(masked?.group.secret && masked.mask === 'NULL')",
    ' || masked !== null',
  ]),
  visible('filters in the schema that is shown', 'access/viewer-schema', [
    'return this.#isOpen(record, { [name]: {} });',
    'return true;',
  ]),
  visible('orders in the schema that is shown', 'access/viewer-schema', [
    '{ field: value }, this.#viewer).every((use) => !use.denial)',
    '{ field: value }, this.#viewer).every(() => true)',
  ]),
  // Value objects that no visible field holds go twice: what nothing leads to is dropped anyway.
  visible('filters on parts in the schema that is shown', 'access/viewer-schema', [
    '&& this.#partFilter(record, field, part),\n    );',
    '|| true,\n    );',
  ]),
  visible('fields without a filter as holders of filtered parts', 'access/viewer-schema', [
    'this.#filters.has(`${record.name}Filter.${field.name}`) &&',
    '',
  ]),
  viewerSdl('directives that tell where values come from', 'access/viewer-schema', [
    "new Set(['group', 'class', 'mask'])",
    "new Set(['group', 'class', 'mask', 'computed', 'link'])",
  ]),
];
