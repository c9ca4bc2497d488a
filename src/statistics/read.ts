import type { Statement } from '../graph/reads/statement.ts';

// Both statements say themselves what the viewer may read, a sub-district only its own part. The second wall
// says it too.

/** The snapshots of some stores: parameters `stores`, `since`, `month` (null: the earliest, the latest). */
export const snapshotStatement: Statement = {
  store: 'statistics',
  text: `with offered as (
  select month from statistics.snapshots where store = any($1::text[])
  group by month having count(*) = cardinality($1::text[])
)
select month, store, as_of::text as "asOf", taken_on::text as "takenOn" from statistics.snapshots
where store = any($1::text[]) and month in (select month from offered)
  and month <= coalesce($3::text, (select max(month) from offered))
  and month >= coalesce($2::text, (select min(month) from offered))
order by month, store`,
  parameters: ['stores', 'since', 'month'],
};

/** The cells of some measures: parameters `measures`, `months`, `keySet`, `place` (null: all), `limit`. */
export const cellStatement: Statement = {
  store: 'statistics',
  text: `select measure, month, keys, value::text as value, is_suppressed as "isSuppressed", upper_bound as "upperBound"
from statistics.cells
where measure = any($1::text[]) and month = any($2::text[]) and key_set = $3::text
  and ($4::text is null or subdistrict_code = $4::text)
order by month, keys, measure limit $5::int`,
  parameters: ['measures', 'months', 'keySet', 'place', 'limit'],
};
