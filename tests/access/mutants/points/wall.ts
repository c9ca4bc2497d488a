import { pointsOf } from './point.ts';

const columns = pointsOf('src/database/columns/column-plan.ts', 'database');
const policies = pointsOf('src/database/wall/policy-sql.ts', 'database');
const alone = ['access/database-alone', 'access/roles-alone'];

/** The second wall: judged without the program's rules, by the roles of the viewers. */
export const wall = [
  policies('the policy on rows', alone, [
    "for select to ${roles.map(quoted).join(', ')} using (${condition})`",
    "for select to ${roles.map(quoted).join(', ')} using (true)`",
  ]),
  policies('the grants on columns', alone, [
    '.filter(([, readers]) => readers.has(viewer))\n    .map(([column]) => column)',
    '.map(([column]) => column)',
  ]),
  policies('the rows of functions for sealed values', alone, [
    'where "t"."id" = row_id and ${condition}`',
    'where "t"."id" = row_id`',
  ]),
  policies('own rows in functions for sealed values', alone, [
    "const seen = own ? sql`(${rows} and ${ownRows(record, 't', c, model)})` : rows;",
    'const seen = own ? rows : rows;',
  ]),
  policies('the links of others', 'access/roles-alone', [
    "const ownHolder = `holder = current_setting('laihu.holder', true)`;",
    "const ownHolder = 'true';",
  ]),
  policies('the numbers that were presented elsewhere', 'access/roles-alone', [
    "`unit = current_setting('laihu.unit', true)`",
    "'true'",
  ]),
  columns('columns of masked and of clear values apart', alone, [
    'else getOrMake(masks, sight.mask!, () => new Set<ViewerName>()).add(name);',
    'else clear.add(name);',
  ]),
  pointsOf('src/database/wall/login.ts', 'database')(
    'the login as the own role',
    ['access/login', ...alone],
    [
      'roleUrl(ownerUrl, roleOf(getViewer(viewer as ViewerName).name));',
      'viewer && roleOf(getViewer(viewer as ViewerName).name) && roleUrl ? ownerUrl : ownerUrl;',
    ],
  ),
];
