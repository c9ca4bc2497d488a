ALTER TABLE "labour"."insurance_contributions" DROP CONSTRAINT "insurance_contributions_enrolment_id_insurance_enrolments_id_fk";--> statement-breakpoint
UPDATE "labour"."insurance_contributions" c SET "shielded" = t."shielded" FROM "labour"."insurance_enrolments" t WHERE t."id" = c."enrolment_id" AND t."shielded" <> c."shielded";--> statement-breakpoint
CREATE UNIQUE INDEX "insurance_enrolments_shield" ON "labour"."insurance_enrolments" USING btree ("id","shielded");--> statement-breakpoint
ALTER TABLE "labour"."insurance_contributions" ADD CONSTRAINT "insurance_contributions_enrolment" FOREIGN KEY ("enrolment_id","shielded") REFERENCES "labour"."insurance_enrolments"("id","shielded") ON DELETE no action ON UPDATE cascade;
