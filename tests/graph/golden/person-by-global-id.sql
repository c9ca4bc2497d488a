-- housing, 1 parameters
select "t"."id" as "id", "t"."usage" as "usage"
  from "housing"."dwellings" "t"
  where "t"."id" = any((select $1::uuid[])::uuid[]) and true;

-- public_security, 1 parameters
select "t"."id" as "id", "t"."member_count" as "memberCount"
  from "public_security"."households" "t"
  where "t"."id" = any((select $1::uuid[])::uuid[]) and true;

-- public_security, 1 parameters
select "t"."id" as "id", "t"."name" as "name"
  from "public_security"."migrants" "t"
  where "t"."id" = any((select $1::uuid[])::uuid[]) and true;

-- public_security, 1 parameters
select "t"."id" as "id", "t"."name" as "name", "t"."household_id" as "household.key"
  from "public_security"."migrants" "t"
  where "t"."id" = any((select $1::uuid[])::uuid[]) and true;

-- public_security, 1 parameters
select "t"."person_id" as "$parent", count(*)::int as "count"
  from "public_security"."residence_registrations" "t"
  where "t"."person_id" = any($1::uuid[]) and (true and "t"."status" <> 'CLOSED')
  group by 1;

-- public_security, 2 parameters
select "k"."key" as "$parent", "c".*
  from unnest($1::uuid[]) "k"("key")
  cross join lateral (select "t"."id" as "id", "t"."arrived_here_on" as "arrivedHereOn", "t"."departed_on" as "departedOn", ("t"."arrived_here_on")::text as "$order"
  from "public_security"."residence_registrations" "t"
  where "t"."person_id__address_history" = "k"."key" and (true and "t"."status" = 'CLOSED')
  order by "t"."arrived_here_on" desc, "t"."id" desc
  limit $2::int) "c";

-- public_security, 2 parameters
select "k"."key" as "$parent", "c".*
  from unnest($1::uuid[]) "k"("key")
  cross join lateral (select "t"."id" as "id", "t"."relation_to_head" as "relationToHead", "t"."person_id__family_relations" as "person.key"
  from "public_security"."household_members" "t"
  where "t"."household_id" = "k"."key" and true
  order by "t"."id" asc
  limit $2::int) "c";

-- public_security, 2 parameters
select "k"."key" as "$parent", "c".*
  from unnest($1::uuid[]) "k"("key")
  cross join lateral (select "t"."id" as "id", "t"."serial_no__registration_metadata" as "serialNo", "t"."dwelling_id__current_address" as "dwelling.key", ("t"."arrived_here_on__current_address")::text as "$order"
  from "public_security"."residence_registrations" "t"
  where "t"."person_id" = "k"."key" and (true and "t"."status" <> 'CLOSED')
  order by "t"."arrived_here_on__current_address" desc, "t"."id" desc
  limit $2::int) "c";
