-- housing, 3 parameters
select "k"."key" as "$parent", "c".*
  from unnest($1::uuid[]) "k"("key")
  cross join lateral (select "t"."id" as "id", "t"."contract_no" as "contractNo", "t"."landlord_kind" as "landlord.kind", "t"."landlord_name__masked" as "landlord.name", "t"."landlord_identity_number__masked" as "landlord.identityNumber", "t"."landlord_phone__masked" as "landlord.phone", "t"."filing_status" as "filingStatus"
  from "housing"."leases" "t"
  where "t"."tenant_migrant_id" = "k"."key" and ("t"."subdistrict_code" = $2 and not "t"."shielded")
  order by "t"."id" asc
  limit $3::int) "c";

-- permits, 5 parameters
select "k"."key" as "$parent", "c".*
  from unnest($1::uuid[]) "k"("key")
  cross join lateral (select "t"."id" as "id", "t"."type" as "type", "t"."valid_to" as "validTo", "t"."status" as "status", $2::date between "t"."valid_from" and "t"."valid_to" and ("t"."ended_on" is null or $3::date < "t"."ended_on") as "isValidOn#1", ("t"."valid_to")::text as "$order"
  from "permits"."residence_permits" "t"
  where "t"."holder_id__permit_status" = "k"."key" and ("t"."subdistrict_code" = $4 and not "t"."shielded")
  order by "t"."valid_to" desc, "t"."id" desc
  limit $5::int) "c";

-- public_security, 1 parameters
select coalesce(sum("t"."total"), 0)::int as "count"
  from "public_security"."migrants_totals" "t"
  where ("t"."subdistrict_code" = $1 and not "t"."shielded");

-- public_security, 2 parameters
select "t"."id" as "id", "t"."arrived_here_on__current_address" as "arrivedHereOn", "t"."road__current_address" as "address.road", "t"."lane__current_address" as "address.lane", "t"."building__current_address" as "address.building", "t"."room__current_address" as "address.room", "t"."neighbourhood_code" as "address.neighbourhoodCode", "t"."subdistrict_code" as "address.subdistrictCode"
  from "public_security"."residence_registrations" "t"
  where "t"."id" = any((select $1::uuid[])::uuid[]) and (("t"."subdistrict_code" = $2 and not "t"."shielded") and "t"."status" <> 'CLOSED');

-- public_security, 2 parameters
select "t"."id" as "id", "t"."name" as "name", "t"."sex" as "sex", "t"."citizen_id_number__masked" as "citizenIdNumber", "t"."mobile_phone" as "mobilePhone", "t"."current_registration_id" as "currentRegistration.key"
  from "public_security"."migrants" "t"
  where ("t"."subdistrict_code" = $1 and not "t"."shielded")
  order by "t"."id" asc
  limit $2::int;
