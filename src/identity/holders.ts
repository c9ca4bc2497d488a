import { sql } from 'drizzle-orm';

/** The unit for which the society acts for all its branches. */
export const societyUnit = 'PT-SVC';

/**
 * The viewer who acts for a holder of links. A person holds a coordinator's links, a unit those of a branch.
 */
export function viewerOfHolder(holder: string): string {
  const code = /^PT-([A-Z]+)/.exec(holder)?.[1] ?? 'COR';
  return code === 'SVB' ? 'SVC' : code;
}

/** The same in SQL, over a column `holder`. */
export const viewerOfHolderSql = sql`case substring(holder from '^PT-([A-Z]+)') when 'SVB' then 'SVC' else coalesce(substring(holder from '^PT-([A-Z]+)'), 'COR') end`;

/** The branch of a sub-district as a holder, over SQL that gives the sub-district's code. */
export const branchOfSql = (subdistrict: ReturnType<typeof sql>) =>
  sql`'PT-SVB-' || right(${subdistrict}, 3)`;
