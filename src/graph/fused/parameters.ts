import { is, Placeholder, SQL, sql } from 'drizzle-orm';

/** The same SQL with each parameter as `of` writes it. */
export function mapParameters(query: SQL, of: (name: string) => SQL): SQL {
  const chunks = query.queryChunks.map((chunk) => {
    if (is(chunk, Placeholder)) return sql`${of((chunk as Placeholder).name)}`;
    return is(chunk, SQL) ? mapParameters(chunk, of) : chunk;
  });
  return sql.join(chunks as SQL[]);
}
