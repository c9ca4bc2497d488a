/** A statement that does not end by itself: what ends it is what is tried. Nobody waits for its time to pass. */
export const endless = 'select pg_sleep(86400)';

/** The same behind three thousand rows: by the time it stops, some of them have come. */
export const endlessAfterRows =
  'select g, case when g > 3000 then pg_sleep(86400)::text end as n from generate_series(1, 4000) g';
