DROP INDEX "labour"."employments_reported";--> statement-breakpoint
DROP INDEX "labour"."insurance_enrolments_reported";--> statement-breakpoint
ALTER TABLE "labour"."employers" ADD COLUMN "report_no" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "labour"."employments" ADD COLUMN "employee_document_kind" text DEFAULT 'RESIDENT_ID' NOT NULL;--> statement-breakpoint
ALTER TABLE "labour"."employments" ADD COLUMN "months_not_insured" text[];--> statement-breakpoint
ALTER TABLE "labour"."employments" ADD COLUMN "as_written" jsonb;--> statement-breakpoint
ALTER TABLE "labour"."employments" ADD COLUMN "report_no" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "labour"."employments" ADD COLUMN "earlier_reports" jsonb;--> statement-breakpoint
ALTER TABLE "labour"."insurance_enrolments" ADD COLUMN "insured_document_kind" text DEFAULT 'RESIDENT_ID' NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "employments_reported" ON "labour"."employments" USING btree ("employer_id","employee_identity_number","employee_document_kind");--> statement-breakpoint
CREATE UNIQUE INDEX "insurance_enrolments_reported" ON "labour"."insurance_enrolments" USING btree ("payer_id","insured_identity_number","insured_document_kind");