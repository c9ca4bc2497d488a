ALTER TABLE "permits"."permit_applications" ADD COLUMN "supplement_requested_on" date;--> statement-breakpoint
ALTER TABLE "permits"."permit_applications" ADD COLUMN "ready_on" date;--> statement-breakpoint
ALTER TABLE "permits"."permit_applications" ADD COLUMN "review_ref" text;--> statement-breakpoint
ALTER TABLE "permits"."residence_permits" ADD COLUMN "end_reason" text;--> statement-breakpoint
ALTER TABLE "permits"."residence_permits" ADD COLUMN "decision_legal_basis" text;--> statement-breakpoint
ALTER TABLE "permits"."residence_permits" ADD COLUMN "decision_reasons" text;--> statement-breakpoint
ALTER TABLE "permits"."residence_permits" ADD COLUMN "decision_decided_by" text;--> statement-breakpoint
ALTER TABLE "permits"."residence_permits" ADD COLUMN "decision_decided_on" date;--> statement-breakpoint
ALTER TABLE "permits"."residence_permits" ADD COLUMN "decision_remedy_notice" text;--> statement-breakpoint
ALTER TABLE "permits"."permit_applications" ADD CONSTRAINT "permit_applications_review_ref_length" CHECK (char_length("permits"."permit_applications"."review_ref") between 1 and 100);--> statement-breakpoint
ALTER TABLE "permits"."residence_permits" ADD CONSTRAINT "residence_permits_end_reason_code" CHECK ("permits"."residence_permits"."end_reason" in ('LEFT_SHANGHAI', 'HUKOU_GAINED', 'DEATH', 'HOLDER_REQUEST', 'FALSE_MATERIALS'));--> statement-breakpoint
ALTER TABLE "permits"."residence_permits" ADD CONSTRAINT "residence_permits_reason_of_end" CHECK ("permits"."residence_permits"."end_reason" is null or ("permits"."residence_permits"."status" = 'CANCELLED' and "permits"."residence_permits"."end_reason" in ('LEFT_SHANGHAI', 'HUKOU_GAINED', 'DEATH', 'HOLDER_REQUEST')) or ("permits"."residence_permits"."status" = 'REVOKED' and "permits"."residence_permits"."end_reason" = 'FALSE_MATERIALS'));--> statement-breakpoint
ALTER TABLE "permits"."residence_permits" ADD CONSTRAINT "residence_permits_decision_complete" CHECK (num_nonnulls("permits"."residence_permits"."decision_legal_basis", "permits"."residence_permits"."decision_reasons", "permits"."residence_permits"."decision_decided_by", "permits"."residence_permits"."decision_decided_on", "permits"."residence_permits"."decision_remedy_notice") in (0, 5) and (not (false) or "permits"."residence_permits"."decision_decided_on" is not null));