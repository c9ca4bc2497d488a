-- housing, 1 parameters
select "t"."id" as "id", "t"."contract_no" as "contractNo", "t"."monthly_rent" as "monthlyRent", "t"."starts_on" as "startsOn", "t"."ends_on" as "endsOn", "t"."tenant_kind" as "tenant.kind", "t"."tenant_name" as "tenant.name", "t"."tenant_identity_number" as "tenant.identityNumber", "t"."tenant_phone" as "tenant.phone", "t"."tenant_migrant_id" as "tenantMigrant.key", "t"."dwelling_id" as "dwelling.key", ("t"."ends_on")::text as "$order"
  from "housing"."leases" "t"
  where (true and not "t"."shielded")
  order by "t"."ends_on" desc, "t"."id" desc
  limit $1::int;

-- housing, 1 parameters
select "t"."id" as "id", "t"."road" as "address.road", "t"."lane" as "address.lane", "t"."building" as "address.building", "t"."room" as "address.room", "t"."neighbourhood_code" as "address.neighbourhoodCode", "t"."subdistrict_code" as "address.subdistrictCode", "t"."floor_area" as "floorArea", case when "t"."occupancy_count" > 0 then round("t"."floor_area" / "t"."occupancy_count", 2) end as "areaPerOccupant"
  from "housing"."dwellings" "t"
  where "t"."id" = any($1::uuid[]) and true;

-- housing, 2 parameters
select "k"."key" as "$parent", "c".*
  from unnest($1::uuid[]) "k"("key")
  cross join lateral (select "t"."id" as "id", "t"."filing_no" as "filingNo", "t"."status" as "status", "t"."accepted_by_unit" as "acceptedBy.key", ("t"."submitted_on")::text as "$order"
  from "housing"."lease_filings" "t"
  where "t"."lease_id" = "k"."key" and (true and not "t"."shielded")
  order by "t"."submitted_on" desc nulls last, "t"."id" desc
  limit $2::int) "c";

-- organisation, 1 parameters
select "t"."id" as "id", "t"."id" as "code", "t"."name" as "name"
  from "organisation"."org_units" "t"
  where "t"."id" = any($1::text[]) and true;

-- public_security, 3 parameters
select "t"."id" as "id", "t"."name" as "name", case when char_length("t"."citizen_id_number") > 4 then repeat('*', char_length("t"."citizen_id_number") - 4) || right("t"."citizen_id_number", 4) else repeat('*', char_length("t"."citizen_id_number")) end as "citizenIdNumber", left("t"."emergency_contact_name", (case when char_length("t"."emergency_contact_name") > 2 and left("t"."emergency_contact_name", 2) in ('欧阳', '司马', '上官', '诸葛', '东方', '皇甫', '尉迟', '公孙', '慕容', '夏侯', '司徒', '令狐') then 2 else 1 end)) || repeat('*', char_length("t"."emergency_contact_name") - (case when char_length("t"."emergency_contact_name") > 2 and left("t"."emergency_contact_name", 2) in ('欧阳', '司马', '上官', '诸葛', '东方', '皇甫', '尉迟', '公孙', '慕容', '夏侯', '司徒', '令狐') then 2 else 1 end)) as "emergencyContact.name", case when char_length("t"."emergency_contact_phone") = 11 then left("t"."emergency_contact_phone", 3) || '****' || right("t"."emergency_contact_phone", 4) else repeat('*', char_length("t"."emergency_contact_phone")) end as "emergencyContact.phone"
  from "public_security"."migrants" "t"
  where "t"."id" = any($1::uuid[]) and ((exists (select 1
  from "access"."links"
  where "access"."links"."holder" = $2 and "access"."links"."subject_id" = "t"."id" and ("access"."links"."until" is null or "access"."links"."until" >= $3::date))) and not "t"."shielded");
