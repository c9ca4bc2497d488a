ALTER TABLE "population_office"."assessments" ALTER COLUMN "scores" SET DEFAULT '[]'::jsonb;--> statement-breakpoint
ALTER TABLE "population_office"."coordination_matters" ALTER COLUMN "assigned_to_codes" SET DEFAULT '{}';--> statement-breakpoint
ALTER TABLE "population_office"."assessments" ADD COLUMN "self_report" text;--> statement-breakpoint
ALTER TABLE "population_office"."assessments" ADD COLUMN "scored_on" date;--> statement-breakpoint
ALTER TABLE "population_office"."assessments" ADD COLUMN "comment" text;--> statement-breakpoint
ALTER TABLE "population_office"."assessments" ADD CONSTRAINT "assessments_words_impersonal" CHECK ((char_length(btrim("population_office"."assessments"."self_report")) between 1 and 2000 and "population_office"."assessments"."self_report" !~ '[0-9０-９]{11}') is not false and (char_length(btrim("population_office"."assessments"."comment")) between 1 and 1000 and "population_office"."assessments"."comment" !~ '[0-9０-９]{11}') is not false);