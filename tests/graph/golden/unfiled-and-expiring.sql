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

-- public_security, 28 parameters
select * from (with "walk" as materialized (select "p".* from (select "o"."valid_to" as "value", "o"."holder_id__permit_status" as "key", "o"."id" as "id"
  from "permits"."residence_permits" "o"
  where ("o"."subdistrict_code" = $1 and not "o"."shielded") and "o"."valid_to" is not null and "o"."holder_id__permit_status" is not null
  order by 1 asc, 2 asc
  limit 20000) "w"
  cross join lateral (select "t"."id" as "key" from (select "w"."key" as "id") "t"
  where exists (select 1
  from "permits"."residence_permits" "tr"
  where "tr"."holder_id__permit_status" = "t"."id" and ("tr"."subdistrict_code" = $2 and not "tr"."shielded") and ("tr"."valid_to" between $3::date and $4::date + $5::int)) and exists (select 1
  from "housing"."leases" "tr"
  where "tr"."tenant_migrant_id" = "t"."id" and ("tr"."subdistrict_code" = $6 and not "tr"."shielded") and ("tr"."filing_status" = any($7::text[])))
  limit 1) "m"
  cross join lateral (select "n"."key" from (select "m"."key") "n"
  where not exists (select 1
  from "permits"."residence_permits" "e"
  where "e"."holder_id__permit_status" = "n"."key" and ("e"."subdistrict_code" = $8 and not "e"."shielded") and ("e"."valid_to", "e"."id") < ("w"."value", "w"."id"))
  limit 1) "l"
  cross join lateral (select "t"."id" as "id", "t"."name" as "name", ("w"."value")::text as "$order"
  from "public_security"."migrants" "t"
  where "t"."id" = "l"."key" and ("t"."subdistrict_code" = $9 and not "t"."shielded") and (exists (select 1
  from "permits"."residence_permits" "tr"
  where "tr"."holder_id__permit_status" = "t"."id" and ("tr"."subdistrict_code" = $10 and not "tr"."shielded") and ("tr"."valid_to" between $11::date and $12::date + $13::int)) and true and exists (select 1
  from "housing"."leases" "tr"
  where "tr"."tenant_migrant_id" = "t"."id" and ("tr"."subdistrict_code" = $14 and not "tr"."shielded") and ("tr"."filing_status" = any($15::text[]))) and true)
  limit 1) "p"
  order by "w"."value" asc, "w"."key" asc
  limit $16::int), "rest" as materialized (select count(*) < $17::int and exists (select 1
  from "permits"."residence_permits" "o"
  where ("o"."subdistrict_code" = $18 and not "o"."shielded") and "o"."valid_to" is not null and "o"."holder_id__permit_status" is not null offset 20000
  limit 1) as "short"
  from "walk") select *
  from "walk"
  where not (select "short"
  from "rest") union all (select "t"."id" as "id", "t"."name" as "name", ((select min("o"."valid_to")
  from "permits"."residence_permits" "o"
  where "o"."holder_id__permit_status" = "t"."id" and ("o"."subdistrict_code" = $19 and not "o"."shielded")))::text as "$order"
  from "public_security"."migrants" "t"
  where ("t"."subdistrict_code" = $20 and not "t"."shielded") and (exists (select 1
  from "permits"."residence_permits" "tr"
  where "tr"."holder_id__permit_status" = "t"."id" and ("tr"."subdistrict_code" = $21 and not "tr"."shielded") and ("tr"."valid_to" between $22::date and $23::date + $24::int)) and true and exists (select 1
  from "housing"."leases" "tr"
  where "tr"."tenant_migrant_id" = "t"."id" and ("tr"."subdistrict_code" = $25 and not "tr"."shielded") and ("tr"."filing_status" = any($26::text[]))) and true) and (select "short"
  from "rest")
  order by (select min("o"."valid_to")
  from "permits"."residence_permits" "o"
  where "o"."holder_id__permit_status" = "t"."id" and ("o"."subdistrict_code" = $27 and not "o"."shielded")) asc nulls last, "t"."id" asc
  limit $28::int)) "u"
  order by ("u"."$order")::date asc nulls last, "u"."id" asc;

-- public_security, 7 parameters
select count(*)::int as "count"
  from "public_security"."migrants" "t"
  where ("t"."subdistrict_code" = $1 and not "t"."shielded") and (exists (select 1
  from "permits"."residence_permits" "tr"
  where "tr"."holder_id__permit_status" = "t"."id" and ("tr"."subdistrict_code" = $2 and not "tr"."shielded") and ("tr"."valid_to" between $3::date and $4::date + $5::int)) and true and exists (select 1
  from "housing"."leases" "tr"
  where "tr"."tenant_migrant_id" = "t"."id" and ("tr"."subdistrict_code" = $6 and not "tr"."shielded") and ("tr"."filing_status" = any($7::text[]))) and true);
