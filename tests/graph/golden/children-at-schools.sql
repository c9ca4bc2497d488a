-- education, 1 parameters
select "t"."id" as "id", "t"."name" as "name", "t"."is_over_capacity__derived" as "isOverCapacity", ("t"."capacity")::text as "$order"
  from "education"."migrant_schools" "t"
  where true
  order by "t"."capacity" asc, "t"."id" asc
  limit $1::int;

-- education, 2 parameters
select "k"."key" as "$parent", "c".*
  from unnest($1::uuid[]) "k"("key")
  cross join lateral (select "t"."id" as "id", "t"."grade" as "grade", "t"."status" as "status", "t"."child_id" as "child.key"
  from "education"."child_enrolments" "t"
  where "t"."school_id" = "k"."key" and true
  order by "t"."id" asc
  limit $2::int) "c";

-- education, 2 parameters
select "k"."key" as "$parent", "c".*
  from unnest($1::uuid[]) "k"("key")
  cross join lateral (select "t"."id" as "id", "t"."score" as "score", "t"."issues" as "issues", ("t"."occurred_on")::text as "$order"
  from "education"."school_inspections" "t"
  where "t"."school_id" = "k"."key" and true
  order by "t"."occurred_on" desc, "t"."id" desc
  limit $2::int) "c";

-- public_security, 3 parameters
select "t"."id" as "id", "t"."name" as "name", "t"."birth_year__derived" as "birthYear", "t"."id" as "guardians.key"
  from "public_security"."migrants" "t"
  where "t"."id" = any((select $1::uuid[])::uuid[]) and ((exists (select 1
  from "access"."links"
  where "access"."links"."holder" = $2 and "access"."links"."subject_id" = "t"."id" and ("access"."links"."until" is null or "access"."links"."until" >= $3::date))) and not "t"."shielded");

-- public_security, 3 parameters
select "t"."id" as "id", "t"."name" as "name", "t"."mobile_phone" as "mobilePhone"
  from "public_security"."migrants" "t"
  where "t"."id" = any((select $1::uuid[])::uuid[]) and ((exists (select 1
  from "access"."links"
  where "access"."links"."holder" = $2 and "access"."links"."subject_id" = "t"."id" and ("access"."links"."until" is null or "access"."links"."until" >= $3::date))) and not "t"."shielded");

-- public_security, 6 parameters
select "k"."key" as "$parent", "c".*
  from unnest($1::uuid[]) "k"("key")
  cross join lateral (select "t"."id" as "id", "t"."guardian_id__family_relations" as "guardian.key"
  from "public_security"."guardianships" "t"
  where "t"."child_id__family_relations" = "k"."key" and ((exists (select 1
  from "access"."links"
  where "access"."links"."holder" = $2 and "access"."links"."subject_id" = "t"."guardian_id" and ("access"."links"."until" is null or "access"."links"."until" >= $3::date)) or exists (select 1
  from "access"."links"
  where "access"."links"."holder" = $4 and "access"."links"."subject_id" = "t"."child_id" and ("access"."links"."until" is null or "access"."links"."until" >= $5::date))) and not "t"."shielded")
  order by "t"."id" asc
  limit $6::int) "c";
