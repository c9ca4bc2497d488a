ALTER TABLE "labour"."wage_arrears_cases" DROP CONSTRAINT "wage_arrears_cases_recovered";--> statement-breakpoint
DROP INDEX "labour"."employers_name_order";--> statement-breakpoint
DROP INDEX "labour"."employment_services_subdistrict";--> statement-breakpoint
ALTER TABLE "labour"."wage_arrears_cases" ADD COLUMN "decision_legal_basis" text;--> statement-breakpoint
ALTER TABLE "labour"."wage_arrears_cases" ADD COLUMN "decision_reasons" text;--> statement-breakpoint
ALTER TABLE "labour"."wage_arrears_cases" ADD COLUMN "decision_decided_by" text;--> statement-breakpoint
ALTER TABLE "labour"."wage_arrears_cases" ADD COLUMN "decision_decided_on" date;--> statement-breakpoint
ALTER TABLE "labour"."wage_arrears_cases" ADD COLUMN "decision_remedy_notice" text;--> statement-breakpoint
ALTER TABLE "labour"."wage_arrears_cases" ADD COLUMN "referred_to_unit" text;--> statement-breakpoint
CREATE INDEX "labour_inspections_rectify_order" ON "labour"."labour_inspections" USING btree ("rectify_by","id");--> statement-breakpoint
CREATE INDEX "wage_arrears_cases_referred" ON "labour"."wage_arrears_cases" USING btree ("referred_to_unit");--> statement-breakpoint
CREATE INDEX "wage_arrears_cases_accepted" ON "labour"."wage_arrears_cases" USING btree ("accepted_on","id");--> statement-breakpoint
CREATE INDEX "wage_arrears_cases_claimed_order" ON "labour"."wage_arrears_cases" USING btree ("amount_claimed","id");--> statement-breakpoint
CREATE INDEX "employers_registration_no" ON "labour"."employers" USING btree ("registration_no");--> statement-breakpoint
CREATE INDEX "employers_headcount_order" ON "labour"."employers" USING btree ("migrant_headcount","id");--> statement-breakpoint
CREATE INDEX "employment_services_occurred" ON "labour"."employment_services" USING btree ("occurred_on","id");--> statement-breakpoint
CREATE INDEX "employments_subdistrict_list" ON "labour"."employments" USING btree ("subdistrict_code","id");--> statement-breakpoint
CREATE INDEX "employments_neighbourhood" ON "labour"."employments" USING btree ("neighbourhood_code","id");--> statement-breakpoint
CREATE INDEX "employments_ends" ON "labour"."employments" USING btree ("ends_on","id");--> statement-breakpoint
CREATE INDEX "employments_wage_order" ON "labour"."employments" USING btree ("monthly_wage","id");--> statement-breakpoint
CREATE INDEX "insurance_enrolments_neighbourhood" ON "labour"."insurance_enrolments" USING btree ("neighbourhood_code","id");--> statement-breakpoint
CREATE INDEX "employers_name_order" ON "labour"."employers" USING btree ("name" collate "zh-x-icu","id");--> statement-breakpoint
CREATE INDEX "employment_services_subdistrict" ON "labour"."employment_services" USING btree ("subdistrict_code","occurred_on","id");--> statement-breakpoint
ALTER TABLE "labour"."labour_inspections" ADD CONSTRAINT "labour_inspections_findings_given" CHECK (cardinality("labour"."labour_inspections"."findings") >= 1 and (cardinality("labour"."labour_inspections"."findings") = 1 or not 'NONE' = any("labour"."labour_inspections"."findings")));--> statement-breakpoint
ALTER TABLE "labour"."labour_inspections" ADD CONSTRAINT "labour_inspections_rectify" CHECK ("labour"."labour_inspections"."rectify_by" >= "labour"."labour_inspections"."visited_on" and "labour"."labour_inspections"."rectified_on" >= "labour"."labour_inspections"."visited_on");--> statement-breakpoint
ALTER TABLE "labour"."labour_inspections" ADD CONSTRAINT "labour_inspections_penalty_amount" CHECK ("labour"."labour_inspections"."penalty_amount" >= 0);--> statement-breakpoint
ALTER TABLE "labour"."wage_arrears_cases" ADD CONSTRAINT "wage_arrears_cases_amounts" CHECK ("labour"."wage_arrears_cases"."amount_claimed" >= 0 and "labour"."wage_arrears_cases"."amount_confirmed" >= 0 and "labour"."wage_arrears_cases"."amount_recovered" >= 0);--> statement-breakpoint
ALTER TABLE "labour"."wage_arrears_cases" ADD CONSTRAINT "wage_arrears_cases_due_after_acceptance" CHECK ("labour"."wage_arrears_cases"."due_on" > "labour"."wage_arrears_cases"."accepted_on");--> statement-breakpoint
ALTER TABLE "labour"."wage_arrears_cases" ADD CONSTRAINT "wage_arrears_cases_closed_after_acceptance" CHECK ("labour"."wage_arrears_cases"."closed_on" >= "labour"."wage_arrears_cases"."accepted_on");--> statement-breakpoint
ALTER TABLE "labour"."wage_arrears_cases" ADD CONSTRAINT "wage_arrears_cases_closed_on" CHECK (("labour"."wage_arrears_cases"."status" = 'CLOSED') = ("labour"."wage_arrears_cases"."closed_on" is not null));--> statement-breakpoint
ALTER TABLE "labour"."wage_arrears_cases" ADD CONSTRAINT "wage_arrears_cases_decision_complete" CHECK (num_nonnulls("labour"."wage_arrears_cases"."decision_legal_basis", "labour"."wage_arrears_cases"."decision_reasons", "labour"."wage_arrears_cases"."decision_decided_by", "labour"."wage_arrears_cases"."decision_decided_on", "labour"."wage_arrears_cases"."decision_remedy_notice") in (0, 5) and ("labour"."wage_arrears_cases"."status" not in ('DECIDED', 'UNDER_REMEDY') or "labour"."wage_arrears_cases"."decision_decided_on" is not null));--> statement-breakpoint
ALTER TABLE "labour"."wage_arrears_cases" ADD CONSTRAINT "wage_arrears_cases_recovered" CHECK ("labour"."wage_arrears_cases"."amount_recovered" is null or "labour"."wage_arrears_cases"."amount_recovered" <= coalesce("labour"."wage_arrears_cases"."amount_confirmed", 0));--> statement-breakpoint
ALTER TABLE "labour"."employers" ADD CONSTRAINT "employers_territory_form" CHECK ("labour"."employers"."subdistrict_code" ~ '^310107[0-9]{3}$' and "labour"."employers"."neighbourhood_code" ~ '^310107[0-9]{6}$');--> statement-breakpoint
ALTER TABLE "labour"."employments" ADD CONSTRAINT "employments_ended_has_day" CHECK ("labour"."employments"."status" not in ('ENDED', 'TERMINATED') or "labour"."employments"."ends_on" is not null);--> statement-breakpoint
ALTER TABLE "labour"."employments" ADD CONSTRAINT "employments_occupation_length" CHECK (char_length("labour"."employments"."occupation") between 1 and 50);--> statement-breakpoint
ALTER TABLE "labour"."employments" ADD CONSTRAINT "employments_workplace_form" CHECK ("labour"."employments"."workplace_subdistrict" ~ '^[0-9]{9}$');--> statement-breakpoint
ALTER TABLE "labour"."insurance_contributions" ADD CONSTRAINT "insurance_contributions_base" CHECK ("labour"."insurance_contributions"."contribution_base" >= 0);--> statement-breakpoint
ALTER TABLE "labour"."insurance_contributions" ADD CONSTRAINT "insurance_contributions_rate" CHECK ("labour"."insurance_contributions"."rate" > 0 and "labour"."insurance_contributions"."rate" <= 100);--> statement-breakpoint
ALTER TABLE "labour"."insurance_contributions" ADD CONSTRAINT "insurance_contributions_unpaid_has_no_day" CHECK ("labour"."insurance_contributions"."state" not in ('DUE', 'WAIVED') or "labour"."insurance_contributions"."paid_on" is null);--> statement-breakpoint
ALTER TABLE "labour"."insurance_enrolments" ADD CONSTRAINT "insurance_enrolments_benefits_given" CHECK (cardinality("labour"."insurance_enrolments"."benefits") >= 1);--> statement-breakpoint
ALTER TABLE "labour"."insurance_enrolments" ADD CONSTRAINT "insurance_enrolments_ended_has_day" CHECK ("labour"."insurance_enrolments"."status" <> 'ENDED' or "labour"."insurance_enrolments"."ends_on" is not null);