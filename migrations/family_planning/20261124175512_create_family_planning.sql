CREATE TABLE "family_planning"."family_planning_activities" (
	"id" uuid PRIMARY KEY NOT NULL,
	"topic" text NOT NULL,
	"occurred_on" date NOT NULL,
	"subdistrict_code" text NOT NULL,
	"participant_codes" text[] NOT NULL,
	"attendance" integer,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "family_planning_activities_topic_code" CHECK ("family_planning"."family_planning_activities"."topic" in ('CONTRACEPTION', 'HEALTHY_BIRTH', 'REPRODUCTIVE_HEALTH', 'RIGHTS_AND_SERVICES')),
	CONSTRAINT "family_planning_activities_attendance" CHECK ("family_planning"."family_planning_activities"."attendance" >= 0)
);
--> statement-breakpoint
CREATE TABLE "family_planning"."joint_check_actions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"planned_on" date NOT NULL,
	"participant_codes" text[] NOT NULL,
	"territory" text[] NOT NULL,
	"legal_basis" text NOT NULL,
	"checked_count" integer,
	"issues_count" integer,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "joint_check_actions_participants" CHECK (cardinality("family_planning"."joint_check_actions"."participant_codes") >= 1),
	CONSTRAINT "joint_check_actions_territory" CHECK (cardinality("family_planning"."joint_check_actions"."territory") >= 1),
	CONSTRAINT "joint_check_actions_basis_given" CHECK (btrim("family_planning"."joint_check_actions"."legal_basis") <> ''),
	CONSTRAINT "joint_check_actions_counts" CHECK ("family_planning"."joint_check_actions"."checked_count" >= 0 and "family_planning"."joint_check_actions"."issues_count" between 0 and "family_planning"."joint_check_actions"."checked_count")
);
--> statement-breakpoint
CREATE TABLE "family_planning"."certificate_checks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"checked_by_id" text NOT NULL,
	"result" text NOT NULL,
	"checked_on" date NOT NULL,
	"follow_up_by" date,
	"notice_given" boolean NOT NULL,
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
	CONSTRAINT "certificate_checks_result_code" CHECK ("family_planning"."certificate_checks"."result" in ('VALID', 'MISSING', 'MISMATCH', 'EXPIRED', 'NOT_APPLICABLE')),
	CONSTRAINT "certificate_checks_by_subdistrict" CHECK ("family_planning"."certificate_checks"."checked_by_id" ~ '^PT-SUB-[0-9]{3}$'),
	CONSTRAINT "certificate_checks_follow_up" CHECK ("family_planning"."certificate_checks"."follow_up_by" >= "family_planning"."certificate_checks"."checked_on"),
	CONSTRAINT "certificate_checks_notice_first" CHECK ("family_planning"."certificate_checks"."follow_up_by" is null or "family_planning"."certificate_checks"."notice_given")
);
--> statement-breakpoint
CREATE TABLE "family_planning"."marriage_fertility_certificates" (
	"id" uuid PRIMARY KEY NOT NULL,
	"certificate_no" text NOT NULL,
	"holder_id" uuid NOT NULL,
	"issuing_division" text NOT NULL,
	"issued_on" date NOT NULL,
	"valid_to" date,
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
	CONSTRAINT "marriage_fertility_certificates_certificate_no_unique" UNIQUE("certificate_no"),
	CONSTRAINT "marriage_fertility_certificates_no_length" CHECK (char_length("family_planning"."marriage_fertility_certificates"."certificate_no") between 1 and 30),
	CONSTRAINT "marriage_fertility_certificates_division_form" CHECK ("family_planning"."marriage_fertility_certificates"."issuing_division" ~ '^[0-9]{6}$'),
	CONSTRAINT "marriage_fertility_certificates_validity" CHECK ("family_planning"."marriage_fertility_certificates"."issued_on" <= "family_planning"."marriage_fertility_certificates"."valid_to")
);
--> statement-breakpoint
CREATE TABLE "family_planning"."family_planning_records" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"children_count" integer,
	"certificate_id" uuid,
	"service_contact_name" text,
	"service_contact_relation" text,
	"service_contact_phone" text,
	"home_commission" text NOT NULL,
	"consent_on" date,
	"next_service_on" date,
	"updated_on" date NOT NULL,
	"subdistrict_code" text,
	"station_code" text,
	"neighbourhood_code" text,
	"shielded" boolean DEFAULT false NOT NULL,
	"reminder_subdistrict_code" text GENERATED ALWAYS AS (case when consent_on is not null then subdistrict_code end) STORED,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "family_planning_records_person_id_unique" UNIQUE("person_id"),
	CONSTRAINT "family_planning_records_children" CHECK ("family_planning"."family_planning_records"."children_count" between 0 and 15)
);
--> statement-breakpoint
CREATE TABLE "family_planning"."family_planning_services" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"consent_on" date NOT NULL,
	"kind" text NOT NULL,
	"occurred_on" date NOT NULL,
	"provider" text NOT NULL,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "family_planning_services_kind_code" CHECK ("family_planning"."family_planning_services"."kind" in ('COUNSELLING', 'FREE_SUPPLIES', 'CHECK_UP', 'HEALTHY_BIRTH_ADVICE')),
	CONSTRAINT "family_planning_services_consent_first" CHECK ("family_planning"."family_planning_services"."consent_on" <= "family_planning"."family_planning_services"."occurred_on")
);
--> statement-breakpoint
CREATE TABLE "family_planning"."pregnancy_notices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"to_division" text NOT NULL,
	"informed_on" date,
	"sent_on" date,
	"acknowledged_on" date,
	"status" text DEFAULT 'DRAFT' NOT NULL,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "pregnancy_notices_status_code" CHECK ("family_planning"."pregnancy_notices"."status" in ('DRAFT', 'INFORMED', 'SENT', 'ACKNOWLEDGED', 'WITHDRAWN')),
	CONSTRAINT "pregnancy_notices_division_form" CHECK ("family_planning"."pregnancy_notices"."to_division" ~ '^[0-9]{6}$'),
	CONSTRAINT "pregnancy_notices_informed_first" CHECK (("family_planning"."pregnancy_notices"."status" in ('DRAFT', 'WITHDRAWN') or "family_planning"."pregnancy_notices"."informed_on" is not null) and ("family_planning"."pregnancy_notices"."sent_on" is null or coalesce("family_planning"."pregnancy_notices"."informed_on" <= "family_planning"."pregnancy_notices"."sent_on", false))),
	CONSTRAINT "pregnancy_notices_sent" CHECK (("family_planning"."pregnancy_notices"."sent_on" is not null) = ("family_planning"."pregnancy_notices"."status" in ('SENT', 'ACKNOWLEDGED'))),
	CONSTRAINT "pregnancy_notices_acknowledged" CHECK (("family_planning"."pregnancy_notices"."acknowledged_on" is not null) = ("family_planning"."pregnancy_notices"."status" = 'ACKNOWLEDGED') and "family_planning"."pregnancy_notices"."acknowledged_on" >= "family_planning"."pregnancy_notices"."sent_on")
);
--> statement-breakpoint
ALTER TABLE "family_planning"."family_planning_records" ADD CONSTRAINT "family_planning_records_certificate_id_marriage_fertility_certificates_id_fk" FOREIGN KEY ("certificate_id") REFERENCES "family_planning"."marriage_fertility_certificates"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "family_planning_activities_subdistrict" ON "family_planning"."family_planning_activities" USING btree ("subdistrict_code","occurred_on","id");
--> statement-breakpoint
CREATE INDEX "family_planning_activities_occurred" ON "family_planning"."family_planning_activities" USING btree ("occurred_on","id");
--> statement-breakpoint
CREATE INDEX "joint_check_actions_planned" ON "family_planning"."joint_check_actions" USING btree ("planned_on","id");
--> statement-breakpoint
CREATE INDEX "joint_check_actions_title" ON "family_planning"."joint_check_actions" USING btree ("title","id");
--> statement-breakpoint
CREATE INDEX "certificate_checks_person" ON "family_planning"."certificate_checks" USING btree ("person_id","id");
--> statement-breakpoint
CREATE INDEX "certificate_checks_subdistrict" ON "family_planning"."certificate_checks" USING btree ("subdistrict_code","checked_on","id");
--> statement-breakpoint
CREATE INDEX "certificate_checks_checked" ON "family_planning"."certificate_checks" USING btree ("checked_on","id");
--> statement-breakpoint
CREATE INDEX "certificate_checks_follow_up_order" ON "family_planning"."certificate_checks" USING btree ("follow_up_by","id");
--> statement-breakpoint
CREATE INDEX "marriage_fertility_certificates_folded_no" ON "family_planning"."marriage_fertility_certificates" USING btree (access.fold("certificate_no") collate "C");
--> statement-breakpoint
CREATE INDEX "marriage_fertility_certificates_holder" ON "family_planning"."marriage_fertility_certificates" USING btree ("holder_id","id");
--> statement-breakpoint
CREATE INDEX "marriage_fertility_certificates_subdistrict" ON "family_planning"."marriage_fertility_certificates" USING btree ("subdistrict_code","id");
--> statement-breakpoint
CREATE INDEX "marriage_fertility_certificates_valid_to" ON "family_planning"."marriage_fertility_certificates" USING btree ("valid_to","id");
--> statement-breakpoint
CREATE INDEX "family_planning_records_subdistrict" ON "family_planning"."family_planning_records" USING btree ("reminder_subdistrict_code","id");
--> statement-breakpoint
CREATE INDEX "family_planning_records_next_service" ON "family_planning"."family_planning_records" USING btree ("next_service_on","id");
--> statement-breakpoint
CREATE INDEX "family_planning_records_updated" ON "family_planning"."family_planning_records" USING btree ("updated_on","id");
--> statement-breakpoint
CREATE INDEX "family_planning_services_person" ON "family_planning"."family_planning_services" USING btree ("person_id","id");
--> statement-breakpoint
CREATE INDEX "family_planning_services_occurred" ON "family_planning"."family_planning_services" USING btree ("occurred_on","id");
--> statement-breakpoint
CREATE INDEX "pregnancy_notices_person" ON "family_planning"."pregnancy_notices" USING btree ("person_id","id");
--> statement-breakpoint
CREATE INDEX "pregnancy_notices_sent_order" ON "family_planning"."pregnancy_notices" USING btree ("sent_on","id");
