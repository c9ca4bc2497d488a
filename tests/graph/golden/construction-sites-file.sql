-- construction, 1 parameters
select "t"."id" as "id", "t"."qualification_grade" as "qualificationGrade", "t"."employer_id" as "employer.key"
  from "construction"."construction_enterprises" "t"
  where "t"."id" = any((select $1::uuid[])::uuid[]) and true;

-- construction, 2 parameters
select "k"."key" as "$parent", "c".*
  from unnest($1::uuid[]) "k"("key")
  cross join lateral (select "t"."id" as "id", "t"."occurred_on" as "occurredOn", "t"."hazards" as "hazards", "t"."decision_legal_basis" as "decision.legalBasis", "t"."decision_reasons" as "decision.reasons", "t"."decision_decided_by" as "decision.decidedBy", "t"."decision_decided_on" as "decision.decidedOn", "t"."decision_remedy_notice" as "decision.remedyNotice", "t"."rectify_by" as "rectifyBy", ("t"."occurred_on")::text as "$order"
  from "construction"."safety_inspections" "t"
  where "t"."site_id" = "k"."key" and true
  order by "t"."occurred_on" desc, "t"."id" desc
  limit $2::int) "c";

-- construction, 2 parameters
select "k"."key" as "$parent", "c".*
  from unnest($1::uuid[]) "k"("key")
  cross join lateral (select "t"."id" as "id", "t"."passed" as "passed", "t"."person_id" as "person.key"
  from "construction"."training_attendances" "t"
  where "t"."training_id" = "k"."key" and (true and not "t"."shielded")
  order by "t"."id" asc
  limit $2::int) "c";

-- construction, 2 parameters
select "k"."key" as "$parent", "c".*
  from unnest($1::uuid[]) "k"("key")
  cross join lateral (select "t"."id" as "id", "t"."topic" as "topic", ("t"."occurred_on")::text as "$order"
  from "construction"."site_trainings" "t"
  where "t"."site_id" = "k"."key" and true
  order by "t"."occurred_on" desc, "t"."id" desc
  limit $2::int) "c";

-- construction, 2 parameters
select "t"."id" as "id", "t"."site_no" as "siteNo", "t"."road" as "address.road", "t"."lane" as "address.lane", "t"."building" as "address.building", "t"."room" as "address.room", "t"."neighbourhood_code" as "address.neighbourhoodCode", "t"."subdistrict_code" as "address.subdistrictCode", "t"."general_contractor_id" as "generalContractor.key", ("t"."migrant_workers")::text as "$order"
  from "construction"."construction_sites" "t"
  where true and ("t"."status" = $1::text)
  order by "t"."migrant_workers" desc nulls last, "t"."id" desc
  limit $2::int;

-- health, 2 parameters
select "k"."key" as "$parent", "c".*
  from unnest($1::uuid[]) "k"("key")
  cross join lateral (select "t"."id" as "id", "t"."visited_on" as "visitedOn", "t"."findings" as "findings", "t"."rectified_on" as "rectifiedOn", ("t"."visited_on")::text as "$order"
  from "health"."epidemic_site_visits" "t"
  where "t"."site_id" = "k"."key" and true
  order by "t"."visited_on" desc, "t"."id" desc
  limit $2::int) "c";

-- labour, 1 parameters
select "t"."id" as "id", "t"."name" as "name", "t"."org_code" as "orgCode"
  from "labour"."employers" "t"
  where "t"."id" = any((select $1::uuid[])::uuid[]) and true;

-- public_security, 3 parameters
select "t"."id" as "id", "t"."name" as "name", "t"."citizen_id_number__masked" as "citizenIdNumber"
  from "public_security"."migrants" "t"
  where "t"."id" = any((select $1::uuid[])::uuid[]) and ((exists (select 1
  from "access"."links"
  where "access"."links"."holder" = $2 and "access"."links"."subject_id" = "t"."id" and ("access"."links"."until" is null or "access"."links"."until" >= $3::date))) and not "t"."shielded");
