-- The day that lies so many working days after a day, which itself does not count; the day itself for none. The same as
-- WorkingDays.add (src/contract/deadlines/working-days.ts): Monday to Friday, but for what access.working_days says.
-- Twice as many days and a fortnight hold that many working days whatever holidays lie between.
create function access.add_working_days(day date, count integer) returns date language sql stable strict parallel safe
return case when count <= 0 then day else (
  select d.day from (select add_working_days.day + n as day from generate_series(1, 2 * count + 15) n) d
    left join access.working_days w on w.day = d.day
  where coalesce(w.is_worked, extract(isodow from d.day) < 6)
  order by d.day offset count - 1 limit 1) end;
--> statement-breakpoint
-- The working days after a day up to another, that one included (WorkingDays.between).
create function access.working_days_between(first date, last date) returns integer language sql stable strict parallel safe
return (
  select count(*)::integer from (select first + n as day from generate_series(1, last - first) n) d
    left join access.working_days w on w.day = d.day
  where coalesce(w.is_worked, extract(isodow from d.day) < 6));
