import { Placeholder } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import { linkSelects } from '../../../src/database/links/refresh.ts';
import type { ScopedDepartment } from '../../../src/departments/department.ts';
import { productDepartments } from '../../../src/schema.ts';
import type { Pools } from '../../../src/store/pools.ts';
import { testDay } from '../../support/graph.ts';
import type { District } from '../reading/district.ts';

const dialect = new PgDialect();
const always = 'always';
const departments = productDepartments();

/** Until when by holder and subject: `PT-HLR 0190…` → a day, or always. */
type Links = Map<string, string>;

/**
 * Each record type whose rows make other links of persons and holders than the dossier says (§6.3), read in plain
 * JavaScript from the departments as they are.
 * @param made the departments whose links are compared
 */
export async function* linkFaults(
  made: readonly ScopedDepartment[],
  pools: Pools,
  district: District,
): AsyncGenerator<string> {
  for (const [i, department] of made.entries()) {
    const pristine = departments[i];
    // Untouched ones are compared once, by the test of links.
    if (department === pristine && made !== departments) continue;
    if (pristine?.store !== department.store) throw new Error(`${department.store}: not where it was`);
    for (const [type, source] of Object.entries(department.records)) {
      const as = pristine.records[type];
      if (!as || (source === as && made !== departments)) continue;
      const got = await linksBySql({ ...department, records: { [type]: source } }, pools);
      const expected = linksByReading({ ...pristine, records: { [type]: as } }, district);
      const missing = [...expected].find(([link, until]) => got.get(link) !== until);
      const extra = [...got.keys()].find((link) => !expected.has(link));
      if (missing) yield `${type}: no link ${missing.join(' until ')}`;
      if (extra) yield `${type}: the link ${extra} is nobody's`;
    }
  }
}

async function linksBySql(department: ScopedDepartment, pools: Pools): Promise<Links> {
  const found: Links = new Map();
  for (const select of linkSelects(department)) {
    const { sql: text, params } = dialect.sqlToQuery(select);
    const values = params.map((p) => (p instanceof Placeholder ? testDay : p));
    const rows = await pools.ownerOf(department.store).unsafe(text, values as never[]);
    for (const { holder, subject_id: subject, until } of rows) put(found, holder, subject, until);
  }
  return found;
}

/** A link without an end wins over one with; of several ends the last. */
function put(links: Links, holder: unknown, subject: unknown, until: unknown): void {
  const key = `${holder} ${subject}`;
  const known = links.get(key);
  const end = until === null || until === undefined ? always : String(until);
  if (known === always || (known !== undefined && end !== always && known >= end)) return;
  links.set(key, end);
}

function linksByReading({ store, unit, records }: ScopedDepartment, district: District): Links {
  const links: Links = new Map();
  for (const type of Object.keys(records))
    for (const row of district.rows(type)) {
      const scope = district.scope(type);
      const link = (holder: unknown, subject: unknown, until: string | null = null) => {
        if (holder != null && subject != null && (until === null || until >= testDay))
          put(links, holder, subject, until);
      };
      // The register knows everybody.
      if (store !== 'public_security')
        for (const column of [...scope.about, ...scope.serves, ...scope.concerns]) link(unit, row[column]);
      const { window, task } = scope;
      if (window)
        for (const column of scope.about)
          link(row[window.unit], row[column], after(row[window.closedOn], window.days));
      if (!task) continue;
      const branch = row[task.subdistrict];
      for (const holder of [
        row[task.assignee],
        unit,
        branch == null ? null : `PT-SVB-${String(branch).slice(-3)}`,
      ])
        link(holder, row[task.subject], after(row[task.closedOn], task.days));
    }
  return links;
}

/** So many days after a day; null stays null. */
const after = (day: unknown, days: number): string | null =>
  day == null ? null : new Date(Date.parse(String(day)) + days * 86_400_000).toISOString().slice(0, 10);
