-- commerce, 2 parameters
select "k"."key" as "$parent", "c".*
  from unnest($1::uuid[]) "k"("key")
  cross join lateral (select "t"."id" as "id", "t"."occurred_on" as "occurredOn", "t"."findings" as "findings", ("t"."occurred_on")::text as "$order"
  from "commerce"."premises_inspections" "t"
  where "t"."premises_id" = "k"."key" and true
  order by "t"."occurred_on" desc, "t"."id" desc
  limit $2::int) "c";

-- commerce, 2 parameters
select count(*)::int as "count"
  from "commerce"."small_premises" "t"
  where true and ("t"."is_unlicensed__derived" = $1::boolean and exists (select 1
  from "commerce"."premises_inspections" "tr"
  where "tr"."premises_id" = "t"."id" and true and (("tr"."rectified_on" is null) = $2::boolean)));

-- commerce, 3 parameters
select "t"."id" as "id", "t"."kind" as "kind", "t"."road" as "address.road", "t"."lane" as "address.lane", "t"."building" as "address.building", "t"."room" as "address.room", "t"."neighbourhood_code" as "address.neighbourhoodCode", "t"."subdistrict_code" as "address.subdistrictCode", "t"."dwelling_id__licence_premises" as "dwelling.key"
  from "commerce"."small_premises" "t"
  where true and ("t"."is_unlicensed__derived" = $1::boolean and exists (select 1
  from "commerce"."premises_inspections" "tr"
  where "tr"."premises_id" = "t"."id" and true and (("tr"."rectified_on" is null) = $2::boolean)))
  order by "t"."id" asc
  limit $3::int;

-- housing, 3 parameters
select "t"."id" as "id", "t"."usage" as "usage", "t"."floor_area" as "floorArea"
  from "housing"."dwellings" "t"
  where "t"."id" = any((select $1::uuid[])::uuid[]) and (exists (select 1
  from "access"."links"
  where "access"."links"."holder" = $2 and "access"."links"."subject_id" = "t"."id" and ("access"."links"."until" is null or "access"."links"."until" >= $3::date)));
