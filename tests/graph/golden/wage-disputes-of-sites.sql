-- construction, 1 parameters
select "t"."id" as "id", "t"."name" as "name", "t"."migrant_workers" as "migrantWorkers"
  from "construction"."construction_sites" "t"
  where "t"."id" = any((select $1::uuid[])::uuid[]) and true;

-- construction, 1 parameters
select count(*)::int as "count"
  from "construction"."site_wage_disputes" "t"
  where true and (exists (select 1
  from "construction"."construction_sites" "tr"
  where "tr"."id" = "t"."site_id" and true and ("tr"."status" = any($1::text[]))));

-- construction, 2 parameters
select "t"."id" as "id", "t"."claim_band__derived" as "claimBand", "t"."worker_count_band__derived" as "workerCountBand", "t"."status" as "status", "t"."site_id" as "site.key", "t"."transferred_to_id" as "transferredTo.key", ("t"."reported_on")::text as "$order"
  from "construction"."site_wage_disputes" "t"
  where true and (exists (select 1
  from "construction"."construction_sites" "tr"
  where "tr"."id" = "t"."site_id" and true and ("tr"."status" = any($1::text[]))))
  order by "t"."reported_on" desc, "t"."id" desc
  limit $2::int;
