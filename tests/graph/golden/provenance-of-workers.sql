-- labour, 4 parameters
select "k"."key" as "$parent", "c".*
  from unnest($1::uuid[]) "k"("key")
  cross join lateral (select "t"."id" as "id", "t"."as_of" as "asOf", "t"."employee_name" as "employeeName", case when "own"."own" then sealed.employment_employee_identity_number__labour("t"."id") end as "employeeIdentityNumber"
  from "labour"."employments" "t"
  cross join lateral (select (exists (select 1
  from "access"."links"
  where "access"."links"."holder" = $2 and "access"."links"."subject_id" = "t"."employee_id" and ("access"."links"."until" is null or "access"."links"."until" >= $3::date))) as "own" offset 0) "own"
  where "t"."employee_id" = "k"."key" and (true and not "t"."shielded")
  order by "t"."id" asc
  limit $4::int) "c";

-- public_security, 3 parameters
select "t"."id" as "id", "t"."as_of" as "asOf", "t"."name" as "name", "t"."citizen_id_number" as "citizenIdNumber"
  from "public_security"."migrants" "t"
  where "t"."id" = any($1::uuid[]) and ((exists (select 1
  from "access"."links"
  where "access"."links"."holder" = $2 and "access"."links"."subject_id" = "t"."id" and ("access"."links"."until" is null or "access"."links"."until" >= $3::date))) and not "t"."shielded");

-- public_security, 4 parameters
select "t"."id" as "id"
  from "public_security"."migrants" "t"
  where ((exists (select 1
  from "access"."links"
  where "access"."links"."holder" = $1 and "access"."links"."subject_id" = "t"."id" and ("access"."links"."until" is null or "access"."links"."until" >= $2::date))) and not "t"."shielded") and (exists (select 1
  from "labour"."employments" "tr"
  where "tr"."employee_id" = "t"."id" and (true and not "tr"."shielded") and ("tr"."status" = $3::text)))
  order by "t"."id" asc
  limit $4::int;
