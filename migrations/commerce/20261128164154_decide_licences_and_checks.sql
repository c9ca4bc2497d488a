ALTER TABLE "commerce"."commerce_cases" DROP CONSTRAINT "commerce_cases_status_code";--> statement-breakpoint
ALTER TABLE "commerce"."business_licences" ADD COLUMN "decision_legal_basis" text;--> statement-breakpoint
ALTER TABLE "commerce"."business_licences" ADD COLUMN "decision_reasons" text;--> statement-breakpoint
ALTER TABLE "commerce"."business_licences" ADD COLUMN "decision_decided_by" text;--> statement-breakpoint
ALTER TABLE "commerce"."business_licences" ADD COLUMN "decision_decided_on" date;--> statement-breakpoint
ALTER TABLE "commerce"."business_licences" ADD COLUMN "decision_remedy_notice" text;--> statement-breakpoint
ALTER TABLE "commerce"."commerce_cases" ADD COLUMN "officers" text[];--> statement-breakpoint
ALTER TABLE "commerce"."commerce_cases" ADD COLUMN "fine_amount" bigint;--> statement-breakpoint
ALTER TABLE "commerce"."commerce_cases" ADD COLUMN "hearing_on" date;--> statement-breakpoint
ALTER TABLE "commerce"."qualification_checks" ADD COLUMN "decision_legal_basis" text;--> statement-breakpoint
ALTER TABLE "commerce"."qualification_checks" ADD COLUMN "decision_reasons" text;--> statement-breakpoint
ALTER TABLE "commerce"."qualification_checks" ADD COLUMN "decision_decided_by" text;--> statement-breakpoint
ALTER TABLE "commerce"."qualification_checks" ADD COLUMN "decision_decided_on" date;--> statement-breakpoint
ALTER TABLE "commerce"."qualification_checks" ADD COLUMN "decision_remedy_notice" text;--> statement-breakpoint
ALTER TABLE "commerce"."business_licences" ADD CONSTRAINT "business_licences_decision_complete" CHECK (num_nonnulls("commerce"."business_licences"."decision_legal_basis", "commerce"."business_licences"."decision_reasons", "commerce"."business_licences"."decision_decided_by", "commerce"."business_licences"."decision_decided_on", "commerce"."business_licences"."decision_remedy_notice") in (0, 5) and (not (false) or "commerce"."business_licences"."decision_decided_on" is not null));--> statement-breakpoint
ALTER TABLE "commerce"."commerce_cases" ADD CONSTRAINT "commerce_cases_fine" CHECK ("commerce"."commerce_cases"."fine_amount" >= 0);--> statement-breakpoint
ALTER TABLE "commerce"."commerce_cases" ADD CONSTRAINT "commerce_cases_hearing" CHECK ("commerce"."commerce_cases"."hearing_on" >= "commerce"."commerce_cases"."accepted_on");--> statement-breakpoint
ALTER TABLE "commerce"."commerce_cases" ADD CONSTRAINT "commerce_cases_status_code" CHECK ("commerce"."commerce_cases"."status" in ('ACCEPTED', 'TRANSFERRED', 'INVESTIGATING', 'SUSPENDED', 'DECIDED', 'EXECUTING', 'UNDER_REMEDY', 'ANNULLED', 'CLOSED', 'REOPENED'));--> statement-breakpoint
ALTER TABLE "commerce"."qualification_checks" ADD CONSTRAINT "qualification_checks_decision_complete" CHECK (num_nonnulls("commerce"."qualification_checks"."decision_legal_basis", "commerce"."qualification_checks"."decision_reasons", "commerce"."qualification_checks"."decision_decided_by", "commerce"."qualification_checks"."decision_decided_on", "commerce"."qualification_checks"."decision_remedy_notice") in (0, 5) and (not (false) or "commerce"."qualification_checks"."decision_decided_on" is not null));