-- Keeps the totals of a table (src/store/row-totals.ts) in the transaction that changes its rows: a trigger of a
-- statement, with what the statement has added and removed. Rows that stay in their group cost no write.
CREATE FUNCTION "access"."count_rows"() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
  totals text := format('%I.%I', tg_table_schema, tg_table_name || '_totals');
  step text := case tg_op
    when 'INSERT' then 'select subdistrict_code, station_code, shielded, 1 as n from added'
    when 'DELETE' then 'select subdistrict_code, station_code, shielded, -1 as n from removed'
    when 'UPDATE' then 'select subdistrict_code, station_code, shielded, 1 as n from added union all
      select subdistrict_code, station_code, shielded, -1 from removed' end;
BEGIN
  IF tg_op = 'TRUNCATE' THEN
    EXECUTE format('delete from %s', totals);
  ELSE
    -- In one order, so that two writers never wait for each other.
    EXECUTE format('insert into %s as t (subdistrict_code, station_code, shielded, total)
      select subdistrict_code, station_code, shielded, sum(n) from (%s) s
      group by 1, 2, 3 having sum(n) <> 0 order by 1, 2, 3
      on conflict (subdistrict_code, station_code, shielded) do update set total = t.total + excluded.total',
      totals, step);
  END IF;
  RETURN NULL;
END $$;
