-- labour, 1 parameters
select "t"."id" as "id", "t"."name" as "name", "t"."migrant_headcount" as "migrantHeadcount"
  from "labour"."employers" "t"
  where "t"."id" = any($1::uuid[]) and true;

-- labour, 5 parameters
select count(*)::int as "count"
  from "labour"."employments" "t"
  where (true and not "t"."shielded") and (exists (select 1
  from "public_security"."migrants" "tr"
  where "tr"."id" = "t"."employee_id" and ((exists (select 1
  from "access"."links"
  where "access"."links"."holder" = $1 and "access"."links"."subject_id" = "tr"."id" and ("access"."links"."until" is null or "access"."links"."until" >= $2::date))) and not "tr"."shielded") and (exists (select 1
  from "permits"."residence_permits" "trr"
  where "trr"."holder_id__permit_status" = "tr"."id" and (true and not "trr"."shielded") and ((("trr"."status" = $3::text)) is not true and "trr"."type" = $4::text)))) and "t"."status" = $5::text);

-- labour, 6 parameters
select "t"."id" as "id", "t"."occupation" as "occupation", "t"."monthly_wage" as "monthlyWage", "t"."wage_band__derived" as "wageBand", "t"."employee_id" as "employee.key", "t"."employer_id" as "employer.key"
  from "labour"."employments" "t"
  where (true and not "t"."shielded") and (exists (select 1
  from "public_security"."migrants" "tr"
  where "tr"."id" = "t"."employee_id" and ((exists (select 1
  from "access"."links"
  where "access"."links"."holder" = $1 and "access"."links"."subject_id" = "tr"."id" and ("access"."links"."until" is null or "access"."links"."until" >= $2::date))) and not "tr"."shielded") and (exists (select 1
  from "permits"."residence_permits" "trr"
  where "trr"."holder_id__permit_status" = "tr"."id" and (true and not "trr"."shielded") and ((("trr"."status" = $3::text)) is not true and "trr"."type" = $4::text)))) and "t"."status" = $5::text)
  order by "t"."id" asc
  limit $6::int;

-- public_security, 3 parameters
select "t"."id" as "id", "t"."name" as "name", "t"."sex" as "sex"
  from "public_security"."migrants" "t"
  where "t"."id" = any($1::uuid[]) and ((exists (select 1
  from "access"."links"
  where "access"."links"."holder" = $2 and "access"."links"."subject_id" = "t"."id" and ("access"."links"."until" is null or "access"."links"."until" >= $3::date))) and not "t"."shielded");
