-- An assessment is not scored yet, or its weights make a hundred and the total is the weighted scores (dossier 3.18).
-- A check cannot sum up a list by itself.
CREATE FUNCTION "population_office"."scores_make_total"("scores" jsonb, "total" numeric) RETURNS boolean
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN jsonb_array_length("scores") = 0 THEN "total" IS NULL
    ELSE coalesce((
      SELECT sum((s ->> 'weight')::int) = 100
        AND bool_and((s ->> 'weight')::int > 0 AND (s ->> 'score')::numeric BETWEEN 0 AND 100)
        AND "total" = round(sum((s ->> 'weight')::int * (s ->> 'score')::numeric) / 100, 2)
      FROM jsonb_array_elements("scores") s), false) END;
--> statement-breakpoint
CREATE TABLE "population_office"."assessments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"target_id" text NOT NULL,
	"period" text NOT NULL,
	"scheme" text NOT NULL,
	"scores" jsonb NOT NULL,
	"total" numeric(5, 2),
	"status" text DEFAULT 'OPEN' NOT NULL,
	"published_on" date,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "assessments_once" UNIQUE("target_id","period"),
	CONSTRAINT "assessments_period_form" CHECK ("population_office"."assessments"."period" ~ '^[0-9]{4}(H[12])?$'),
	CONSTRAINT "assessments_indicators_codes" CHECK (jsonb_path_query_array("population_office"."assessments"."scores", '$[*].indicator') <@ to_jsonb(array['REGISTRATION_TIMELINESS', 'REGISTRATION_ACCURACY', 'SERVICE_ON_TIME', 'MEASURES_DONE', 'COMPLAINTS_SETTLED'])),
	CONSTRAINT "assessments_scores_make_total" CHECK (population_office.scores_make_total("population_office"."assessments"."scores", "population_office"."assessments"."total")),
	CONSTRAINT "assessments_status_code" CHECK ("population_office"."assessments"."status" in ('OPEN', 'SELF_REPORTED', 'SCORED', 'COMMENTED', 'PUBLISHED')),
	CONSTRAINT "assessments_scored_has_total" CHECK ("population_office"."assessments"."status" not in ('SCORED', 'COMMENTED', 'PUBLISHED') or "population_office"."assessments"."total" is not null),
	CONSTRAINT "assessments_published_has_day" CHECK (("population_office"."assessments"."status" = 'PUBLISHED') = ("population_office"."assessments"."published_on" is not null))
);
--> statement-breakpoint
CREATE TABLE "population_office"."coordination_matters" (
	"id" uuid PRIMARY KEY NOT NULL,
	"subject" text NOT NULL,
	"raised_by_id" text NOT NULL,
	"assigned_to_codes" text[] NOT NULL,
	"due_on" date,
	"status" text DEFAULT 'OPEN' NOT NULL,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "coordination_matters_subject_impersonal" CHECK (char_length(btrim("population_office"."coordination_matters"."subject")) between 1 and 200 and "population_office"."coordination_matters"."subject" !~ '[0-9０-９]{11}'),
	CONSTRAINT "coordination_matters_assigned" CHECK ("population_office"."coordination_matters"."status" = 'OPEN' or cardinality("population_office"."coordination_matters"."assigned_to_codes") >= 1),
	CONSTRAINT "coordination_matters_status_code" CHECK ("population_office"."coordination_matters"."status" in ('OPEN', 'ASSIGNED', 'IN_PROGRESS', 'DONE', 'REVIEWED', 'CLOSED'))
);
--> statement-breakpoint
CREATE TABLE "population_office"."policy_measures" (
	"id" uuid PRIMARY KEY NOT NULL,
	"doc_no" text,
	"title" text NOT NULL,
	"kind" text NOT NULL,
	"issued_on" date,
	"responsible_codes" text[] NOT NULL,
	"due_on" date,
	"progress" integer,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "policy_measures_doc_no_unique" UNIQUE("doc_no"),
	CONSTRAINT "policy_measures_kind_code" CHECK ("population_office"."policy_measures"."kind" in ('PLAN', 'NOTICE', 'PROPOSAL', 'MEASURE')),
	CONSTRAINT "policy_measures_responsible" CHECK (cardinality("population_office"."policy_measures"."responsible_codes") >= 1),
	CONSTRAINT "policy_measures_progress" CHECK ("population_office"."policy_measures"."progress" between 0 and 100),
	CONSTRAINT "policy_measures_term" CHECK ("population_office"."policy_measures"."issued_on" <= "population_office"."policy_measures"."due_on")
);
--> statement-breakpoint
CREATE TABLE "population_office"."supervision_inspections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"target_id" text NOT NULL,
	"occurred_on" date NOT NULL,
	"findings" text[] NOT NULL,
	"rectify_by" date,
	"closed_on" date,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "supervision_inspections_findings" CHECK ("population_office"."supervision_inspections"."findings" <@ array['DATA_LATE', 'DATA_WRONG', 'MEASURE_BEHIND', 'UNDERSTAFFED', 'REMEDY_NOT_TOLD', 'NONE'] and cardinality("population_office"."supervision_inspections"."findings") >= 1 and (cardinality("population_office"."supervision_inspections"."findings") = 1 or not 'NONE' = any("population_office"."supervision_inspections"."findings"))),
	CONSTRAINT "supervision_inspections_dates" CHECK ("population_office"."supervision_inspections"."rectify_by" >= "population_office"."supervision_inspections"."occurred_on" and "population_office"."supervision_inspections"."closed_on" >= "population_office"."supervision_inspections"."occurred_on")
);
--> statement-breakpoint
CREATE INDEX "assessments_period" ON "population_office"."assessments" USING btree ("period","id");
--> statement-breakpoint
CREATE INDEX "assessments_total_order" ON "population_office"."assessments" USING btree ("total","id");
--> statement-breakpoint
CREATE INDEX "coordination_matters_raised" ON "population_office"."coordination_matters" USING btree ("raised_by_id","id");
--> statement-breakpoint
CREATE INDEX "coordination_matters_due" ON "population_office"."coordination_matters" USING btree ("due_on","id");
--> statement-breakpoint
CREATE INDEX "policy_measures_issued" ON "population_office"."policy_measures" USING btree ("issued_on","id");
--> statement-breakpoint
CREATE INDEX "policy_measures_due" ON "population_office"."policy_measures" USING btree ("due_on","id");
--> statement-breakpoint
CREATE INDEX "supervision_inspections_target" ON "population_office"."supervision_inspections" USING btree ("target_id","id");
--> statement-breakpoint
CREATE INDEX "supervision_inspections_occurred" ON "population_office"."supervision_inspections" USING btree ("occurred_on","id");
--> statement-breakpoint
CREATE INDEX "supervision_inspections_rectify" ON "population_office"."supervision_inspections" USING btree ("rectify_by","id");
