-- organisation, 1 parameters
select "t"."id" as "id", "t"."name" as "name"
  from "organisation"."org_units" "t"
  where "t"."id" = any((select $1::text[])::text[]) and true;

-- permits, 2 parameters
select "k"."key" as "$parent", "c".*
  from unnest($1::uuid[]) "k"("key")
  cross join lateral (select "t"."id" as "id", "t"."kind" as "kind", "t"."occurred_at" as "occurredAt", ("t"."occurred_at")::text as "$order"
  from "permits"."permit_events" "t"
  where "t"."permit_id" = "k"."key" and true
  order by "t"."occurred_at" asc, "t"."id" asc
  limit $2::int) "c";

-- permits, 4 parameters
select count(*)::int as "count"
  from "permits"."residence_permits" "t"
  where true and ("t"."valid_to" between $1::date and $2::date + $3::int and "t"."status" = $4::text);

-- permits, 5 parameters
select "t"."id" as "id", "t"."permit_no" as "permitNo", "t"."type" as "type", "t"."valid_to" as "validTo", "t"."holder_id__permit_status_2" as "holder.key", ("t"."valid_to")::text as "$order"
  from "permits"."residence_permits" "t"
  where true and ("t"."valid_to" between $1::date and $2::date + $3::int and "t"."status" = $4::text)
  order by "t"."valid_to" asc, "t"."id" asc
  limit $5::int;

-- public_security, 1 parameters
select "t"."id" as "id", "t"."name" as "name", "t"."mobile_phone" as "mobilePhone", "t"."station_code" as "policeStation.key"
  from "public_security"."migrants" "t"
  where "t"."id" = any((select $1::uuid[])::uuid[]) and true;
