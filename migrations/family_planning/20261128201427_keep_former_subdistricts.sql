ALTER TABLE "family_planning"."certificate_checks" ADD COLUMN "former_subdistrict" text;--> statement-breakpoint
ALTER TABLE "family_planning"."certificate_checks" ADD COLUMN "left_on" date;