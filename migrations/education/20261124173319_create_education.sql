CREATE TABLE "education"."child_enrolments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"child_id" uuid NOT NULL,
	"guardian_id" uuid NOT NULL,
	"school_id" uuid,
	"public_school" text,
	"grade" integer NOT NULL,
	"school_year" text NOT NULL,
	"status" text DEFAULT 'APPLIED' NOT NULL,
	"proofs_seen" text[] DEFAULT '{}' NOT NULL,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "child_enrolments_once" UNIQUE("child_id","school_year"),
	CONSTRAINT "child_enrolments_guardian" CHECK ("education"."child_enrolments"."guardian_id" <> "education"."child_enrolments"."child_id"),
	CONSTRAINT "child_enrolments_grade" CHECK ("education"."child_enrolments"."grade" between 1 and 9),
	CONSTRAINT "child_enrolments_school_year" CHECK ("education"."child_enrolments"."school_year" ~ '^[0-9]{4}-[0-9]{4}$' and substr("education"."child_enrolments"."school_year", 6)::int = left("education"."child_enrolments"."school_year", 4)::int + 1),
	CONSTRAINT "child_enrolments_status_code" CHECK ("education"."child_enrolments"."status" in ('APPLIED', 'PLACED', 'ENROLLED', 'TRANSFERRED', 'LEFT', 'WAITING')),
	CONSTRAINT "child_enrolments_proofs_codes" CHECK ("education"."child_enrolments"."proofs_seen" <@ array['PERMIT_VALID', 'LEASE_FILED', 'VACCINATION_CARD']),
	CONSTRAINT "child_enrolments_one_school" CHECK (num_nonnulls("education"."child_enrolments"."school_id", "education"."child_enrolments"."public_school") = case when "education"."child_enrolments"."status" in ('APPLIED', 'WAITING') then 0 else 1 end)
);
--> statement-breakpoint
CREATE TABLE "education"."migrant_schools" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"road" text,
	"lane" text,
	"building" text,
	"room" text,
	"subdistrict_code" text,
	"station_code" text,
	"neighbourhood_code" text,
	"founder_kind" text,
	"founder_name" text,
	"founder_identity_number" text,
	"founder_phone" text,
	"capacity" integer NOT NULL,
	"enrolled" integer NOT NULL,
	"grades_from" integer NOT NULL,
	"grades_to" integer NOT NULL,
	"teachers" integer NOT NULL,
	"qualified_teachers" integer NOT NULL,
	"licence_status" text NOT NULL,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "migrant_schools_founder" CHECK (("education"."migrant_schools"."founder_kind" is null) = ("education"."migrant_schools"."founder_name" is null) and "education"."migrant_schools"."founder_kind" in ('PERSON', 'ORGANISATION') is not false),
	CONSTRAINT "migrant_schools_pupils" CHECK ("education"."migrant_schools"."capacity" >= 0 and "education"."migrant_schools"."enrolled" >= 0),
	CONSTRAINT "migrant_schools_grades" CHECK (1 <= "education"."migrant_schools"."grades_from" and "education"."migrant_schools"."grades_from" <= "education"."migrant_schools"."grades_to" and "education"."migrant_schools"."grades_to" <= 9),
	CONSTRAINT "migrant_schools_teachers" CHECK ("education"."migrant_schools"."qualified_teachers" between 0 and "education"."migrant_schools"."teachers"),
	CONSTRAINT "migrant_schools_licence_code" CHECK ("education"."migrant_schools"."licence_status" in ('LICENSED', 'PROVISIONAL', 'UNLICENSED', 'CLOSED'))
);
--> statement-breakpoint
CREATE TABLE "education"."principal_trainings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"school_id" uuid NOT NULL,
	"principal_name" text NOT NULL,
	"course" text NOT NULL,
	"hours" integer NOT NULL,
	"passed" boolean,
	"occurred_on" date NOT NULL,
	"subdistrict_code" text,
	"station_code" text,
	"neighbourhood_code" text,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "principal_trainings_course_code" CHECK ("education"."principal_trainings"."course" in ('QUALIFICATION', 'ADVANCED', 'SAFETY')),
	CONSTRAINT "principal_trainings_hours" CHECK ("education"."principal_trainings"."hours" between 1 and 400)
);
--> statement-breakpoint
CREATE TABLE "education"."school_inspections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"school_id" uuid NOT NULL,
	"occurred_on" date NOT NULL,
	"areas" text[] NOT NULL,
	"score" integer,
	"issues" text[] NOT NULL,
	"rectify_by" date,
	"rectified_on" date,
	"subdistrict_code" text,
	"station_code" text,
	"neighbourhood_code" text,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "school_inspections_areas" CHECK ("education"."school_inspections"."areas" <@ array['TEACHING', 'SAFETY', 'HYGIENE', 'FINANCE', 'STAFF'] and cardinality("education"."school_inspections"."areas") >= 1),
	CONSTRAINT "school_inspections_issues_codes" CHECK ("education"."school_inspections"."issues" <@ array['TEACHERS_UNQUALIFIED', 'UNSAFE_BUILDING', 'FIRE_SAFETY', 'CANTEEN_HYGIENE', 'SCHOOL_BUS', 'FEES']),
	CONSTRAINT "school_inspections_score" CHECK ("education"."school_inspections"."score" between 0 and 100),
	CONSTRAINT "school_inspections_rectify" CHECK ("education"."school_inspections"."rectify_by" >= "education"."school_inspections"."occurred_on" and "education"."school_inspections"."rectified_on" >= "education"."school_inspections"."occurred_on")
);
--> statement-breakpoint
CREATE TABLE "education"."school_licences" (
	"id" uuid PRIMARY KEY NOT NULL,
	"school_id" uuid NOT NULL,
	"licence_no" text,
	"kind" text NOT NULL,
	"status" text DEFAULT 'SUBMITTED' NOT NULL,
	"valid_from" date,
	"valid_to" date,
	"decision_legal_basis" text,
	"decision_reasons" text,
	"decision_decided_by" text,
	"decision_decided_on" date,
	"decision_remedy_notice" text,
	"placement_plan" text,
	"subdistrict_code" text,
	"station_code" text,
	"neighbourhood_code" text,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "school_licences_licence_no_unique" UNIQUE("licence_no"),
	CONSTRAINT "school_licences_kind_code" CHECK ("education"."school_licences"."kind" in ('NEW', 'RENEW', 'CHANGE', 'CLOSE')),
	CONSTRAINT "school_licences_status_code" CHECK ("education"."school_licences"."status" in ('SUBMITTED', 'REVIEW', 'SITE_CHECK', 'GRANTED', 'REFUSED', 'CLOSING', 'CLOSED')),
	CONSTRAINT "school_licences_validity" CHECK ("education"."school_licences"."valid_from" <= "education"."school_licences"."valid_to"),
	CONSTRAINT "school_licences_numbered" CHECK ("education"."school_licences"."status" <> 'GRANTED' or "education"."school_licences"."licence_no" is not null),
	CONSTRAINT "school_licences_decision_complete" CHECK (num_nonnulls("education"."school_licences"."decision_legal_basis", "education"."school_licences"."decision_reasons", "education"."school_licences"."decision_decided_by", "education"."school_licences"."decision_decided_on", "education"."school_licences"."decision_remedy_notice") in (0, 5) and (not ("education"."school_licences"."status" = 'REFUSED') or "education"."school_licences"."decision_decided_on" is not null)),
	CONSTRAINT "school_licences_placement" CHECK (("education"."school_licences"."kind" <> 'CLOSE' and "education"."school_licences"."status" not in ('CLOSING', 'CLOSED')) or coalesce(btrim("education"."school_licences"."placement_plan"), '') <> '')
);
--> statement-breakpoint
ALTER TABLE "education"."child_enrolments" ADD CONSTRAINT "child_enrolments_school_id_migrant_schools_id_fk" FOREIGN KEY ("school_id") REFERENCES "education"."migrant_schools"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "education"."principal_trainings" ADD CONSTRAINT "principal_trainings_school_id_migrant_schools_id_fk" FOREIGN KEY ("school_id") REFERENCES "education"."migrant_schools"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "education"."school_inspections" ADD CONSTRAINT "school_inspections_school_id_migrant_schools_id_fk" FOREIGN KEY ("school_id") REFERENCES "education"."migrant_schools"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "education"."school_licences" ADD CONSTRAINT "school_licences_school_id_migrant_schools_id_fk" FOREIGN KEY ("school_id") REFERENCES "education"."migrant_schools"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "child_enrolments_guardian_order" ON "education"."child_enrolments" USING btree ("guardian_id","id");--> statement-breakpoint
CREATE INDEX "child_enrolments_school" ON "education"."child_enrolments" USING btree ("school_id","id");--> statement-breakpoint
CREATE INDEX "child_enrolments_grade_order" ON "education"."child_enrolments" USING btree ("grade","id");--> statement-breakpoint
CREATE INDEX "migrant_schools_subdistrict" ON "education"."migrant_schools" USING btree ("subdistrict_code","name","id");--> statement-breakpoint
CREATE INDEX "migrant_schools_station" ON "education"."migrant_schools" USING btree ("station_code","name","id");--> statement-breakpoint
CREATE INDEX "migrant_schools_name" ON "education"."migrant_schools" USING btree ("name","id");--> statement-breakpoint
CREATE INDEX "principal_trainings_school" ON "education"."principal_trainings" USING btree ("school_id","occurred_on","id");--> statement-breakpoint
CREATE INDEX "principal_trainings_subdistrict" ON "education"."principal_trainings" USING btree ("subdistrict_code","occurred_on","id");--> statement-breakpoint
CREATE INDEX "principal_trainings_station" ON "education"."principal_trainings" USING btree ("station_code","occurred_on","id");--> statement-breakpoint
CREATE INDEX "principal_trainings_occurred" ON "education"."principal_trainings" USING btree ("occurred_on","id");--> statement-breakpoint
CREATE INDEX "school_inspections_school" ON "education"."school_inspections" USING btree ("school_id","occurred_on","id");--> statement-breakpoint
CREATE INDEX "school_inspections_subdistrict" ON "education"."school_inspections" USING btree ("subdistrict_code","occurred_on","id");--> statement-breakpoint
CREATE INDEX "school_inspections_station" ON "education"."school_inspections" USING btree ("station_code","occurred_on","id");--> statement-breakpoint
CREATE INDEX "school_inspections_occurred" ON "education"."school_inspections" USING btree ("occurred_on","id");--> statement-breakpoint
CREATE INDEX "school_inspections_score_order" ON "education"."school_inspections" USING btree ("score","id");--> statement-breakpoint
CREATE INDEX "school_inspections_rectify_order" ON "education"."school_inspections" USING btree ("rectify_by","id");--> statement-breakpoint
CREATE INDEX "school_licences_school" ON "education"."school_licences" USING btree ("school_id","valid_from","id");--> statement-breakpoint
CREATE INDEX "school_licences_subdistrict" ON "education"."school_licences" USING btree ("subdistrict_code","valid_to","id");--> statement-breakpoint
CREATE INDEX "school_licences_station" ON "education"."school_licences" USING btree ("station_code","valid_to","id");--> statement-breakpoint
CREATE INDEX "school_licences_valid_to" ON "education"."school_licences" USING btree ("valid_to","id");