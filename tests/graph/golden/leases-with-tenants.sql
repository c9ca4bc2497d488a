-- housing, 1 parameters
select "t"."id" as "id", "t"."contract_no" as "contractNo", "t"."monthly_rent" as "monthlyRent", "t"."starts_on" as "startsOn", "t"."ends_on" as "endsOn", "t"."tenant_kind" as "tenant.kind", "t"."tenant_name" as "tenant.name", "t"."tenant_identity_number" as "tenant.identityNumber", "t"."tenant_phone" as "tenant.phone", "t"."tenant_migrant_id__lease_terms" as "tenantMigrant.key", "t"."dwelling_id__lease_terms" as "dwelling.key", ("t"."ends_on")::text as "$order"
  from "housing"."leases" "t"
  where (true and not "t"."shielded")
  order by "t"."ends_on" desc, "t"."id" desc
  limit $1::int;

-- housing, 1 parameters
select "t"."id" as "id", "t"."road" as "address.road", "t"."lane" as "address.lane", "t"."building" as "address.building", "t"."room" as "address.room", "t"."neighbourhood_code" as "address.neighbourhoodCode", "t"."subdistrict_code" as "address.subdistrictCode", "t"."floor_area" as "floorArea", "t"."area_per_occupant__derived" as "areaPerOccupant"
  from "housing"."dwellings" "t"
  where "t"."id" = any((select $1::uuid[])::uuid[]) and true;

-- housing, 2 parameters
select "k"."key" as "$parent", "c".*
  from unnest($1::uuid[]) "k"("key")
  cross join lateral (select "t"."id" as "id", "t"."filing_no" as "filingNo", "t"."status" as "status", "t"."accepted_by_unit__lease_status" as "acceptedBy.key", ("t"."submitted_on")::text as "$order"
  from "housing"."lease_filings" "t"
  where "t"."lease_id" = "k"."key" and (true and not "t"."shielded")
  order by "t"."submitted_on" desc nulls last, "t"."id" desc
  limit $2::int) "c";

-- organisation, 1 parameters
select "t"."id" as "id", "t"."code__derived" as "code", "t"."name" as "name"
  from "organisation"."org_units" "t"
  where "t"."id" = any((select $1::text[])::text[]) and true;

-- public_security, 3 parameters
select "t"."id" as "id", "t"."name" as "name", "t"."citizen_id_number__masked" as "citizenIdNumber", "t"."emergency_contact_name__masked" as "emergencyContact.name", "t"."emergency_contact_phone__masked" as "emergencyContact.phone" from (select "as_of" as "as_of", "birth_year__derived" as "birth_year__derived", "citizen_id_number__masked" as "citizen_id_number__masked", "created_at" as "created_at", "created_by" as "created_by", "current_registration_id" as "current_registration_id", "document_number__masked" as "document_number__masked", "emergency_contact_name__masked" as "emergency_contact_name__masked", "emergency_contact_phone__masked" as "emergency_contact_phone__masked", "former_name" as "former_name", "household_id" as "household_id", "id" as "id", "mobile_phone__masked" as "mobile_phone__masked", "name" as "name", "neighbourhood_code" as "neighbourhood_code", "origin_province__derived" as "origin_province__derived", "record_version" as "record_version", "sex" as "sex", "shielded" as "shielded", "source_system" as "source_system", "subdistrict_code" as "subdistrict_code", "subdistrict_unit" as "subdistrict_unit", "updated_at" as "updated_at", false as "$asked"
  from "public_security"."migrants" union all select null::timestamp with time zone as "as_of", null::int as "birth_year__derived", null::text as "citizen_id_number__masked", null::timestamp with time zone as "created_at", null::text as "created_by", null::uuid as "current_registration_id", null::text as "document_number__masked", null::text as "emergency_contact_name__masked", null::text as "emergency_contact_phone__masked", null::text as "former_name", null::uuid as "household_id", "id" as "id", null::text as "mobile_phone__masked", "name" as "name", null::text as "neighbourhood_code", null::text as "origin_province__derived", null::integer as "record_version", "sex" as "sex", null::boolean as "shielded", null::text as "source_system", null::text as "subdistrict_code", null::text as "subdistrict_unit", null::timestamp with time zone as "updated_at", true from sealed.asked_migrant__housing) "t"
  where "t"."id" = any((select $1::uuid[])::uuid[]) and (((exists (select 1
  from "access"."links"
  where "access"."links"."holder" = $2 and "access"."links"."subject_id" = "t"."id" and ("access"."links"."until" is null or "access"."links"."until" >= $3::date))) and not "t"."shielded") or "t"."$asked");
