CREATE TABLE "organisation"."access_grants" (
	"id" uuid PRIMARY KEY NOT NULL,
	"grantee_id" text NOT NULL,
	"field_group" text NOT NULL,
	"record_ref" text NOT NULL,
	"purpose" text NOT NULL,
	"legal_basis" text NOT NULL,
	"requested_by" text NOT NULL,
	"approved_by" text,
	"valid_to" timestamp with time zone NOT NULL,
	"status" text DEFAULT 'REQUESTED' NOT NULL,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "access_grants_status_code" CHECK ("organisation"."access_grants"."status" in ('REQUESTED', 'DENIED', 'ACTIVE', 'EXPIRED', 'REVOKED')),
	CONSTRAINT "access_grants_purpose_code" CHECK ("organisation"."access_grants"."purpose" in ('REGISTRATION', 'PERMIT', 'LEASE', 'EMPLOYMENT_SERVICE', 'INSURANCE', 'RIGHTS_PROTECTION', 'EDUCATION', 'HEALTH_SERVICE', 'DISEASE_CONTROL', 'FAMILY_PLANNING_SERVICE', 'CIVIL_REGISTRATION', 'AID', 'SITE_SAFETY', 'BUSINESS_REGULATION', 'RECORDED_CASE', 'COORDINATOR_MANAGEMENT', 'SUPERVISION', 'STATISTICS', 'SUBJECT_ACCESS', 'SYSTEM_SUPPORT')),
	CONSTRAINT "access_grants_two_persons" CHECK ("organisation"."access_grants"."approved_by" <> "organisation"."access_grants"."requested_by"),
	CONSTRAINT "access_grants_approved" CHECK ("organisation"."access_grants"."status" <> 'ACTIVE' or "organisation"."access_grants"."approved_by" is not null),
	CONSTRAINT "access_grants_thirty_days" CHECK ("organisation"."access_grants"."valid_to" <= "organisation"."access_grants"."created_at" + interval '30 days')
);
--> statement-breakpoint
CREATE TABLE "organisation"."appointments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"unit_id" text NOT NULL,
	"holder_name" text NOT NULL,
	"role" text NOT NULL,
	"is_concurrent" boolean NOT NULL,
	"via_appointment_id" uuid,
	"duty_line" text,
	"starts_on" date NOT NULL,
	"ends_on" date,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "appointments_role_code" CHECK ("organisation"."appointments"."role" in ('HEAD', 'CHIEF_EXECUTIVE', 'LEADER', 'DEPUTY_LEADER', 'DIRECTOR', 'DEPUTY_DIRECTOR', 'FULL_TIME_DEPUTY', 'LEADER_IN_CHARGE', 'MEMBER', 'STAFF')),
	CONSTRAINT "appointments_concurrent" CHECK (not "organisation"."appointments"."is_concurrent" or "organisation"."appointments"."via_appointment_id" is not null),
	CONSTRAINT "appointments_term" CHECK ("organisation"."appointments"."starts_on" <= "organisation"."appointments"."ends_on")
);
--> statement-breakpoint
CREATE TABLE "organisation"."org_units" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"name_en" text NOT NULL,
	"kind" text NOT NULL,
	"level" text NOT NULL,
	"parent_id" text,
	"hosted_by_id" text,
	"plate_of_id" text,
	"territory" text[] NOT NULL,
	"department_code" text,
	"active_from" date NOT NULL,
	"active_to" date,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "org_units_id_form" CHECK ("organisation"."org_units"."id" ~ '^PT-[A-Z]{2,3}(-[0-9]{3}(-[0-9])?)?$'),
	CONSTRAINT "org_units_kind_code" CHECK ("organisation"."org_units"."kind" in ('LEADING_GROUP', 'OFFICE', 'DEPARTMENT', 'MASS_ORG', 'SUBDISTRICT_OFFICE', 'TOWN_GOVERNMENT', 'SECTION', 'WORKING_GROUP', 'SUB_POPULATION_OFFICE', 'RECEPTION_CENTRE', 'POLICE_STATION', 'SERVICE_SOCIETY', 'SERVICE_BRANCH')),
	CONSTRAINT "org_units_level_code" CHECK ("organisation"."org_units"."level" in ('DISTRICT', 'COMMUNITY')),
	CONSTRAINT "org_units_not_own_parent" CHECK ("organisation"."org_units"."parent_id" <> "organisation"."org_units"."id"),
	CONSTRAINT "org_units_active" CHECK ("organisation"."org_units"."active_from" <= "organisation"."org_units"."active_to"),
	CONSTRAINT "org_units_plate" CHECK ("organisation"."org_units"."kind" <> 'SUB_POPULATION_OFFICE' or "organisation"."org_units"."plate_of_id" is not null)
);
--> statement-breakpoint
CREATE TABLE "organisation"."user_accounts" (
	"id" text PRIMARY KEY NOT NULL,
	"holder_name" text NOT NULL,
	"home_unit_id" text NOT NULL,
	"functions" text[] NOT NULL,
	"acting_unit_codes" text[] NOT NULL,
	"status" text DEFAULT 'ACTIVE' NOT NULL,
	"last_login_at" timestamp with time zone,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "user_accounts_functions_codes" CHECK ("organisation"."user_accounts"."functions" <@ array['REGISTRAR', 'WINDOW', 'FP_OFFICER', 'CASE_OFFICER', 'YOUTH_OFFICER', 'ANALYST', 'AUDITOR', 'FINANCE', 'HR', 'COORDINATOR']),
	CONSTRAINT "user_accounts_status_code" CHECK ("organisation"."user_accounts"."status" in ('ACTIVE', 'LOCKED', 'CLOSED'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX "appointments_one_director" ON "organisation"."appointments" USING btree ("unit_id","role") WHERE "organisation"."appointments"."ends_on" is null and "organisation"."appointments"."role" in ('DIRECTOR', 'FULL_TIME_DEPUTY');
--> statement-breakpoint
ALTER TABLE "organisation"."access_grants" ADD CONSTRAINT "access_grants_grantee_id_org_units_id_fk" FOREIGN KEY ("grantee_id") REFERENCES "organisation"."org_units"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "organisation"."appointments" ADD CONSTRAINT "appointments_unit_id_org_units_id_fk" FOREIGN KEY ("unit_id") REFERENCES "organisation"."org_units"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "organisation"."appointments" ADD CONSTRAINT "appointments_via_appointment_id_appointments_id_fk" FOREIGN KEY ("via_appointment_id") REFERENCES "organisation"."appointments"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "organisation"."org_units" ADD CONSTRAINT "org_units_parent_id_org_units_id_fk" FOREIGN KEY ("parent_id") REFERENCES "organisation"."org_units"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "organisation"."org_units" ADD CONSTRAINT "org_units_hosted_by_id_org_units_id_fk" FOREIGN KEY ("hosted_by_id") REFERENCES "organisation"."org_units"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "organisation"."org_units" ADD CONSTRAINT "org_units_plate_of_id_org_units_id_fk" FOREIGN KEY ("plate_of_id") REFERENCES "organisation"."org_units"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "organisation"."user_accounts" ADD CONSTRAINT "user_accounts_home_unit_id_org_units_id_fk" FOREIGN KEY ("home_unit_id") REFERENCES "organisation"."org_units"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "access_grants_grantee" ON "organisation"."access_grants" USING btree ("grantee_id","id");
--> statement-breakpoint
CREATE INDEX "appointments_unit" ON "organisation"."appointments" USING btree ("unit_id","id");
--> statement-breakpoint
CREATE INDEX "appointments_via" ON "organisation"."appointments" USING btree ("via_appointment_id","id");
--> statement-breakpoint
CREATE INDEX "org_units_parent" ON "organisation"."org_units" USING btree ("parent_id","id");
--> statement-breakpoint
CREATE INDEX "org_units_host" ON "organisation"."org_units" USING btree ("hosted_by_id","id");
--> statement-breakpoint
CREATE INDEX "org_units_plate_of" ON "organisation"."org_units" USING btree ("plate_of_id","id");
--> statement-breakpoint
CREATE INDEX "user_accounts_home" ON "organisation"."user_accounts" USING btree ("home_unit_id","id");
