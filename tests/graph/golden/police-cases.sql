-- public_security, 0 parameters
select count(*)::int as "count"
  from "public_security"."police_cases" "t"
  where (true and "t"."status" <> 'ANNULLED');

-- public_security, 1 parameters
select "t"."id" as "id", "t"."case_no" as "caseNo", "t"."kind" as "kind", "t"."category" as "category", "t"."status__police_case" as "status", "t"."decision_legal_basis" as "decision.legalBasis", "t"."decision_reasons" as "decision.reasons", "t"."decision_decided_by" as "decision.decidedBy", "t"."decision_decided_on" as "decision.decidedOn", "t"."decision_remedy_notice" as "decision.remedyNotice", ("t"."accepted_on")::text as "$order"
  from "public_security"."police_cases" "t"
  where (true and "t"."status" <> 'ANNULLED')
  order by "t"."accepted_on" desc, "t"."id" desc
  limit $1::int;

-- public_security, 1 parameters
select "t"."id" as "id", "t"."name" as "name"
  from "public_security"."migrants" "t"
  where "t"."id" = any((select $1::uuid[])::uuid[]) and true;

-- public_security, 2 parameters
select "k"."key" as "$parent", "c".*
  from unnest($1::uuid[]) "k"("key")
  cross join lateral (select "t"."id" as "id", "t"."role__police_case" as "role", "t"."person_id" as "person.key"
  from "public_security"."police_case_parties" "t"
  where "t"."police_case_id__police_case" = "k"."key" and (true and not "t"."minor" and "t"."role" <> 'VICTIM' and exists (select 1
  from "public_security"."police_cases" "pc"
  where "pc"."id" = "t"."police_case_id" and "pc"."status" <> 'ANNULLED'))
  order by "t"."id" asc
  limit $2::int) "c";
