-- construction, 1 parameters
select "t"."id" as "id", "t"."employer_id" as "employer.key"
  from "construction"."construction_enterprises" "t"
  where "t"."id" = any((select $1::uuid[])::uuid[]) and true;

-- construction, 1 parameters
select "t"."id" as "id", "t"."name" as "name", "t"."general_contractor_id" as "generalContractor.key"
  from "construction"."construction_sites" "t"
  where "t"."id" = any((select $1::uuid[])::uuid[]) and true;

-- education, 1 parameters
select "t"."id" as "id", "t"."name" as "name", "t"."enrolled" as "enrolled"
  from "education"."migrant_schools" "t"
  where "t"."id" = any((select $1::uuid[])::uuid[]) and true;

-- education, 2 parameters
select "k"."key" as "$parent", "c".*
  from unnest($1::uuid[]) "k"("key")
  cross join lateral (select "t"."id" as "id", "t"."licence_no" as "licenceNo", "t"."valid_to" as "validTo", ("t"."valid_from")::text as "$order"
  from "education"."school_licences" "t"
  where "t"."school_id" = "k"."key" and true
  order by "t"."valid_from" desc nulls last, "t"."id" desc
  limit $2::int) "c";

-- health, 2 parameters
select "t"."id" as "id", "t"."visited_on" as "visitedOn", "t"."findings" as "findings", "t"."site_id" as "site.key", "t"."school_id" as "school.key", ("t"."visited_on")::text as "$order"
  from "health"."epidemic_site_visits" "t"
  where true and (("t"."rectified_on" is null) = $1::boolean)
  order by "t"."visited_on" desc, "t"."id" desc
  limit $2::int;

-- labour, 1 parameters
select "t"."id" as "id", "t"."name" as "name", "t"."contact_phone" as "contactPhone"
  from "labour"."employers" "t"
  where "t"."id" = any((select $1::uuid[])::uuid[]) and true;
