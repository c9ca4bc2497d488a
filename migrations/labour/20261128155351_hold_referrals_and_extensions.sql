ALTER TABLE "labour"."wage_arrears_cases" ADD COLUMN "referral_consented_on" date;--> statement-breakpoint
ALTER TABLE "labour"."wage_arrears_cases" ADD COLUMN "extended_on" date;