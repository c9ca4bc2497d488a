CREATE TABLE "organisation"."export_requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"asking_unit_id" text NOT NULL,
	"asked_by" text NOT NULL,
	"owner_ids" text[] NOT NULL,
	"document" text NOT NULL,
	"source" text NOT NULL,
	"record_type" text NOT NULL,
	"is_about_persons" boolean NOT NULL,
	"coordinates" text[] NOT NULL,
	"field_groups" text[] NOT NULL,
	"masked_fields" text[] NOT NULL,
	"format" text NOT NULL,
	"purpose" text NOT NULL,
	"rows" integer NOT NULL,
	"rows_taken" integer,
	"decided_by" text,
	"valid_until" date NOT NULL,
	"stopped_because" text,
	"status" text DEFAULT 'REQUESTED' NOT NULL,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "export_requests_format_code" CHECK ("organisation"."export_requests"."format" in ('CSV', 'CSV_GB18030', 'NDJSON', 'XLSX')),
	CONSTRAINT "export_requests_purpose_code" CHECK ("organisation"."export_requests"."purpose" in ('REGISTRATION', 'PERMIT', 'LEASE', 'EMPLOYMENT_SERVICE', 'INSURANCE', 'RIGHTS_PROTECTION', 'EDUCATION', 'HEALTH_SERVICE', 'DISEASE_CONTROL', 'FAMILY_PLANNING_SERVICE', 'CIVIL_REGISTRATION', 'AID', 'SITE_SAFETY', 'BUSINESS_REGULATION', 'RECORDED_CASE', 'COORDINATOR_MANAGEMENT', 'SUPERVISION', 'STATISTICS', 'SUBJECT_ACCESS', 'SYSTEM_SUPPORT')),
	CONSTRAINT "export_requests_stopped_because_code" CHECK ("organisation"."export_requests"."stopped_because" in ('ACCOUNT_ENDED', 'RIGHT_ENDED', 'MORE_THAN_APPROVED')),
	CONSTRAINT "export_requests_status_code" CHECK ("organisation"."export_requests"."status" in ('REQUESTED', 'APPROVED', 'REFUSED', 'DONE', 'EXPIRED', 'REVOKED')),
	CONSTRAINT "export_requests_two_persons" CHECK ("organisation"."export_requests"."status" = 'REFUSED' or "organisation"."export_requests"."decided_by" <> "organisation"."export_requests"."asked_by"),
	CONSTRAINT "export_requests_rows" CHECK ("organisation"."export_requests"."rows" >= 0 and "organisation"."export_requests"."rows_taken" >= 0)
);
--> statement-breakpoint
ALTER TABLE "organisation"."export_requests" ADD CONSTRAINT "export_requests_asking_unit_id_org_units_id_fk" FOREIGN KEY ("asking_unit_id") REFERENCES "organisation"."org_units"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "export_requests_unit" ON "organisation"."export_requests" USING btree ("asking_unit_id","id");--> statement-breakpoint
CREATE INDEX "export_requests_valid_until" ON "organisation"."export_requests" USING btree ("valid_until","id");