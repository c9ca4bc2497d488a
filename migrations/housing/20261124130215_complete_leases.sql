ALTER TABLE "housing"."dwellings" DROP CONSTRAINT "dwellings_living_area";--> statement-breakpoint
DROP INDEX "housing"."lease_filings_subdistrict";--> statement-breakpoint
DROP INDEX "housing"."lease_filings_window";--> statement-breakpoint
ALTER TABLE "housing"."lease_filings" ADD COLUMN "decision_legal_basis" text;--> statement-breakpoint
ALTER TABLE "housing"."lease_filings" ADD COLUMN "decision_reasons" text;--> statement-breakpoint
ALTER TABLE "housing"."lease_filings" ADD COLUMN "decision_decided_by" text;--> statement-breakpoint
ALTER TABLE "housing"."lease_filings" ADD COLUMN "decision_decided_on" date;--> statement-breakpoint
ALTER TABLE "housing"."lease_filings" ADD COLUMN "decision_remedy_notice" text;--> statement-breakpoint
ALTER TABLE "housing"."lease_filings" ADD COLUMN "shielded" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "housing"."leases" ADD COLUMN "sublease_consented_on" date;--> statement-breakpoint
ALTER TABLE "housing"."leases" ADD COLUMN "filing_unit" text;--> statement-breakpoint
ALTER TABLE "housing"."leases" ADD COLUMN "filing_closed_on" date;--> statement-breakpoint
ALTER TABLE "housing"."leases" ADD COLUMN "shielded" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "dwellings_floor_area_order" ON "housing"."dwellings" USING btree ("floor_area","id");--> statement-breakpoint
CREATE INDEX "lease_filings_station" ON "housing"."lease_filings" USING btree ("station_code","submitted_on","id");--> statement-breakpoint
CREATE INDEX "lease_filings_neighbourhood" ON "housing"."lease_filings" USING btree ("neighbourhood_code","id");--> statement-breakpoint
CREATE INDEX "lease_filings_submitted_order" ON "housing"."lease_filings" USING btree ("submitted_on","id");--> statement-breakpoint
CREATE INDEX "lease_filings_decided_order" ON "housing"."lease_filings" USING btree ("decided_on","id");--> statement-breakpoint
CREATE INDEX "leases_subdistrict_list" ON "housing"."leases" USING btree ("subdistrict_code","id");--> statement-breakpoint
CREATE INDEX "leases_window" ON "housing"."leases" USING btree ("filing_unit","id");--> statement-breakpoint
CREATE INDEX "leases_starts" ON "housing"."leases" USING btree ("starts_on","id");--> statement-breakpoint
CREATE INDEX "leases_rent_order" ON "housing"."leases" USING btree ("monthly_rent","id");--> statement-breakpoint
CREATE INDEX "property_inspections_station" ON "housing"."property_inspections" USING btree ("station_code","inspected_on","id");--> statement-breakpoint
CREATE INDEX "property_inspections_by" ON "housing"."property_inspections" USING btree ("inspected_by","inspected_on","id");--> statement-breakpoint
CREATE INDEX "property_inspections_rectify_order" ON "housing"."property_inspections" USING btree ("rectify_by","id");--> statement-breakpoint
CREATE INDEX "lease_filings_subdistrict" ON "housing"."lease_filings" USING btree ("subdistrict_code","submitted_on","id");--> statement-breakpoint
CREATE INDEX "lease_filings_window" ON "housing"."lease_filings" USING btree ("accepted_by_unit","submitted_on","id");--> statement-breakpoint
ALTER TABLE "housing"."dwellings" ADD CONSTRAINT "dwellings_occupancy_count" CHECK ("housing"."dwellings"."occupancy_count" >= 0);--> statement-breakpoint
ALTER TABLE "housing"."dwellings" ADD CONSTRAINT "dwellings_living_area" CHECK ("housing"."dwellings"."living_area" > 0 and "housing"."dwellings"."living_area" <= "housing"."dwellings"."floor_area");--> statement-breakpoint
ALTER TABLE "housing"."lease_filings" ADD CONSTRAINT "lease_filings_unit_form" CHECK ("housing"."lease_filings"."accepted_by_unit" ~ '^PT-CAC-[0-9]{3}$');--> statement-breakpoint
ALTER TABLE "housing"."lease_filings" ADD CONSTRAINT "lease_filings_decision_complete" CHECK (num_nonnulls("housing"."lease_filings"."decision_legal_basis", "housing"."lease_filings"."decision_reasons", "housing"."lease_filings"."decision_decided_by", "housing"."lease_filings"."decision_decided_on", "housing"."lease_filings"."decision_remedy_notice") = case when "housing"."lease_filings"."status" = 'REFUSED' then 5 else 0 end) NOT VALID;--> statement-breakpoint
ALTER TABLE "housing"."lease_filings" ADD CONSTRAINT "lease_filings_submitted" CHECK ("housing"."lease_filings"."status" = 'DRAFT' or "housing"."lease_filings"."submitted_on" is not null);--> statement-breakpoint
ALTER TABLE "housing"."lease_filings" ADD CONSTRAINT "lease_filings_closed_has_day" CHECK (("housing"."lease_filings"."status" in ('FILED', 'REFUSED', 'CANCELLED', 'EXPIRED', 'LAPSED')) = ("housing"."lease_filings"."decided_on" is not null));--> statement-breakpoint
ALTER TABLE "housing"."lease_filings" ADD CONSTRAINT "lease_filings_certificate" CHECK ("housing"."lease_filings"."certificate_valid_to" >= "housing"."lease_filings"."decided_on");--> statement-breakpoint
ALTER TABLE "housing"."leases" ADD CONSTRAINT "leases_parties_named" CHECK (btrim("housing"."leases"."landlord_name") <> '' and btrim("housing"."leases"."tenant_name") <> '');--> statement-breakpoint
ALTER TABLE "housing"."leases" ADD CONSTRAINT "leases_migrant_is_a_person" CHECK ("housing"."leases"."tenant_migrant_id" is null or "housing"."leases"."tenant_kind" = 'PERSON');--> statement-breakpoint
ALTER TABLE "housing"."leases" ADD CONSTRAINT "leases_sublease_consent" CHECK ("housing"."leases"."sublease_of_id" is distinct from "housing"."leases"."id" and ("housing"."leases"."sublease_of_id" is null or "housing"."leases"."sublease_consented_on" is not null));--> statement-breakpoint
ALTER TABLE "housing"."leases" ADD CONSTRAINT "leases_filing_unit_form" CHECK ("housing"."leases"."filing_unit" ~ '^PT-CAC-[0-9]{3}$');--> statement-breakpoint
ALTER TABLE "housing"."property_inspections" ADD CONSTRAINT "property_inspections_findings_given" CHECK (cardinality("housing"."property_inspections"."findings") >= 1 and (cardinality("housing"."property_inspections"."findings") = 1 or not 'NONE' = any("housing"."property_inspections"."findings")));--> statement-breakpoint
ALTER TABLE "housing"."property_inspections" ADD CONSTRAINT "property_inspections_rectified" CHECK ("housing"."property_inspections"."rectified_on" >= "housing"."property_inspections"."inspected_on");