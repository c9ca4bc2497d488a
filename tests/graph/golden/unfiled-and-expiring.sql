-- housing, 3 parameters
select "k"."key" as "$parent", "c".*
  from unnest($1::uuid[]) "k"("key")
  cross join lateral (select "t"."id" as "id", "t"."contract_no" as "contractNo", "t"."filing_status" as "filingStatus"
  from "housing"."leases" "t"
  where "t"."tenant_migrant_id" = "k"."key" and ("t"."subdistrict_code" = $2 and not "t"."shielded")
  order by "t"."id" asc
  limit $3::int) "c";

-- permits, 3 parameters
select "k"."key" as "$parent", "c".*
  from unnest($1::uuid[]) "k"("key")
  cross join lateral (select "t"."id" as "id", "t"."valid_to" as "validTo", ("t"."valid_to")::text as "$order"
  from "permits"."residence_permits" "t"
  where "t"."holder_id__permit_status" = "k"."key" and ("t"."subdistrict_code" = $2 and not "t"."shielded")
  order by "t"."valid_to" desc, "t"."id" desc
  limit $3::int) "c";

-- public_security, 10 parameters
select "t"."id" as "id", "t"."name" as "name", ((select min("o"."valid_to")
  from "permits"."residence_permits" "o"
  where "o"."holder_id__permit_status" = "t"."id" and ("o"."subdistrict_code" = $1 and not "o"."shielded")))::text as "$order"
  from "public_security"."migrants" "t"
  where ("t"."subdistrict_code" = $2 and not "t"."shielded") and (exists (select 1
  from "permits"."residence_permits" "tr"
  where "tr"."holder_id__permit_status" = "t"."id" and ("tr"."subdistrict_code" = $3 and not "tr"."shielded") and ("tr"."valid_to" between $4::date and $5::date + $6::int)) and true and exists (select 1
  from "housing"."leases" "tr"
  where "tr"."tenant_migrant_id" = "t"."id" and ("tr"."subdistrict_code" = $7 and not "tr"."shielded") and ("tr"."filing_status" = any($8::text[]))) and true)
  order by (select min("o"."valid_to")
  from "permits"."residence_permits" "o"
  where "o"."holder_id__permit_status" = "t"."id" and ("o"."subdistrict_code" = $9 and not "o"."shielded")) asc nulls last, "t"."id" asc
  limit $10::int;

-- public_security, 7 parameters
select count(*)::int as "count"
  from "public_security"."migrants" "t"
  where ("t"."subdistrict_code" = $1 and not "t"."shielded") and (exists (select 1
  from "permits"."residence_permits" "tr"
  where "tr"."holder_id__permit_status" = "t"."id" and ("tr"."subdistrict_code" = $2 and not "tr"."shielded") and ("tr"."valid_to" between $3::date and $4::date + $5::int)) and true and exists (select 1
  from "housing"."leases" "tr"
  where "tr"."tenant_migrant_id" = "t"."id" and ("tr"."subdistrict_code" = $6 and not "tr"."shielded") and ("tr"."filing_status" = any($7::text[]))) and true);
