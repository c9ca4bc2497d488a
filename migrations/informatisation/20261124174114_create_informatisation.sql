CREATE TABLE "informatisation"."migrant_crosswalks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"store" text NOT NULL,
	"store_unit_id" text NOT NULL,
	"local_key_hash" text NOT NULL,
	"person_id" uuid NOT NULL,
	"method" text NOT NULL,
	"confidence" numeric(4, 3) NOT NULL,
	"reviewed_by" text,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "migrant_crosswalks_once" UNIQUE("store","local_key_hash"),
	CONSTRAINT "migrant_crosswalks_hash_form" CHECK ("informatisation"."migrant_crosswalks"."local_key_hash" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "migrant_crosswalks_method_code" CHECK ("informatisation"."migrant_crosswalks"."method" in ('EXACT_ID', 'PERMIT_NO', 'NAME_DOB_HUKOU', 'MANUAL')),
	CONSTRAINT "migrant_crosswalks_confidence" CHECK ("informatisation"."migrant_crosswalks"."confidence" between 0 and 1),
	CONSTRAINT "migrant_crosswalks_exact" CHECK ("informatisation"."migrant_crosswalks"."method" <> 'EXACT_ID' or "informatisation"."migrant_crosswalks"."confidence" = 1),
	CONSTRAINT "migrant_crosswalks_manual_reviewed" CHECK ("informatisation"."migrant_crosswalks"."method" <> 'MANUAL' or "informatisation"."migrant_crosswalks"."reviewed_by" is not null)
);
--> statement-breakpoint
CREATE TABLE "informatisation"."data_exchange_jobs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"from_system_id" uuid NOT NULL,
	"to_system_id" uuid NOT NULL,
	"owner_codes" text[] NOT NULL,
	"schedule" text NOT NULL,
	"last_run_at" timestamp with time zone,
	"rows" integer,
	"result" text,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "data_exchange_jobs_two_systems" CHECK ("informatisation"."data_exchange_jobs"."from_system_id" <> "informatisation"."data_exchange_jobs"."to_system_id"),
	CONSTRAINT "data_exchange_jobs_schedule_form" CHECK ("informatisation"."data_exchange_jobs"."schedule" ~ '^[0-9*/,-]+( [0-9*/,-]+){4}$'),
	CONSTRAINT "data_exchange_jobs_rows" CHECK ("informatisation"."data_exchange_jobs"."rows" >= 0),
	CONSTRAINT "data_exchange_jobs_result_code" CHECK ("informatisation"."data_exchange_jobs"."result" in ('SUCCEEDED', 'PARTLY', 'FAILED')),
	CONSTRAINT "data_exchange_jobs_run" CHECK (("informatisation"."data_exchange_jobs"."last_run_at" is null) = ("informatisation"."data_exchange_jobs"."result" is null))
);
--> statement-breakpoint
CREATE TABLE "informatisation"."data_quality_issues" (
	"id" uuid PRIMARY KEY NOT NULL,
	"store" text NOT NULL,
	"rule" text NOT NULL,
	"count" integer NOT NULL,
	"owner_unit_id" text NOT NULL,
	"due_on" date,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "data_quality_issues_once" UNIQUE("store","rule"),
	CONSTRAINT "data_quality_issues_rule_code" CHECK ("informatisation"."data_quality_issues"."rule" in ('ID_CHECKSUM', 'SEX_MISMATCH', 'DUPLICATE', 'ADDRESS_UNRESOLVED', 'STALE', 'UNMATCHED')),
	CONSTRAINT "data_quality_issues_count" CHECK ("informatisation"."data_quality_issues"."count" >= 0)
);
--> statement-breakpoint
CREATE TABLE "informatisation"."information_systems" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"owner_id" text NOT NULL,
	"endpoint" text,
	"status" text DEFAULT 'PLANNED' NOT NULL,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "information_systems_name_unique" UNIQUE("name"),
	CONSTRAINT "information_systems_status_code" CHECK ("informatisation"."information_systems"."status" in ('PLANNED', 'RUNNING', 'DEGRADED', 'DOWN', 'RETIRED')),
	CONSTRAINT "information_systems_endpoint_without_secret" CHECK ("informatisation"."information_systems"."endpoint" !~ '(@|[?&](key|token|password)=)')
);
--> statement-breakpoint
ALTER TABLE "informatisation"."data_exchange_jobs" ADD CONSTRAINT "data_exchange_jobs_from_system_id_information_systems_id_fk" FOREIGN KEY ("from_system_id") REFERENCES "informatisation"."information_systems"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "informatisation"."data_exchange_jobs" ADD CONSTRAINT "data_exchange_jobs_to_system_id_information_systems_id_fk" FOREIGN KEY ("to_system_id") REFERENCES "informatisation"."information_systems"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "migrant_crosswalks_unit" ON "informatisation"."migrant_crosswalks" USING btree ("store_unit_id","id");--> statement-breakpoint
CREATE INDEX "migrant_crosswalks_confidence_order" ON "informatisation"."migrant_crosswalks" USING btree ("confidence","id");--> statement-breakpoint
CREATE INDEX "data_exchange_jobs_from" ON "informatisation"."data_exchange_jobs" USING btree ("from_system_id","id");--> statement-breakpoint
CREATE INDEX "data_exchange_jobs_to" ON "informatisation"."data_exchange_jobs" USING btree ("to_system_id","id");--> statement-breakpoint
CREATE INDEX "data_exchange_jobs_last_run" ON "informatisation"."data_exchange_jobs" USING btree ("last_run_at","id");--> statement-breakpoint
CREATE INDEX "data_quality_issues_owner" ON "informatisation"."data_quality_issues" USING btree ("owner_unit_id","id");--> statement-breakpoint
CREATE INDEX "data_quality_issues_due" ON "informatisation"."data_quality_issues" USING btree ("due_on","id");--> statement-breakpoint
CREATE INDEX "information_systems_owner" ON "informatisation"."information_systems" USING btree ("owner_id","id");