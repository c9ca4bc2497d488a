-- labour, 4 parameters
select "k"."key" as "$parent", "c".*
  from unnest($1::uuid[]) "k"("key")
  cross join lateral (select "t"."id" as "id", "t"."occupation" as "occupation"
  from "labour"."employments" "t"
  where "t"."employee_id" = "k"."key" and ((exists (select 1
  from "access"."links"
  where "access"."links"."holder" = $2 and "access"."links"."subject_id" = "t"."employee_id" and ("access"."links"."until" is null or "access"."links"."until" >= $3::date))) and not "t"."shielded")
  order by "t"."id" asc
  limit $4::int) "c";

-- public_security, 5 parameters
select "t"."id" as "id", "t"."name" as "name", "t"."birth_year__derived" as "birthYear", case when "own"."own" then sealed.migrant_citizen_id_number__coordinator("t"."id") end as "citizenIdNumber", case when "own"."own" then sealed.migrant_hukou_division__coordinator("t"."id") end as "hukouDivision", case when "own"."own" then "t"."id" end as "employments.key"
  from "public_security"."migrants" "t"
  cross join lateral (select (exists (select 1
  from "access"."links"
  where "access"."links"."holder" = $1 and "access"."links"."subject_id" = "t"."id" and ("access"."links"."until" is null or "access"."links"."until" >= $2::date))) as "own" offset 0) "own"
  where ("t"."neighbourhood_code" in (select "access"."areas"."neighbourhood_code"
  from "access"."areas"
  where "access"."areas"."holder" = $3 and ("access"."areas"."until" is null or "access"."areas"."until" >= $4::date)) and not "t"."shielded")
  order by "t"."id" asc
  limit $5::int;
