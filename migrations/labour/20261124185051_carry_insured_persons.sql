ALTER TABLE "labour"."insurance_contributions" ADD COLUMN "insured_id" uuid;--> statement-breakpoint
ALTER TABLE "labour"."insurance_contributions" ADD COLUMN "shielded" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "insurance_contributions_insured" ON "labour"."insurance_contributions" USING btree ("insured_id","id");--> statement-breakpoint
CREATE INDEX "insurance_contributions_unmatched" ON "labour"."insurance_contributions" USING btree ("enrolment_id") WHERE "labour"."insurance_contributions"."insured_id" is null;--> statement-breakpoint
UPDATE "labour"."insurance_contributions" c SET "insured_id" = t."insured_id", "shielded" = t."shielded" FROM "labour"."insurance_enrolments" t WHERE t."id" = c."enrolment_id" AND t."insured_id" IS NOT NULL;