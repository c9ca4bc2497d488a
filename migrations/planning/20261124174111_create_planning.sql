CREATE TABLE "planning"."development_plan_items" (
	"id" uuid PRIMARY KEY NOT NULL,
	"year" integer NOT NULL,
	"indicator" text NOT NULL,
	"target" numeric(14, 2),
	"actual" numeric(14, 2),
	"unit_of_measure" text NOT NULL,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "development_plan_items_once" UNIQUE("year","indicator"),
	CONSTRAINT "development_plan_items_year" CHECK ("planning"."development_plan_items"."year" between 2000 and 2100),
	CONSTRAINT "development_plan_items_indicator_code" CHECK ("planning"."development_plan_items"."indicator" in ('REGISTERED_MIGRANTS', 'COORDINATORS', 'INSURANCE_COVERAGE', 'LEASE_FILING_RATE', 'SCHOOL_ENROLMENT_RATE', 'REGISTRATION_TIMELINESS')),
	CONSTRAINT "development_plan_items_rate" CHECK ("planning"."development_plan_items"."unit_of_measure" <> '%' or ("planning"."development_plan_items"."target" between 0 and 100 and "planning"."development_plan_items"."actual" between 0 and 100) is not false)
);
--> statement-breakpoint
CREATE TABLE "planning"."population_studies" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner_id" text NOT NULL,
	"title" text NOT NULL,
	"kind" text NOT NULL,
	"starts_on" date,
	"ends_on" date,
	"summary" text,
	"datasets" jsonb,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "population_studies_owner" CHECK ("planning"."population_studies"."owner_id" in ('PT-DRC', 'PT-FPC', 'PT-CMO')),
	CONSTRAINT "population_studies_title_impersonal" CHECK (char_length(btrim("planning"."population_studies"."title")) between 1 and 200 and "planning"."population_studies"."title" !~ '[0-9０-９]{11}'),
	CONSTRAINT "population_studies_kind_code" CHECK ("planning"."population_studies"."kind" in ('STRATEGIC', 'LONG_TERM_PLAN', 'COMMUNITY', 'OVERALL_PLAN')),
	CONSTRAINT "population_studies_term" CHECK ("planning"."population_studies"."starts_on" <= "planning"."population_studies"."ends_on"),
	CONSTRAINT "population_studies_summary_impersonal" CHECK (char_length(btrim("planning"."population_studies"."summary")) between 1 and 2000 and "planning"."population_studies"."summary" !~ '[0-9０-９]{11}'),
	CONSTRAINT "population_studies_suppressed" CHECK (jsonb_path_query_array("planning"."population_studies"."datasets", '$[*].isSuppressed') <@ '[true]' and jsonb_array_length(jsonb_path_query_array("planning"."population_studies"."datasets", '$[*].isSuppressed')) = jsonb_array_length("planning"."population_studies"."datasets"))
);
--> statement-breakpoint
CREATE INDEX "population_studies_owner_all" ON "planning"."population_studies" USING btree ("owner_id","id");--> statement-breakpoint
CREATE INDEX "population_studies_starts" ON "planning"."population_studies" USING btree ("starts_on","id");--> statement-breakpoint
CREATE INDEX "population_studies_title" ON "planning"."population_studies" USING btree ("title","id");