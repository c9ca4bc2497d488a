-- housing, 3 parameters
select "k"."key" as "$parent", "c".*
  from unnest($1::uuid[]) "k"("key")
  cross join lateral (select "t"."id" as "id", "t"."contract_no" as "contractNo", "t"."landlord_kind" as "landlord.kind", left("t"."landlord_name", (case when char_length("t"."landlord_name") > 2 and left("t"."landlord_name", 2) in ('欧阳', '司马', '上官', '诸葛', '东方', '皇甫', '尉迟', '公孙', '慕容', '夏侯', '司徒', '令狐') then 2 else 1 end)) || repeat('*', char_length("t"."landlord_name") - (case when char_length("t"."landlord_name") > 2 and left("t"."landlord_name", 2) in ('欧阳', '司马', '上官', '诸葛', '东方', '皇甫', '尉迟', '公孙', '慕容', '夏侯', '司徒', '令狐') then 2 else 1 end)) as "landlord.name", case when char_length("t"."landlord_identity_number") > 4 then repeat('*', char_length("t"."landlord_identity_number") - 4) || right("t"."landlord_identity_number", 4) else repeat('*', char_length("t"."landlord_identity_number")) end as "landlord.identityNumber", case when char_length("t"."landlord_phone") = 11 then left("t"."landlord_phone", 3) || '****' || right("t"."landlord_phone", 4) else repeat('*', char_length("t"."landlord_phone")) end as "landlord.phone", "t"."filing_status" as "filingStatus"
  from "housing"."leases" "t"
  where "t"."tenant_migrant_id" = "k"."key" and ("t"."subdistrict_code" = $2 and not "t"."shielded")
  order by "t"."id" asc
  limit $3::int) "c";

-- permits, 5 parameters
select "k"."key" as "$parent", "c".*
  from unnest($1::uuid[]) "k"("key")
  cross join lateral (select "t"."id" as "id", "t"."type" as "type", "t"."valid_to" as "validTo", "t"."status" as "status", $2::date between "t"."valid_from" and "t"."valid_to" and ("t"."ended_on" is null or $3::date < "t"."ended_on") as "$isValidOn", ("t"."valid_to")::text as "$order"
  from "permits"."residence_permits" "t"
  where "t"."holder_id" = "k"."key" and ("t"."subdistrict_code" = $4 and not "t"."shielded")
  order by "t"."valid_to" desc, "t"."id" desc
  limit $5::int) "c";

-- public_security, 1 parameters
select count(*)::int as "count"
  from "public_security"."migrants" "t"
  where ("t"."subdistrict_code" = $1 and not "t"."shielded");

-- public_security, 2 parameters
select "t"."id" as "id", "t"."arrived_here_on" as "arrivedHereOn", "t"."road" as "address.road", "t"."lane" as "address.lane", "t"."building" as "address.building", "t"."room" as "address.room", "t"."neighbourhood_code" as "address.neighbourhoodCode", "t"."subdistrict_code" as "address.subdistrictCode"
  from "public_security"."residence_registrations" "t"
  where "t"."id" = any($1::uuid[]) and (("t"."subdistrict_code" = $2 and not "t"."shielded") and "t"."status" <> 'CLOSED');

-- public_security, 2 parameters
select "t"."id" as "id", "t"."name" as "name", "t"."sex" as "sex", case when char_length("t"."citizen_id_number") > 4 then repeat('*', char_length("t"."citizen_id_number") - 4) || right("t"."citizen_id_number", 4) else repeat('*', char_length("t"."citizen_id_number")) end as "citizenIdNumber", "t"."mobile_phone" as "mobilePhone", "t"."current_registration_id" as "currentRegistration.key"
  from "public_security"."migrants" "t"
  where ("t"."subdistrict_code" = $1 and not "t"."shielded")
  order by "t"."id" asc
  limit $2::int;
