ALTER TABLE "housing"."lease_filings" ADD COLUMN "materials" text[];--> statement-breakpoint
ALTER TABLE "housing"."lease_filings" ADD COLUMN "missing_materials" text[];--> statement-breakpoint
ALTER TABLE "housing"."lease_filings" ADD COLUMN "supplement_by" date;--> statement-breakpoint
CREATE INDEX "lease_filings_supplement_order" ON "housing"."lease_filings" USING btree ("supplement_by","id");--> statement-breakpoint
ALTER TABLE "housing"."lease_filings" ADD CONSTRAINT "lease_filings_materials_codes" CHECK ("housing"."lease_filings"."materials" <@ array['IDENTITY_PROOF', 'APPLICATION_FORM', 'CONTRACT', 'TITLE_PROOF']);--> statement-breakpoint
ALTER TABLE "housing"."lease_filings" ADD CONSTRAINT "lease_filings_missing_materials_codes" CHECK ("housing"."lease_filings"."missing_materials" <@ array['IDENTITY_PROOF', 'APPLICATION_FORM', 'CONTRACT', 'TITLE_PROOF']);--> statement-breakpoint
ALTER TABLE "housing"."lease_filings" ADD CONSTRAINT "lease_filings_supplement" CHECK (("housing"."lease_filings"."missing_materials" is null) = ("housing"."lease_filings"."supplement_by" is null) and cardinality("housing"."lease_filings"."missing_materials") >= 1);