import { Placeholder } from 'drizzle-orm';
import { type PgColumn, PgDialect } from 'drizzle-orm/pg-core';
import { linkSelects } from '../../../src/access/refresh.ts';
import type { Department } from '../../../src/departments/department.ts';
import { departments } from '../../../src/departments/index.ts';
import type { Pools } from '../../../src/store/pools.ts';
import { testDay } from '../../support/graph.ts';
import type { District } from '../reading/district.ts';

const dialect = new PgDialect();
const always = 'always';

/** Until when by holder and subject: `PT-HLR 0190…` → a day, or always. */
type Links = Map<string, string>;

/**
 * Each record type whose rows make other links of persons and holders than the dossier says (§6.3), read in plain
 * JavaScript from the departments as they are.
 * @param made the departments whose links are compared
 */
export async function* linkFaults(
  made: readonly Department[],
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

async function linksBySql(department: Department, pools: Pools): Promise<Links> {
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

function linksByReading({ store, unit, records }: Department, district: District): Links {
  const links: Links = new Map();
  for (const [type, { scope }] of Object.entries(records))
    for (const row of district.rows(type)) {
      const value = (column: PgColumn) => row[district.property(type, column)];
      const link = (holder: unknown, subject: unknown, until: string | null = null) => {
        if (holder != null && subject != null && (until === null || until >= testDay))
          put(links, holder, subject, until);
      };
      // The register knows everybody.
      if (store !== 'public_security')
        for (const column of [scope.subjects, scope.serves, scope.concerns].flatMap((ids) => ids ?? []))
          link(unit, value(column));
      const { window } = scope;
      if (window)
        for (const column of scope.subjects ?? [])
          link(value(window.unit), value(column), after(window.closedOn && value(window.closedOn), 30));
      if (!scope.task) continue;
      const { assignee, closedOn, subject, subdistrict } = scope.task;
      const branch = value(subdistrict);
      for (const holder of [
        value(assignee),
        unit,
        branch == null ? null : `PT-SVB-${String(branch).slice(-3)}`,
      ])
        link(holder, value(subject), after(closedOn && value(closedOn), 7));
    }
  return links;
}

/** So many days after a day; null stays null. */
const after = (day: unknown, days: number): string | null =>
  day == null ? null : new Date(Date.parse(String(day)) + days * 86_400_000).toISOString().slice(0, 10);
