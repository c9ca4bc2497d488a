CREATE TABLE "commerce"."commerce_cases" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"kind" text NOT NULL,
	"subject_kind" text,
	"subject_name" text,
	"subject_identity_number" text,
	"subject_phone" text,
	"place_kind" text NOT NULL,
	"place_name" text NOT NULL,
	"site_id" uuid,
	"employer_id" uuid,
	"dwelling_id" uuid,
	"market_id" uuid,
	"school_id" uuid,
	"premises_id" uuid,
	"subdistrict_code" text,
	"station_code" text,
	"neighbourhood_code" text,
	"accepted_on" date NOT NULL,
	"decision_legal_basis" text,
	"decision_reasons" text,
	"decision_decided_by" text,
	"decision_decided_on" date,
	"decision_remedy_notice" text,
	"status" text DEFAULT 'ACCEPTED' NOT NULL,
	"informant_kind" text,
	"informant_name" text,
	"informant_identity_number" text,
	"informant_phone" text,
	"joint_units" text[] DEFAULT '{}' NOT NULL,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "commerce_cases_case_no_unique" UNIQUE("case_no"),
	CONSTRAINT "commerce_cases_kind_code" CHECK ("commerce"."commerce_cases"."kind" in ('UNLICENSED', 'UNDERGROUND_PROCESSING', 'COUNTERFEIT', 'OTHER')),
	CONSTRAINT "commerce_cases_subject_given" CHECK ("commerce"."commerce_cases"."subject_name" is not null),
	CONSTRAINT "commerce_cases_subject" CHECK (("commerce"."commerce_cases"."subject_kind" is null) = ("commerce"."commerce_cases"."subject_name" is null) and "commerce"."commerce_cases"."subject_kind" in ('PERSON', 'ORGANISATION') is not false),
	CONSTRAINT "commerce_cases_informant" CHECK (("commerce"."commerce_cases"."informant_kind" is null) = ("commerce"."commerce_cases"."informant_name" is null) and "commerce"."commerce_cases"."informant_kind" in ('PERSON', 'ORGANISATION') is not false),
	CONSTRAINT "commerce_cases_place" CHECK ("commerce"."commerce_cases"."place_kind" in ('CONSTRUCTION_SITE', 'EMPLOYER', 'DORMITORY', 'DWELLING', 'MARKET', 'SCHOOL', 'SMALL_PREMISES', 'OTHER') and ("commerce"."commerce_cases"."site_id" is null or "commerce"."commerce_cases"."place_kind" in ('CONSTRUCTION_SITE')) and ("commerce"."commerce_cases"."employer_id" is null or "commerce"."commerce_cases"."place_kind" in ('EMPLOYER')) and ("commerce"."commerce_cases"."dwelling_id" is null or "commerce"."commerce_cases"."place_kind" in ('DORMITORY', 'DWELLING')) and ("commerce"."commerce_cases"."market_id" is null or "commerce"."commerce_cases"."place_kind" in ('MARKET')) and ("commerce"."commerce_cases"."school_id" is null or "commerce"."commerce_cases"."place_kind" in ('SCHOOL')) and ("commerce"."commerce_cases"."premises_id" is null or "commerce"."commerce_cases"."place_kind" in ('SMALL_PREMISES'))),
	CONSTRAINT "commerce_cases_status_code" CHECK ("commerce"."commerce_cases"."status" in ('REPORTED', 'SCREENING', 'ACCEPTED', 'NOT_ACCEPTED', 'TRANSFERRED', 'INVESTIGATING', 'SUSPENDED', 'DECIDED', 'EXECUTING', 'UNDER_REMEDY', 'ANNULLED', 'CLOSED', 'REOPENED', 'WITHDRAWN')),
	CONSTRAINT "commerce_cases_decision_complete" CHECK (num_nonnulls("commerce"."commerce_cases"."decision_legal_basis", "commerce"."commerce_cases"."decision_reasons", "commerce"."commerce_cases"."decision_decided_by", "commerce"."commerce_cases"."decision_decided_on", "commerce"."commerce_cases"."decision_remedy_notice") in (0, 5) and (not ("commerce"."commerce_cases"."status" in ('DECIDED', 'EXECUTING', 'UNDER_REMEDY')) or "commerce"."commerce_cases"."decision_decided_on" is not null))
);
--> statement-breakpoint
CREATE TABLE "commerce"."business_licences" (
	"id" uuid PRIMARY KEY NOT NULL,
	"registration_no" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"operator_name" text,
	"operator_id" uuid,
	"employer_id" uuid,
	"business_scope" text NOT NULL,
	"road" text,
	"lane" text,
	"building" text,
	"room" text,
	"subdistrict_code" text,
	"station_code" text,
	"neighbourhood_code" text,
	"issued_on" date NOT NULL,
	"valid_to" date,
	"status" text DEFAULT 'IN_FORCE' NOT NULL,
	"coordinator_id" uuid,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "business_licences_registration_no_unique" UNIQUE("registration_no"),
	CONSTRAINT "business_licences_number_form" CHECK ("commerce"."business_licences"."registration_no" ~ '^[0-9]{13}([0-9]{2})?$'),
	CONSTRAINT "business_licences_kind_code" CHECK ("commerce"."business_licences"."kind" in ('INDIVIDUAL_BUSINESS', 'PRIVATE_ENTERPRISE', 'PARTNERSHIP', 'OTHER')),
	CONSTRAINT "business_licences_status_code" CHECK ("commerce"."business_licences"."status" in ('IN_FORCE', 'SUSPENDED', 'CANCELLED', 'REVOKED')),
	CONSTRAINT "business_licences_validity" CHECK ("commerce"."business_licences"."issued_on" <= "commerce"."business_licences"."valid_to")
);
--> statement-breakpoint
CREATE TABLE "commerce"."qualification_checks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"applicant_id" uuid NOT NULL,
	"requested_on" date NOT NULL,
	"confirmations" jsonb NOT NULL,
	"result" text DEFAULT 'MORE_NEEDED' NOT NULL,
	"confirming_units" text[] NOT NULL,
	"shielded" boolean DEFAULT false NOT NULL,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "qualification_checks_result_code" CHECK ("commerce"."qualification_checks"."result" in ('CONFIRMED', 'NOT_CONFIRMED', 'MORE_NEEDED')),
	CONSTRAINT "qualification_checks_confirmed_by_asked" CHECK (to_jsonb("commerce"."qualification_checks"."confirming_units") @> jsonb_path_query_array("commerce"."qualification_checks"."confirmations", '$[*].unit'))
);
--> statement-breakpoint
CREATE TABLE "commerce"."markets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"road" text,
	"lane" text,
	"building" text,
	"room" text,
	"subdistrict_code" text,
	"station_code" text,
	"neighbourhood_code" text,
	"stalls" integer,
	"coordinator_id" uuid,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "markets_stalls" CHECK ("commerce"."markets"."stalls" >= 0)
);
--> statement-breakpoint
CREATE TABLE "commerce"."premises_inspections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"place_kind" text NOT NULL,
	"place_name" text NOT NULL,
	"site_id" uuid,
	"employer_id" uuid,
	"dwelling_id" uuid,
	"market_id" uuid,
	"school_id" uuid,
	"premises_id" uuid,
	"subdistrict_code" text,
	"station_code" text,
	"neighbourhood_code" text,
	"occurred_on" date NOT NULL,
	"assisted_by_id" uuid,
	"findings" text[] NOT NULL,
	"rectify_by" date,
	"rectified_on" date,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "premises_inspections_place" CHECK ("commerce"."premises_inspections"."place_kind" in ('CONSTRUCTION_SITE', 'EMPLOYER', 'DORMITORY', 'DWELLING', 'MARKET', 'SCHOOL', 'SMALL_PREMISES', 'OTHER') and ("commerce"."premises_inspections"."site_id" is null or "commerce"."premises_inspections"."place_kind" in ('CONSTRUCTION_SITE')) and ("commerce"."premises_inspections"."employer_id" is null or "commerce"."premises_inspections"."place_kind" in ('EMPLOYER')) and ("commerce"."premises_inspections"."dwelling_id" is null or "commerce"."premises_inspections"."place_kind" in ('DORMITORY', 'DWELLING')) and ("commerce"."premises_inspections"."market_id" is null or "commerce"."premises_inspections"."place_kind" in ('MARKET')) and ("commerce"."premises_inspections"."school_id" is null or "commerce"."premises_inspections"."place_kind" in ('SCHOOL')) and ("commerce"."premises_inspections"."premises_id" is null or "commerce"."premises_inspections"."place_kind" in ('SMALL_PREMISES'))),
	CONSTRAINT "premises_inspections_findings" CHECK ("commerce"."premises_inspections"."findings" <@ array['NO_LICENCE', 'BEYOND_SCOPE', 'COUNTERFEIT', 'SANITATION_REFERRED', 'FIRE_REFERRED', 'NONE'] and cardinality("commerce"."premises_inspections"."findings") >= 1 and (cardinality("commerce"."premises_inspections"."findings") = 1 or not 'NONE' = any("commerce"."premises_inspections"."findings"))),
	CONSTRAINT "premises_inspections_rectify" CHECK ("commerce"."premises_inspections"."rectify_by" >= "commerce"."premises_inspections"."occurred_on" and "commerce"."premises_inspections"."rectified_on" >= "commerce"."premises_inspections"."occurred_on")
);
--> statement-breakpoint
CREATE TABLE "commerce"."small_premises" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"road" text,
	"lane" text,
	"building" text,
	"room" text,
	"subdistrict_code" text,
	"station_code" text,
	"neighbourhood_code" text,
	"licence_id" uuid,
	"dwelling_id" uuid,
	"coordinator_id" uuid,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "small_premises_kind_code" CHECK ("commerce"."small_premises"."kind" in ('BATH_HOUSE', 'HAIR_BEAUTY_SALON', 'HOSTEL', 'INTERNET_CAFE'))
);
--> statement-breakpoint
ALTER TABLE "commerce"."small_premises" ADD CONSTRAINT "small_premises_licence_id_business_licences_id_fk" FOREIGN KEY ("licence_id") REFERENCES "commerce"."business_licences"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "commerce_cases_subdistrict" ON "commerce"."commerce_cases" USING btree ("subdistrict_code","accepted_on","id");
--> statement-breakpoint
CREATE INDEX "commerce_cases_station" ON "commerce"."commerce_cases" USING btree ("station_code","accepted_on","id");
--> statement-breakpoint
CREATE INDEX "commerce_cases_accepted" ON "commerce"."commerce_cases" USING btree ("accepted_on","id");
--> statement-breakpoint
CREATE INDEX "business_licences_operator" ON "commerce"."business_licences" USING btree ("operator_id","id");
--> statement-breakpoint
CREATE INDEX "business_licences_employer" ON "commerce"."business_licences" USING btree ("employer_id","id");
--> statement-breakpoint
CREATE INDEX "business_licences_subdistrict" ON "commerce"."business_licences" USING btree ("subdistrict_code","issued_on","id");
--> statement-breakpoint
CREATE INDEX "business_licences_station" ON "commerce"."business_licences" USING btree ("station_code","issued_on","id");
--> statement-breakpoint
CREATE INDEX "business_licences_coordinator" ON "commerce"."business_licences" USING btree ("coordinator_id","id");
--> statement-breakpoint
CREATE INDEX "business_licences_folded_name" ON "commerce"."business_licences" USING btree (access.fold("name") collate "C");
--> statement-breakpoint
CREATE INDEX "business_licences_name" ON "commerce"."business_licences" USING btree ("name","id");
--> statement-breakpoint
CREATE INDEX "business_licences_issued" ON "commerce"."business_licences" USING btree ("issued_on","id");
--> statement-breakpoint
CREATE INDEX "business_licences_valid_to" ON "commerce"."business_licences" USING btree ("valid_to","id");
--> statement-breakpoint
CREATE INDEX "qualification_checks_applicant" ON "commerce"."qualification_checks" USING btree ("applicant_id","id");
--> statement-breakpoint
CREATE INDEX "qualification_checks_requested" ON "commerce"."qualification_checks" USING btree ("requested_on","id");
--> statement-breakpoint
CREATE INDEX "markets_subdistrict" ON "commerce"."markets" USING btree ("subdistrict_code","name","id");
--> statement-breakpoint
CREATE INDEX "markets_station" ON "commerce"."markets" USING btree ("station_code","name","id");
--> statement-breakpoint
CREATE INDEX "markets_name" ON "commerce"."markets" USING btree ("name","id");
--> statement-breakpoint
CREATE INDEX "markets_stalls_order" ON "commerce"."markets" USING btree ("stalls","id");
--> statement-breakpoint
CREATE INDEX "markets_coordinator" ON "commerce"."markets" USING btree ("coordinator_id","id");
--> statement-breakpoint
CREATE INDEX "premises_inspections_premises" ON "commerce"."premises_inspections" USING btree ("premises_id","occurred_on","id");
--> statement-breakpoint
CREATE INDEX "premises_inspections_market" ON "commerce"."premises_inspections" USING btree ("market_id","occurred_on","id");
--> statement-breakpoint
CREATE INDEX "premises_inspections_assisted" ON "commerce"."premises_inspections" USING btree ("assisted_by_id","occurred_on","id");
--> statement-breakpoint
CREATE INDEX "premises_inspections_subdistrict" ON "commerce"."premises_inspections" USING btree ("subdistrict_code","occurred_on","id");
--> statement-breakpoint
CREATE INDEX "premises_inspections_station" ON "commerce"."premises_inspections" USING btree ("station_code","occurred_on","id");
--> statement-breakpoint
CREATE INDEX "premises_inspections_occurred" ON "commerce"."premises_inspections" USING btree ("occurred_on","id");
--> statement-breakpoint
CREATE INDEX "premises_inspections_rectify_order" ON "commerce"."premises_inspections" USING btree ("rectify_by","id");
--> statement-breakpoint
CREATE INDEX "small_premises_licence" ON "commerce"."small_premises" USING btree ("licence_id","id");
--> statement-breakpoint
CREATE INDEX "small_premises_dwelling" ON "commerce"."small_premises" USING btree ("dwelling_id","id");
--> statement-breakpoint
CREATE INDEX "small_premises_coordinator" ON "commerce"."small_premises" USING btree ("coordinator_id","id");
--> statement-breakpoint
CREATE INDEX "small_premises_subdistrict" ON "commerce"."small_premises" USING btree ("subdistrict_code","kind","id");
--> statement-breakpoint
CREATE INDEX "small_premises_station" ON "commerce"."small_premises" USING btree ("station_code","kind","id");
