CREATE TABLE "permits"."application_materials" (
	"id" uuid PRIMARY KEY NOT NULL,
	"application_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"state" text DEFAULT 'REQUIRED' NOT NULL,
	"file_ref" text,
	"note" text,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "application_materials_kind_code" CHECK ("permits"."application_materials"."kind" in ('ID_COPY', 'PHOTO', 'RESIDENCE_PROOF', 'LEASE_FILING', 'EMPLOYMENT_PROOF', 'INSURANCE_PROOF', 'CERTIFICATE_CHECK_RESULT', 'EDUCATION_PROOF', 'RELATION_PROOF', 'OTHER')),
	CONSTRAINT "application_materials_state_code" CHECK ("permits"."application_materials"."state" in ('REQUIRED', 'RECEIVED', 'ACCEPTED', 'DEFICIENT', 'WAIVED')),
	CONSTRAINT "application_materials_note_length" CHECK (char_length("permits"."application_materials"."note") <= 500)
);
--> statement-breakpoint
CREATE TABLE "permits"."department_opinions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"application_id" uuid NOT NULL,
	"applicant_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"author_unit" text NOT NULL,
	"result" text DEFAULT 'PENDING' NOT NULL,
	"reason" text,
	"given_by" text,
	"given_on" date,
	"due_on" date,
	"window_unit" text NOT NULL,
	"window_closed_on" date,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "department_opinions_kind_code" CHECK ("permits"."department_opinions"."kind" in ('EMPLOYMENT', 'CERTIFICATE', 'RESIDENCE', 'ONSITE')),
	CONSTRAINT "department_opinions_result_code" CHECK ("permits"."department_opinions"."result" in ('PENDING', 'SUPPORTED', 'NOT_SUPPORTED', 'NOT_APPLICABLE')),
	CONSTRAINT "department_opinions_author_of_kind" CHECK (case "permits"."department_opinions"."kind" when 'EMPLOYMENT' then "permits"."department_opinions"."author_unit" = 'PT-LSS' when 'CERTIFICATE' then "permits"."department_opinions"."author_unit" ~ '^PT-(FPC|SUB-[0-9]{3})$' when 'RESIDENCE' then "permits"."department_opinions"."author_unit" ~ '^PT-(HLR|CAC-[0-9]{3})$' else "permits"."department_opinions"."author_unit" ~ '^PT-STN-[0-9]{3}-[0-9]+$' end),
	CONSTRAINT "department_opinions_refusal_has_reason" CHECK ("permits"."department_opinions"."result" <> 'NOT_SUPPORTED' or btrim(coalesce("permits"."department_opinions"."reason", '')) <> ''),
	CONSTRAINT "department_opinions_given_by_somebody" CHECK (case "permits"."department_opinions"."result" when 'PENDING' then num_nonnulls("permits"."department_opinions"."given_by", "permits"."department_opinions"."given_on") = 0 when 'NOT_APPLICABLE' then true else num_nonnulls("permits"."department_opinions"."given_by", "permits"."department_opinions"."given_on") = 2 end)
);
--> statement-breakpoint
CREATE TABLE "permits"."permit_applications" (
	"id" uuid PRIMARY KEY NOT NULL,
	"application_no" text NOT NULL,
	"applicant_id" uuid NOT NULL,
	"permit_type" text NOT NULL,
	"action" text NOT NULL,
	"principal_id" uuid,
	"accepted_at_unit" text NOT NULL,
	"status" text DEFAULT 'DRAFT' NOT NULL,
	"submitted_on" date,
	"accepted_on" date,
	"due_on" date,
	"decided_on" date,
	"closed_on" date,
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
	CONSTRAINT "permit_applications_application_no_unique" UNIQUE("application_no"),
	CONSTRAINT "permit_applications_no_form" CHECK ("permits"."permit_applications"."application_no" ~ '^310107[0-9]{15}$' and right("permits"."permit_applications"."application_no", 4) <> '0000'),
	CONSTRAINT "permit_applications_type_code" CHECK ("permits"."permit_applications"."permit_type" in ('TALENT', 'EMPLOYMENT', 'DEPENDENT', 'STUDY', 'TEMPORARY')),
	CONSTRAINT "permit_applications_action_code" CHECK ("permits"."permit_applications"."action" in ('NEW', 'RENEW', 'CHANGE', 'REPLACE_LOST', 'CANCEL')),
	CONSTRAINT "permit_applications_status_code" CHECK ("permits"."permit_applications"."status" in ('DRAFT', 'SUBMITTED', 'SUPPLEMENT_REQUIRED', 'LAPSED', 'NOT_ACCEPTED', 'ACCEPTED', 'UNDER_REVIEW', 'OPINIONS_COMPLETE', 'APPROVED', 'REJECTED', 'CARD_PRODUCTION', 'READY', 'ISSUED', 'UNCLAIMED', 'WITHDRAWN')),
	CONSTRAINT "permit_applications_principal_of_dependent" CHECK ("permits"."permit_applications"."principal_id" is null or ("permits"."permit_applications"."permit_type" = 'DEPENDENT' and "permits"."permit_applications"."principal_id" <> "permits"."permit_applications"."applicant_id")),
	CONSTRAINT "permit_applications_window" CHECK (case when "permits"."permit_applications"."permit_type" = 'TALENT' then "permits"."permit_applications"."accepted_at_unit" = 'PT-PER' else "permits"."permit_applications"."accepted_at_unit" ~ '^PT-CAC-[0-9]{3}$' end),
	CONSTRAINT "permit_applications_dates_in_order" CHECK ("permits"."permit_applications"."submitted_on" <= "permits"."permit_applications"."accepted_on" and "permits"."permit_applications"."accepted_on" <= "permits"."permit_applications"."decided_on" and "permits"."permit_applications"."submitted_on" <= "permits"."permit_applications"."decided_on" and "permits"."permit_applications"."decided_on" <= "permits"."permit_applications"."closed_on" and "permits"."permit_applications"."submitted_on" <= "permits"."permit_applications"."closed_on"),
	CONSTRAINT "permit_applications_due_after_acceptance" CHECK ("permits"."permit_applications"."due_on" >= "permits"."permit_applications"."accepted_on"),
	CONSTRAINT "permit_applications_accepted_has_due_day" CHECK (("permits"."permit_applications"."accepted_on" is null) = ("permits"."permit_applications"."due_on" is null)),
	CONSTRAINT "permit_applications_closed_in_final_state" CHECK (("permits"."permit_applications"."status" in ('LAPSED', 'NOT_ACCEPTED', 'REJECTED', 'ISSUED', 'WITHDRAWN')) = ("permits"."permit_applications"."closed_on" is not null)),
	CONSTRAINT "permit_applications_decision_complete" CHECK (num_nonnulls("permits"."permit_applications"."decision_legal_basis", "permits"."permit_applications"."decision_reasons", "permits"."permit_applications"."decision_decided_by", "permits"."permit_applications"."decision_decided_on", "permits"."permit_applications"."decision_remedy_notice") in (0, 5)),
	CONSTRAINT "permit_applications_refusal_has_decision" CHECK ("permits"."permit_applications"."status" not in ('REJECTED', 'NOT_ACCEPTED') or "permits"."permit_applications"."decision_decided_on" is not null)
);
--> statement-breakpoint
CREATE TABLE "permits"."permit_events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"permit_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"by_user" text NOT NULL,
	"reason" text,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "permit_events_kind_code" CHECK ("permits"."permit_events"."kind" in ('ISSUED', 'RENEWED', 'ADDRESS_CHANGED', 'LOST_REPORTED', 'FOUND', 'REPLACED', 'SUSPENDED', 'RESUMED', 'EXPIRED', 'CANCELLED', 'REVOKED')),
	CONSTRAINT "permit_events_reason_code" CHECK ("permits"."permit_events"."reason" in ('LEFT_SHANGHAI', 'HUKOU_GAINED', 'DEATH', 'HOLDER_REQUEST', 'FALSE_MATERIALS')),
	CONSTRAINT "permit_events_cancellation_has_reason" CHECK ("permits"."permit_events"."kind" <> 'CANCELLED' or coalesce("permits"."permit_events"."reason", '') in ('LEFT_SHANGHAI', 'HUKOU_GAINED', 'DEATH', 'HOLDER_REQUEST')),
	CONSTRAINT "permit_events_revocation_has_reason" CHECK ("permits"."permit_events"."kind" <> 'REVOKED' or coalesce("permits"."permit_events"."reason", '') = 'FALSE_MATERIALS')
);
--> statement-breakpoint
CREATE TABLE "permits"."residence_permits" (
	"id" uuid PRIMARY KEY NOT NULL,
	"permit_no" text NOT NULL,
	"holder_id" uuid NOT NULL,
	"type" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date NOT NULL,
	"status" text DEFAULT 'ACTIVE' NOT NULL,
	"ended_on" date,
	"registered_dwelling_id" uuid,
	"issued_by_unit" text DEFAULT 'PT-PSB' NOT NULL,
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
	CONSTRAINT "residence_permits_permit_no_unique" UNIQUE("permit_no"),
	CONSTRAINT "residence_permits_no_form" CHECK ("permits"."residence_permits"."permit_no" ~ '^[0-9A-Z]{10,20}$'),
	CONSTRAINT "residence_permits_type_code" CHECK ("permits"."residence_permits"."type" in ('TALENT', 'EMPLOYMENT', 'DEPENDENT', 'STUDY', 'TEMPORARY')),
	CONSTRAINT "residence_permits_status_code" CHECK ("permits"."residence_permits"."status" in ('ACTIVE', 'EXPIRED', 'LOST', 'REPLACED', 'SUSPENDED', 'CANCELLED', 'REVOKED')),
	CONSTRAINT "residence_permits_term" CHECK ("permits"."residence_permits"."valid_from" <= "permits"."residence_permits"."valid_to"),
	CONSTRAINT "residence_permits_ended_on" CHECK (("permits"."residence_permits"."status" in ('LOST', 'REPLACED', 'SUSPENDED', 'CANCELLED', 'REVOKED')) = ("permits"."residence_permits"."ended_on" is not null) and "permits"."residence_permits"."ended_on" >= "permits"."residence_permits"."valid_from")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "department_opinions_one_of_a_kind" ON "permits"."department_opinions" USING btree ("application_id","kind");
--> statement-breakpoint
CREATE UNIQUE INDEX "residence_permits_one_active" ON "permits"."residence_permits" USING btree ("holder_id") WHERE "permits"."residence_permits"."status" = 'ACTIVE';
--> statement-breakpoint
ALTER TABLE "permits"."application_materials" ADD CONSTRAINT "application_materials_application_id_permit_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "permits"."permit_applications"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "permits"."department_opinions" ADD CONSTRAINT "department_opinions_application_id_permit_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "permits"."permit_applications"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "permits"."permit_events" ADD CONSTRAINT "permit_events_permit_id_residence_permits_id_fk" FOREIGN KEY ("permit_id") REFERENCES "permits"."residence_permits"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "application_materials_application" ON "permits"."application_materials" USING btree ("application_id","id");
--> statement-breakpoint
CREATE INDEX "department_opinions_author" ON "permits"."department_opinions" USING btree ("author_unit","due_on","id");
--> statement-breakpoint
CREATE INDEX "department_opinions_applicant" ON "permits"."department_opinions" USING btree ("applicant_id","author_unit");
--> statement-breakpoint
CREATE INDEX "permit_applications_applicant" ON "permits"."permit_applications" USING btree ("applicant_id","submitted_on","id");
--> statement-breakpoint
CREATE INDEX "permit_applications_principal" ON "permits"."permit_applications" USING btree ("principal_id","id");
--> statement-breakpoint
CREATE INDEX "permit_applications_window" ON "permits"."permit_applications" USING btree ("accepted_at_unit","closed_on","id");
--> statement-breakpoint
CREATE INDEX "permit_applications_subdistrict" ON "permits"."permit_applications" USING btree ("subdistrict_code","submitted_on","id");
--> statement-breakpoint
CREATE INDEX "permit_applications_station" ON "permits"."permit_applications" USING btree ("station_code","submitted_on","id");
--> statement-breakpoint
CREATE INDEX "permit_applications_submitted" ON "permits"."permit_applications" USING btree ("submitted_on","id");
--> statement-breakpoint
CREATE INDEX "permit_applications_due" ON "permits"."permit_applications" USING btree ("due_on","id");
--> statement-breakpoint
CREATE INDEX "permit_events_permit" ON "permits"."permit_events" USING btree ("permit_id","occurred_at","id");
--> statement-breakpoint
CREATE INDEX "residence_permits_holder" ON "permits"."residence_permits" USING btree ("holder_id","valid_to","id");
--> statement-breakpoint
CREATE INDEX "residence_permits_dwelling" ON "permits"."residence_permits" USING btree ("registered_dwelling_id","id");
--> statement-breakpoint
CREATE INDEX "residence_permits_subdistrict" ON "permits"."residence_permits" USING btree ("subdistrict_code","valid_to","id");
--> statement-breakpoint
CREATE INDEX "residence_permits_station" ON "permits"."residence_permits" USING btree ("station_code","valid_to","id");
--> statement-breakpoint
CREATE INDEX "residence_permits_neighbourhood" ON "permits"."residence_permits" USING btree ("neighbourhood_code","valid_to","id");
--> statement-breakpoint
CREATE INDEX "residence_permits_valid_to" ON "permits"."residence_permits" USING btree ("valid_to","id");
--> statement-breakpoint
CREATE INDEX "residence_permits_valid_from" ON "permits"."residence_permits" USING btree ("valid_from","id");
