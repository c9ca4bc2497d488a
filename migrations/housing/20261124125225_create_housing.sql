CREATE TABLE "housing"."dwellings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"road" text NOT NULL,
	"lane" text NOT NULL,
	"building" text NOT NULL,
	"room" text NOT NULL,
	"subdistrict_code" text NOT NULL,
	"station_code" text,
	"neighbourhood_code" text,
	"usage" text DEFAULT 'RESIDENTIAL' NOT NULL,
	"floor_area" numeric(8, 2) NOT NULL,
	"living_area" numeric(8, 2),
	"rooms" integer,
	"title_cert_no" text,
	"owner_kind" text,
	"owner_name" text,
	"owner_identity_number" text,
	"owner_phone" text,
	"occupancy_count" integer,
	"structure_safety" text,
	"report_no" bigint DEFAULT 0 NOT NULL,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "dwellings_subdistrict_form" CHECK ("housing"."dwellings"."subdistrict_code" ~ '^310107[0-9]{3}$'),
	CONSTRAINT "dwellings_neighbourhood_inside" CHECK (left("housing"."dwellings"."neighbourhood_code", 9) = "housing"."dwellings"."subdistrict_code"),
	CONSTRAINT "dwellings_usage_code" CHECK ("housing"."dwellings"."usage" in ('RESIDENTIAL', 'DORMITORY', 'SITE_SHED', 'NON_RESIDENTIAL', 'VILLAGE_HOUSE')),
	CONSTRAINT "dwellings_floor_area" CHECK ("housing"."dwellings"."floor_area" > 0 and "housing"."dwellings"."floor_area" <= 10000),
	CONSTRAINT "dwellings_living_area" CHECK ("housing"."dwellings"."living_area" > 0 and "housing"."dwellings"."living_area" <= "housing"."dwellings"."floor_area"),
	CONSTRAINT "dwellings_rooms" CHECK ("housing"."dwellings"."rooms" between 0 and 50),
	CONSTRAINT "dwellings_owner_kind_code" CHECK ("housing"."dwellings"."owner_kind" in ('PERSON', 'ORGANISATION')),
	CONSTRAINT "dwellings_occupancy_count" CHECK ("housing"."dwellings"."occupancy_count" >= 0),
	CONSTRAINT "dwellings_safety_code" CHECK ("housing"."dwellings"."structure_safety" in ('A', 'B', 'C', 'D'))
);
--> statement-breakpoint
CREATE TABLE "housing"."lease_filings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"filing_no" text,
	"lease_id" uuid NOT NULL,
	"kind" text DEFAULT 'NEW' NOT NULL,
	"status" text DEFAULT 'DRAFT' NOT NULL,
	"accepted_by_unit" text NOT NULL,
	"tenant_migrant_id" uuid,
	"submitted_on" date,
	"decided_on" date,
	"certificate_valid_to" date,
	"refusal_reason" text,
	"decision_legal_basis" text,
	"decision_reasons" text,
	"decision_decided_by" text,
	"decision_decided_on" date,
	"decision_remedy_notice" text,
	"subdistrict_code" text,
	"station_code" text,
	"neighbourhood_code" text,
	"shielded" boolean DEFAULT false NOT NULL,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "lease_filings_filing_no_unique" UNIQUE("filing_no"),
	CONSTRAINT "lease_filings_kind_code" CHECK ("housing"."lease_filings"."kind" in ('NEW', 'CHANGE', 'EXTENSION', 'CANCELLATION')),
	CONSTRAINT "lease_filings_status_code" CHECK ("housing"."lease_filings"."status" in ('DRAFT', 'SUBMITTED', 'SUPPLEMENT_REQUIRED', 'ACCEPTED', 'VERIFYING', 'FILED', 'REFUSED', 'CANCELLED', 'EXPIRED', 'LAPSED')),
	CONSTRAINT "lease_filings_unit_form" CHECK ("housing"."lease_filings"."accepted_by_unit" ~ '^PT-CAC-[0-9]{3}$'),
	CONSTRAINT "lease_filings_reason_code" CHECK ("housing"."lease_filings"."refusal_reason" in ('USE_MISMATCH', 'CONFLICTING_FILING', 'AREA_RULE', 'TITLE_NOT_PROVED', 'OTHER')),
	CONSTRAINT "lease_filings_numbered" CHECK ("housing"."lease_filings"."status" <> 'FILED' or "housing"."lease_filings"."filing_no" is not null),
	CONSTRAINT "lease_filings_refused" CHECK ("housing"."lease_filings"."status" <> 'REFUSED' or "housing"."lease_filings"."refusal_reason" is not null),
	CONSTRAINT "lease_filings_decision_complete" CHECK (num_nonnulls("housing"."lease_filings"."decision_legal_basis", "housing"."lease_filings"."decision_reasons", "housing"."lease_filings"."decision_decided_by", "housing"."lease_filings"."decision_decided_on", "housing"."lease_filings"."decision_remedy_notice") = case when "housing"."lease_filings"."status" = 'REFUSED' then 5 else 0 end),
	CONSTRAINT "lease_filings_dates" CHECK ("housing"."lease_filings"."submitted_on" <= "housing"."lease_filings"."decided_on"),
	CONSTRAINT "lease_filings_submitted" CHECK ("housing"."lease_filings"."status" = 'DRAFT' or "housing"."lease_filings"."submitted_on" is not null),
	CONSTRAINT "lease_filings_closed_has_day" CHECK (("housing"."lease_filings"."status" in ('FILED', 'REFUSED', 'CANCELLED', 'EXPIRED', 'LAPSED')) = ("housing"."lease_filings"."decided_on" is not null)),
	CONSTRAINT "lease_filings_certificate" CHECK ("housing"."lease_filings"."certificate_valid_to" >= "housing"."lease_filings"."decided_on")
);
--> statement-breakpoint
CREATE TABLE "housing"."property_inspections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"dwelling_id" uuid NOT NULL,
	"inspected_on" date NOT NULL,
	"inspected_by" text NOT NULL,
	"findings" text[] NOT NULL,
	"severity" text DEFAULT 'LOW' NOT NULL,
	"rectify_by" date,
	"rectified_on" date,
	"photo_refs" text[],
	"subdistrict_code" text,
	"station_code" text,
	"neighbourhood_code" text,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "property_inspections_findings_codes" CHECK ("housing"."property_inspections"."findings" <@ array['UNFILED_LEASE', 'OVER_OCCUPANCY', 'UNSAFE_WIRING', 'GAS_RISK', 'BLOCKED_EXIT', 'USE_CHANGED', 'STRUCTURE_ALTERED', 'NONE']),
	CONSTRAINT "property_inspections_findings_given" CHECK (cardinality("housing"."property_inspections"."findings") >= 1 and (cardinality("housing"."property_inspections"."findings") = 1 or not 'NONE' = any("housing"."property_inspections"."findings"))),
	CONSTRAINT "property_inspections_severity_code" CHECK ("housing"."property_inspections"."severity" in ('LOW', 'MEDIUM', 'HIGH')),
	CONSTRAINT "property_inspections_rectify" CHECK ("housing"."property_inspections"."rectify_by" >= "housing"."property_inspections"."inspected_on"),
	CONSTRAINT "property_inspections_rectified" CHECK ("housing"."property_inspections"."rectified_on" >= "housing"."property_inspections"."inspected_on")
);
--> statement-breakpoint
CREATE TABLE "housing"."lease_occupancies" (
	"id" uuid PRIMARY KEY NOT NULL,
	"lease_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"subdistrict_code" text,
	"station_code" text,
	"neighbourhood_code" text,
	"shielded" boolean DEFAULT false NOT NULL,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "housing"."leases" (
	"id" uuid PRIMARY KEY NOT NULL,
	"contract_no" text NOT NULL,
	"dwelling_id" uuid NOT NULL,
	"landlord_kind" text DEFAULT 'PERSON' NOT NULL,
	"landlord_name" text NOT NULL,
	"landlord_identity_number" text,
	"landlord_phone" text,
	"agent_kind" text,
	"agent_name" text,
	"agent_identity_number" text,
	"agent_phone" text,
	"tenant_kind" text DEFAULT 'PERSON' NOT NULL,
	"tenant_name" text NOT NULL,
	"tenant_identity_number" text,
	"tenant_document_kind" text,
	"tenant_phone" text,
	"tenant_migrant_id" uuid,
	"starts_on" date NOT NULL,
	"ends_on" date NOT NULL,
	"monthly_rent" bigint,
	"deposit" bigint,
	"sublease_of_id" uuid,
	"sublease_consented_on" date,
	"purpose" text DEFAULT 'RESIDENTIAL' NOT NULL,
	"status" text DEFAULT 'IN_FORCE' NOT NULL,
	"filing_status" text DEFAULT 'NOT_FILED' NOT NULL,
	"filing_unit" text,
	"filing_closed_on" date,
	"as_written" jsonb,
	"report_no" bigint DEFAULT 0 NOT NULL,
	"earlier_reports" jsonb,
	"subdistrict_code" text,
	"station_code" text,
	"neighbourhood_code" text,
	"shielded" boolean DEFAULT false NOT NULL,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "leases_contract_no_unique" UNIQUE("contract_no"),
	CONSTRAINT "leases_landlord_kind_code" CHECK ("housing"."leases"."landlord_kind" in ('PERSON', 'ORGANISATION')),
	CONSTRAINT "leases_agent_kind_code" CHECK ("housing"."leases"."agent_kind" in ('PERSON', 'ORGANISATION')),
	CONSTRAINT "leases_tenant_document_kind_code" CHECK ("housing"."leases"."tenant_document_kind" in ('RESIDENT_ID', 'HUKOU_BOOK', 'BIRTH_CERT', 'PASSPORT', 'HMT_PERMIT', 'OTHER')),
	CONSTRAINT "leases_tenant_kind_code" CHECK ("housing"."leases"."tenant_kind" in ('PERSON', 'ORGANISATION')),
	CONSTRAINT "leases_parties_named" CHECK (btrim("housing"."leases"."landlord_name") <> '' and btrim("housing"."leases"."tenant_name") <> ''),
	CONSTRAINT "leases_migrant_is_a_person" CHECK ("housing"."leases"."tenant_migrant_id" is null or "housing"."leases"."tenant_kind" = 'PERSON'),
	CONSTRAINT "leases_term" CHECK ("housing"."leases"."starts_on" < "housing"."leases"."ends_on" and "housing"."leases"."ends_on" <= "housing"."leases"."starts_on" + interval '20 years'),
	CONSTRAINT "leases_rent" CHECK ("housing"."leases"."monthly_rent" between 0 and 100000000),
	CONSTRAINT "leases_deposit" CHECK ("housing"."leases"."deposit" >= 0),
	CONSTRAINT "leases_sublease_consent" CHECK ("housing"."leases"."sublease_of_id" is distinct from "housing"."leases"."id" and ("housing"."leases"."sublease_of_id" is null or "housing"."leases"."sublease_consented_on" is not null)),
	CONSTRAINT "leases_purpose_code" CHECK ("housing"."leases"."purpose" in ('RESIDENTIAL', 'DORMITORY', 'SITE_SHED', 'NON_RESIDENTIAL', 'VILLAGE_HOUSE')),
	CONSTRAINT "leases_status_code" CHECK ("housing"."leases"."status" in ('DRAFT', 'IN_FORCE', 'ENDED', 'TERMINATED')),
	CONSTRAINT "leases_filing_status_code" CHECK ("housing"."leases"."filing_status" in ('NOT_FILED', 'IN_PROGRESS', 'FILED', 'EXPIRED', 'CANCELLED', 'REFUSED')),
	CONSTRAINT "leases_filing_unit_form" CHECK ("housing"."leases"."filing_unit" ~ '^PT-CAC-[0-9]{3}$')
);
--> statement-breakpoint
CREATE UNIQUE INDEX "dwellings_address" ON "housing"."dwellings" USING btree ("subdistrict_code","road","lane","building","room");
--> statement-breakpoint
CREATE UNIQUE INDEX "lease_occupancies_once" ON "housing"."lease_occupancies" USING btree ("lease_id","person_id");
--> statement-breakpoint
ALTER TABLE "housing"."lease_filings" ADD CONSTRAINT "lease_filings_lease_id_leases_id_fk" FOREIGN KEY ("lease_id") REFERENCES "housing"."leases"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "housing"."property_inspections" ADD CONSTRAINT "property_inspections_dwelling_id_dwellings_id_fk" FOREIGN KEY ("dwelling_id") REFERENCES "housing"."dwellings"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "housing"."lease_occupancies" ADD CONSTRAINT "lease_occupancies_lease_id_leases_id_fk" FOREIGN KEY ("lease_id") REFERENCES "housing"."leases"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "housing"."leases" ADD CONSTRAINT "leases_dwelling_id_dwellings_id_fk" FOREIGN KEY ("dwelling_id") REFERENCES "housing"."dwellings"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "housing"."leases" ADD CONSTRAINT "leases_sublease_of_id_leases_id_fk" FOREIGN KEY ("sublease_of_id") REFERENCES "housing"."leases"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "dwellings_folded_road" ON "housing"."dwellings" USING btree (access.fold("road") collate "C");
--> statement-breakpoint
CREATE INDEX "dwellings_subdistrict" ON "housing"."dwellings" USING btree ("subdistrict_code","id");
--> statement-breakpoint
CREATE INDEX "dwellings_station" ON "housing"."dwellings" USING btree ("station_code","id");
--> statement-breakpoint
CREATE INDEX "dwellings_neighbourhood" ON "housing"."dwellings" USING btree ("neighbourhood_code","id");
--> statement-breakpoint
CREATE INDEX "dwellings_occupancy" ON "housing"."dwellings" USING btree ("occupancy_count","id");
--> statement-breakpoint
CREATE INDEX "dwellings_floor_area_order" ON "housing"."dwellings" USING btree ("floor_area","id");
--> statement-breakpoint
CREATE INDEX "lease_filings_lease" ON "housing"."lease_filings" USING btree ("lease_id","submitted_on","id");
--> statement-breakpoint
CREATE INDEX "lease_filings_subdistrict" ON "housing"."lease_filings" USING btree ("subdistrict_code","submitted_on","id");
--> statement-breakpoint
CREATE INDEX "lease_filings_station" ON "housing"."lease_filings" USING btree ("station_code","submitted_on","id");
--> statement-breakpoint
CREATE INDEX "lease_filings_neighbourhood" ON "housing"."lease_filings" USING btree ("neighbourhood_code","id");
--> statement-breakpoint
CREATE INDEX "lease_filings_window" ON "housing"."lease_filings" USING btree ("accepted_by_unit","submitted_on","id");
--> statement-breakpoint
CREATE INDEX "lease_filings_submitted_order" ON "housing"."lease_filings" USING btree ("submitted_on","id");
--> statement-breakpoint
CREATE INDEX "lease_filings_decided_order" ON "housing"."lease_filings" USING btree ("decided_on","id");
--> statement-breakpoint
CREATE INDEX "lease_filings_tenant" ON "housing"."lease_filings" USING btree ("tenant_migrant_id");
--> statement-breakpoint
CREATE INDEX "property_inspections_dwelling" ON "housing"."property_inspections" USING btree ("dwelling_id","inspected_on","id");
--> statement-breakpoint
CREATE INDEX "property_inspections_subdistrict" ON "housing"."property_inspections" USING btree ("subdistrict_code","inspected_on","id");
--> statement-breakpoint
CREATE INDEX "property_inspections_station" ON "housing"."property_inspections" USING btree ("station_code","inspected_on","id");
--> statement-breakpoint
CREATE INDEX "property_inspections_by" ON "housing"."property_inspections" USING btree ("inspected_by","inspected_on","id");
--> statement-breakpoint
CREATE INDEX "property_inspections_on" ON "housing"."property_inspections" USING btree ("inspected_on","id");
--> statement-breakpoint
CREATE INDEX "property_inspections_rectify_order" ON "housing"."property_inspections" USING btree ("rectify_by","id");
--> statement-breakpoint
CREATE INDEX "lease_occupancies_subdistrict" ON "housing"."lease_occupancies" USING btree ("subdistrict_code","id");
--> statement-breakpoint
CREATE INDEX "lease_occupancies_station" ON "housing"."lease_occupancies" USING btree ("station_code","id");
--> statement-breakpoint
CREATE INDEX "lease_occupancies_neighbourhood" ON "housing"."lease_occupancies" USING btree ("neighbourhood_code","id");
--> statement-breakpoint
CREATE INDEX "lease_occupancies_person" ON "housing"."lease_occupancies" USING btree ("person_id","id");
--> statement-breakpoint
CREATE INDEX "leases_dwelling" ON "housing"."leases" USING btree ("dwelling_id","id");
--> statement-breakpoint
CREATE INDEX "leases_tenant_migrant" ON "housing"."leases" USING btree ("tenant_migrant_id","id");
--> statement-breakpoint
CREATE INDEX "leases_unmatched" ON "housing"."leases" USING btree ("tenant_identity_number") WHERE "housing"."leases"."tenant_migrant_id" is null;
--> statement-breakpoint
CREATE INDEX "leases_subdistrict" ON "housing"."leases" USING btree ("subdistrict_code","ends_on","id");
--> statement-breakpoint
CREATE INDEX "leases_subdistrict_list" ON "housing"."leases" USING btree ("subdistrict_code","id");
--> statement-breakpoint
CREATE INDEX "leases_station" ON "housing"."leases" USING btree ("station_code","id");
--> statement-breakpoint
CREATE INDEX "leases_neighbourhood" ON "housing"."leases" USING btree ("neighbourhood_code","id");
--> statement-breakpoint
CREATE INDEX "leases_window" ON "housing"."leases" USING btree ("filing_unit","id");
--> statement-breakpoint
CREATE INDEX "leases_starts" ON "housing"."leases" USING btree ("starts_on","id");
--> statement-breakpoint
CREATE INDEX "leases_ends" ON "housing"."leases" USING btree ("ends_on","id");
--> statement-breakpoint
CREATE INDEX "leases_rent_order" ON "housing"."leases" USING btree ("monthly_rent","id");
--> statement-breakpoint
CREATE INDEX "leases_sublease" ON "housing"."leases" USING btree ("sublease_of_id");
