-- health, 1 parameters
select "t"."id" as "id", "t"."disease" as "disease", "t"."diagnosed_at" as "diagnosedAt", "t"."patient_id" as "patient.key", ("t"."diagnosed_at")::text as "$order"
  from "health"."infectious_reports" "t"
  where true
  order by "t"."diagnosed_at" desc, "t"."id" desc
  limit $1::int;

-- public_security, 3 parameters
select "t"."id" as "id", "t"."name" as "name", "t"."mobile_phone" as "mobilePhone", "t"."current_registration_id" as "currentRegistration.key"
  from "public_security"."migrants" "t"
  where "t"."id" = any((select $1::uuid[])::uuid[]) and ((exists (select 1
  from "access"."links"
  where "access"."links"."holder" = $2 and "access"."links"."subject_id" = "t"."id" and ("access"."links"."until" is null or "access"."links"."until" >= $3::date))) and not "t"."shielded");

-- public_security, 3 parameters
select "t"."id" as "id", "t"."road__current_address" as "address.road", "t"."lane__current_address" as "address.lane", "t"."building__current_address" as "address.building", "t"."room__current_address" as "address.room", "t"."neighbourhood_code" as "address.neighbourhoodCode", "t"."subdistrict_code" as "address.subdistrictCode"
  from "public_security"."residence_registrations" "t"
  where "t"."id" = any((select $1::uuid[])::uuid[]) and (((exists (select 1
  from "access"."links"
  where "access"."links"."holder" = $2 and "access"."links"."subject_id" = "t"."person_id" and ("access"."links"."until" is null or "access"."links"."until" >= $3::date))) and not "t"."shielded") and "t"."status" <> 'CLOSED');
