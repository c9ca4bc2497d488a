import { pointsOf } from './point.ts';

const sight = pointsOf('src/access/sight.ts');
const projection = pointsOf('src/graph/reads/projection.ts');
const condition = pointsOf('src/graph/reads/condition-sql.ts');
const policy = pointsOf('src/access/policy.ts');
const scope = pointsOf('src/database/rows/scope-sql.ts');
const askedOf = pointsOf('src/access/sight.ts', 'database');
const refresh = pointsOf('src/database/links/refresh-asked.ts', 'database');
const views = pointsOf('src/database/wall/asked-views.ts', 'database');
const asked = pointsOf('src/database/rows/asked.ts', 'database');
const elsewhere = ['access/asked-elsewhere'];

/** What a department sees for being asked (dossier §6.2, R2): few fields, of what it is asked about, while the file is open. */
export const askings = [
  scope('the end of the own item in an open file', 'access/rows', [
    "= ${binding('unit')} and ${isOpen(alias, scope.asked.closedOn)})`,",
    "= ${binding('unit')})`,",
  ]),
  scope('the unit that is asked', 'access/rows', [
    "${aliased(alias, scope.asked.unit)} = ${binding('unit')} and ${isOpen",
    '${isOpen',
  ]),
  scope('the day on which a file is closed', 'access/rows', [
    '${aliased(alias, closedOn)} > ${today})`',
    '${aliased(alias, closedOn)} >= ${today})`',
  ]),
  scope('files of whom a department serves', 'access/rows', [
    'const served = isStranger ? [] : (scope.subjects ?? []);',
    'const served = isStranger ? (scope.subjects ?? []) : (scope.subjects ?? []);',
  ]),
  scope('the one department that keeps all files', 'access/rows', [
    ' && viewer.viewer !== onRequest.keeper;',
    ' && viewer.viewer === onRequest.keeper;',
  ]),
  scope('things as own work only where they stand in own records', 'access/rows', [
    'for (const subject of [...served, ...(scope.concerned ?? [])])',
    'if (scope.concerned) ways.push(all);\n  for (const subject of served)',
  ]),
  sight('who is asked', 'access/verdicts', [
    "presenceOf(type, viewer) === 'OWN' && type.askedOf.includes(viewer);",
    "presenceOf(type, viewer) === 'OWN' && type.askedOf.length > 0;",
  ]),
  sight('fields that are no part of what is asked', 'access/verdicts', [
    "rule.asked === undefined && kind !== 'held' && (kind !== 'many' || sight.own);",
    "rule.asked === undefined && kind === 'held' && sight.own;",
  ]),
  policy('what is told of fields in asked rows', 'access/verdicts', [
    'const ownRows = butAsked ||',
    'const ownRows = (butAsked && false) ||',
  ]),
  projection(
    'relations of records that are only asked about',
    ['access/nested', 'access/lists'],
    ['(field.rule.asked ? key : unasked(key))', 'key'],
  ),
  condition(
    'conditions on what an asked row does not tell',
    ['access/filters', 'questions/opinions'],
    [
      'return withheld && mayBeAsked(record, context) ? sql`not ${askedMark(alias)}` : sql`true`;',
      'return withheld && !mayBeAsked(record, context) ? sql`not ${askedMark(alias)}` : sql`true`;',
    ],
  ),
  asked('columns of asked records beside those that are asked', 'access/roles-alone', [
    'const own = askedColumn(field);',
    'const own = askedColumn(field) ?? `${field.name}__asked`;',
  ]),
  askedOf('who has a view of what is asked', 'access/roles-alone', [
    "presenceOf(type, viewer) === 'OWN' && type.askedOf.includes(viewer);",
    "presenceOf(type, viewer) === 'OWN' && type.askedOf.length > 0;",
  ]),
  views('the rights to the views of what is asked', 'access/roles-alone', [
    'grant select on ${name} to "${roleOf(viewer)}"`,',
    'grant select on ${name} to ${viewers.map((v) => `"${roleOf(v.name)}"`).join()}${viewer && \'\'}`,',
  ]),
  views('the barrier of the views', 'access/wall/lint', [
    'create view ${name} with (security_barrier = true) as',
    'create view ${name} as',
  ]),
  views('what is asked about among all rows', 'access/roles-alone', [
    'const rows = sql`(${sql.join(about, sql` or `)})${seen(record, viewer, model)}`;',
    'const rows = sql`(true or ${sql.join(about, sql` or `)})${seen(record, viewer, model)}`;',
  ]),
  views('the record that is asked about', 'access/roles-alone', [
    'where ${aliased(\'a\', by)} = "t"."id" and ${aliased(\'a\', scope.asked.unit)}',
    "where ${aliased('a', by)} is not null and ${aliased('a', scope.asked.unit)}",
  ]),
  views('the unit that is asked, in the view', 'access/roles-alone', [
    "and ${aliased('a', scope.asked.unit)} = ${unit} and",
    "and ${aliased('a', scope.asked.unit)} is not null and",
  ]),
  views('the end of being asked, in the view', 'access/roles-alone', [
    " and ${isOpen('a', scope.asked.closedOn)})`;",
    ')`;',
  ]),
  views('the shield of a person who is asked about', 'access/roles-alone', [
    "const open = shielded ? sql` and not ${aliased('t', shielded)}` : sql``;",
    "const open = shielded ? sql` and ${aliased('t', shielded)} is not null` : sql``;",
  ]),
  views('own rows as own rows, though they are asked about', 'access/roles-alone', [
    'return sql`${open}${sql.join(own, sql``)}`;',
    'return own ? open : open;',
  ]),
  views('the record that a store of another server asks about', elsewhere, [
    '${aliased(\'a\', askedAbout.subjectId)} = "t"."id" and',
    "${aliased('a', askedAbout.subjectId)} is not null and",
  ]),
  views('the unit that a store of another server asks', elsewhere, [
    "${aliased('a', askedAbout.holder)} = ${unit} and",
    "${aliased('a', askedAbout.holder)} is not null and",
  ]),
  views('the end of being asked by a store of another server', elsewhere, [
    " and ${isOpen('a', askedAbout.closedOn)})`;",
    ')`;',
  ]),
  refresh('closed files at a refresh', elsewhere, [" and ${isOpen('t', asked.closedOn)}`;", '`;']),
  refresh('units with a territory at a refresh', elsewhere, [
    "where ${aliased('t', asked.unit)} ~ '^PT-[A-Z]+$' and",
    'where',
  ]),
  refresh('the day at which a refresh asks', elsewhere, [
    '(p instanceof Placeholder ? day : p)',
    "(p instanceof Placeholder ? day.replace('2007', '2006') : p)",
  ]),
  refresh('what a server does not hold', elsewhere, [
    'from !== server && held.some(({ records }) => record in records),',
    'from !== server && held.some(({ records }) => record in records || records),',
  ]),
  refresh('what was asked and is no more', elsewhere, ['await tx`delete from access.asked`;', '']),
  refresh('the last end of several', elsewhere, [
    '(row.closed === null || row.closed > known.closed)',
    '(row.closed === null || row.closed < known.closed)',
  ]),
];
