CREATE TABLE "comprehensive_management"."community_safety_activities" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"place_kind" text NOT NULL,
	"place_name" text NOT NULL,
	"site_id" uuid,
	"employer_id" uuid,
	"dwelling_id" uuid,
	"market_id" uuid,
	"school_id" uuid,
	"premises_id" uuid,
	"subdistrict_code" text NOT NULL,
	"station_code" text,
	"neighbourhood_code" text,
	"occurred_on" date NOT NULL,
	"volunteers" integer,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "community_safety_activities_kind_code" CHECK ("comprehensive_management"."community_safety_activities"."kind" in ('PATROL', 'ENTRANCE_WATCH', 'PUBLICITY', 'FIRE_DRILL')),
	CONSTRAINT "community_safety_activities_place" CHECK ("comprehensive_management"."community_safety_activities"."place_kind" in ('CONSTRUCTION_SITE', 'EMPLOYER', 'DORMITORY', 'DWELLING', 'MARKET', 'SCHOOL', 'SMALL_PREMISES', 'OTHER') and ("comprehensive_management"."community_safety_activities"."site_id" is null or "comprehensive_management"."community_safety_activities"."place_kind" in ('CONSTRUCTION_SITE')) and ("comprehensive_management"."community_safety_activities"."employer_id" is null or "comprehensive_management"."community_safety_activities"."place_kind" in ('EMPLOYER')) and ("comprehensive_management"."community_safety_activities"."dwelling_id" is null or "comprehensive_management"."community_safety_activities"."place_kind" in ('DORMITORY', 'DWELLING')) and ("comprehensive_management"."community_safety_activities"."market_id" is null or "comprehensive_management"."community_safety_activities"."place_kind" in ('MARKET')) and ("comprehensive_management"."community_safety_activities"."school_id" is null or "comprehensive_management"."community_safety_activities"."place_kind" in ('SCHOOL')) and ("comprehensive_management"."community_safety_activities"."premises_id" is null or "comprehensive_management"."community_safety_activities"."place_kind" in ('SMALL_PREMISES'))),
	CONSTRAINT "community_safety_activities_volunteers" CHECK ("comprehensive_management"."community_safety_activities"."volunteers" >= 0)
);
--> statement-breakpoint
CREATE TABLE "comprehensive_management"."youth_prevention_activities" (
	"id" uuid PRIMARY KEY NOT NULL,
	"topic" text NOT NULL,
	"place_kind" text NOT NULL,
	"place_name" text NOT NULL,
	"site_id" uuid,
	"employer_id" uuid,
	"dwelling_id" uuid,
	"market_id" uuid,
	"school_id" uuid,
	"premises_id" uuid,
	"subdistrict_code" text NOT NULL,
	"station_code" text,
	"neighbourhood_code" text,
	"participant_codes" text[] NOT NULL,
	"occurred_on" date NOT NULL,
	"attendance" integer,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "youth_prevention_activities_topic_code" CHECK ("comprehensive_management"."youth_prevention_activities"."topic" in ('LAW', 'SAFETY', 'SPORTS_CULTURE', 'VOCATIONAL')),
	CONSTRAINT "youth_prevention_activities_place" CHECK ("comprehensive_management"."youth_prevention_activities"."place_kind" in ('CONSTRUCTION_SITE', 'EMPLOYER', 'DORMITORY', 'DWELLING', 'MARKET', 'SCHOOL', 'SMALL_PREMISES', 'OTHER') and ("comprehensive_management"."youth_prevention_activities"."site_id" is null or "comprehensive_management"."youth_prevention_activities"."place_kind" in ('CONSTRUCTION_SITE')) and ("comprehensive_management"."youth_prevention_activities"."employer_id" is null or "comprehensive_management"."youth_prevention_activities"."place_kind" in ('EMPLOYER')) and ("comprehensive_management"."youth_prevention_activities"."dwelling_id" is null or "comprehensive_management"."youth_prevention_activities"."place_kind" in ('DORMITORY', 'DWELLING')) and ("comprehensive_management"."youth_prevention_activities"."market_id" is null or "comprehensive_management"."youth_prevention_activities"."place_kind" in ('MARKET')) and ("comprehensive_management"."youth_prevention_activities"."school_id" is null or "comprehensive_management"."youth_prevention_activities"."place_kind" in ('SCHOOL')) and ("comprehensive_management"."youth_prevention_activities"."premises_id" is null or "comprehensive_management"."youth_prevention_activities"."place_kind" in ('SMALL_PREMISES'))),
	CONSTRAINT "youth_prevention_activities_participants" CHECK (cardinality("comprehensive_management"."youth_prevention_activities"."participant_codes") >= 1),
	CONSTRAINT "youth_prevention_activities_attendance" CHECK ("comprehensive_management"."youth_prevention_activities"."attendance" >= 0)
);
--> statement-breakpoint
CREATE TABLE "comprehensive_management"."youth_help_plans" (
	"id" uuid PRIMARY KEY NOT NULL,
	"young_id" uuid NOT NULL,
	"age_at_start" integer NOT NULL,
	"basis" text NOT NULL,
	"guardian_consent_on" date NOT NULL,
	"officer_id" text NOT NULL,
	"goals" text[] NOT NULL,
	"supports" text[] NOT NULL,
	"starts_on" date NOT NULL,
	"review_on" date NOT NULL,
	"ends_on" date,
	"status" text DEFAULT 'CONSENTED' NOT NULL,
	"is_sealed" boolean DEFAULT false NOT NULL,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "youth_help_plans_age" CHECK ("comprehensive_management"."youth_help_plans"."age_at_start" between 6 and 17),
	CONSTRAINT "youth_help_plans_basis_code" CHECK ("comprehensive_management"."youth_help_plans"."basis" in ('FAMILY_REQUEST', 'RECORDED_CASE_REFERRAL')),
	CONSTRAINT "youth_help_plans_consent_first" CHECK ("comprehensive_management"."youth_help_plans"."guardian_consent_on" <= "comprehensive_management"."youth_help_plans"."starts_on"),
	CONSTRAINT "youth_help_plans_goals_codes" CHECK ("comprehensive_management"."youth_help_plans"."goals" <@ array['BACK_TO_SCHOOL', 'LEARN_A_TRADE', 'FAMILY_RELATIONS', 'MAKE_GOOD']),
	CONSTRAINT "youth_help_plans_supports_codes" CHECK ("comprehensive_management"."youth_help_plans"."supports" <@ array['COUNSELLING', 'LESSONS', 'TRAINING', 'PARENT_SUPPORT']),
	CONSTRAINT "youth_help_plans_given" CHECK (cardinality("comprehensive_management"."youth_help_plans"."goals") >= 1 and cardinality("comprehensive_management"."youth_help_plans"."supports") >= 1),
	CONSTRAINT "youth_help_plans_term" CHECK ("comprehensive_management"."youth_help_plans"."starts_on" <= "comprehensive_management"."youth_help_plans"."review_on" and "comprehensive_management"."youth_help_plans"."starts_on" <= "comprehensive_management"."youth_help_plans"."ends_on"),
	CONSTRAINT "youth_help_plans_status_code" CHECK ("comprehensive_management"."youth_help_plans"."status" in ('CONSENTED', 'RUNNING', 'REVIEWED', 'ENDED', 'SEALED')),
	CONSTRAINT "youth_help_plans_ended_has_day" CHECK ("comprehensive_management"."youth_help_plans"."status" <> 'ENDED' or "comprehensive_management"."youth_help_plans"."ends_on" is not null),
	CONSTRAINT "youth_help_plans_sealed" CHECK (("comprehensive_management"."youth_help_plans"."status" = 'SEALED') = "comprehensive_management"."youth_help_plans"."is_sealed")
);
--> statement-breakpoint
CREATE TABLE "comprehensive_management"."governance_actions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"matter_id" uuid NOT NULL,
	"unit_id" text NOT NULL,
	"what" text NOT NULL,
	"due_on" date NOT NULL,
	"done_on" date,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "governance_actions_what_impersonal" CHECK (char_length(btrim("comprehensive_management"."governance_actions"."what")) between 1 and 300 and "comprehensive_management"."governance_actions"."what" !~ '[0-9０-９]{11}')
);
--> statement-breakpoint
CREATE TABLE "comprehensive_management"."governance_matters" (
	"id" uuid PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"kind" text NOT NULL,
	"place_kind" text NOT NULL,
	"place_name" text NOT NULL,
	"site_id" uuid,
	"employer_id" uuid,
	"dwelling_id" uuid,
	"market_id" uuid,
	"school_id" uuid,
	"premises_id" uuid,
	"subdistrict_code" text NOT NULL,
	"station_code" text,
	"neighbourhood_code" text,
	"participant_codes" text[] NOT NULL,
	"lead_id" text NOT NULL,
	"status" text DEFAULT 'OPEN' NOT NULL,
	"opened_on" date NOT NULL,
	"closed_on" date,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "governance_matters_title_impersonal" CHECK (char_length(btrim("comprehensive_management"."governance_matters"."title")) between 1 and 200 and "comprehensive_management"."governance_matters"."title" !~ '[0-9０-９]{11}'),
	CONSTRAINT "governance_matters_place_impersonal" CHECK (char_length(btrim("comprehensive_management"."governance_matters"."place_name")) between 1 and 200 and "comprehensive_management"."governance_matters"."place_name" !~ '[0-9０-９]{11}'),
	CONSTRAINT "governance_matters_kind_code" CHECK ("comprehensive_management"."governance_matters"."kind" in ('RENTAL_CLUSTER', 'MARKET_ORDER', 'SITE_ORDER', 'UNLICENSED_TRADE', 'TRAFFIC', 'OTHER')),
	CONSTRAINT "governance_matters_place" CHECK ("comprehensive_management"."governance_matters"."place_kind" in ('CONSTRUCTION_SITE', 'EMPLOYER', 'DORMITORY', 'DWELLING', 'MARKET', 'SCHOOL', 'SMALL_PREMISES', 'OTHER') and ("comprehensive_management"."governance_matters"."site_id" is null or "comprehensive_management"."governance_matters"."place_kind" in ('CONSTRUCTION_SITE')) and ("comprehensive_management"."governance_matters"."employer_id" is null or "comprehensive_management"."governance_matters"."place_kind" in ('EMPLOYER')) and ("comprehensive_management"."governance_matters"."dwelling_id" is null or "comprehensive_management"."governance_matters"."place_kind" in ('DORMITORY', 'DWELLING')) and ("comprehensive_management"."governance_matters"."market_id" is null or "comprehensive_management"."governance_matters"."place_kind" in ('MARKET')) and ("comprehensive_management"."governance_matters"."school_id" is null or "comprehensive_management"."governance_matters"."place_kind" in ('SCHOOL')) and ("comprehensive_management"."governance_matters"."premises_id" is null or "comprehensive_management"."governance_matters"."place_kind" in ('SMALL_PREMISES'))),
	CONSTRAINT "governance_matters_lead_takes_part" CHECK ("comprehensive_management"."governance_matters"."lead_id" = any("comprehensive_management"."governance_matters"."participant_codes")),
	CONSTRAINT "governance_matters_status_code" CHECK ("comprehensive_management"."governance_matters"."status" in ('OPEN', 'ASSIGNED', 'IN_PROGRESS', 'DONE', 'REVIEWED', 'CLOSED')),
	CONSTRAINT "governance_matters_closed_has_day" CHECK (("comprehensive_management"."governance_matters"."status" = 'CLOSED') = ("comprehensive_management"."governance_matters"."closed_on" is not null)),
	CONSTRAINT "governance_matters_term" CHECK ("comprehensive_management"."governance_matters"."opened_on" <= "comprehensive_management"."governance_matters"."closed_on")
);
--> statement-breakpoint
ALTER TABLE "comprehensive_management"."governance_actions" ADD CONSTRAINT "governance_actions_matter_id_governance_matters_id_fk" FOREIGN KEY ("matter_id") REFERENCES "comprehensive_management"."governance_matters"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "community_safety_activities_subdistrict" ON "comprehensive_management"."community_safety_activities" USING btree ("subdistrict_code","occurred_on","id");
--> statement-breakpoint
CREATE INDEX "community_safety_activities_occurred" ON "comprehensive_management"."community_safety_activities" USING btree ("occurred_on","id");
--> statement-breakpoint
CREATE INDEX "community_safety_activities_volunteers_order" ON "comprehensive_management"."community_safety_activities" USING btree ("volunteers","id");
--> statement-breakpoint
CREATE INDEX "youth_prevention_activities_subdistrict" ON "comprehensive_management"."youth_prevention_activities" USING btree ("subdistrict_code","occurred_on","id");
--> statement-breakpoint
CREATE INDEX "youth_prevention_activities_station" ON "comprehensive_management"."youth_prevention_activities" USING btree ("station_code","occurred_on","id");
--> statement-breakpoint
CREATE INDEX "youth_prevention_activities_occurred" ON "comprehensive_management"."youth_prevention_activities" USING btree ("occurred_on","id");
--> statement-breakpoint
CREATE INDEX "youth_prevention_activities_attendance_order" ON "comprehensive_management"."youth_prevention_activities" USING btree ("attendance","id");
--> statement-breakpoint
CREATE INDEX "youth_help_plans_officer" ON "comprehensive_management"."youth_help_plans" USING btree ("officer_id","id");
--> statement-breakpoint
CREATE INDEX "youth_help_plans_starts" ON "comprehensive_management"."youth_help_plans" USING btree ("starts_on","id");
--> statement-breakpoint
CREATE INDEX "youth_help_plans_review" ON "comprehensive_management"."youth_help_plans" USING btree ("review_on","id");
--> statement-breakpoint
CREATE INDEX "governance_actions_matter" ON "comprehensive_management"."governance_actions" USING btree ("matter_id","due_on","id");
--> statement-breakpoint
CREATE INDEX "governance_actions_due" ON "comprehensive_management"."governance_actions" USING btree ("due_on","id");
--> statement-breakpoint
CREATE INDEX "governance_matters_subdistrict" ON "comprehensive_management"."governance_matters" USING btree ("subdistrict_code","opened_on","id");
--> statement-breakpoint
CREATE INDEX "governance_matters_station" ON "comprehensive_management"."governance_matters" USING btree ("station_code","opened_on","id");
--> statement-breakpoint
CREATE INDEX "governance_matters_neighbourhood" ON "comprehensive_management"."governance_matters" USING btree ("neighbourhood_code","id");
--> statement-breakpoint
CREATE INDEX "governance_matters_dwelling" ON "comprehensive_management"."governance_matters" USING btree ("dwelling_id","opened_on","id");
--> statement-breakpoint
CREATE INDEX "governance_matters_premises" ON "comprehensive_management"."governance_matters" USING btree ("premises_id","opened_on","id");
--> statement-breakpoint
CREATE INDEX "governance_matters_participants" ON "comprehensive_management"."governance_matters" USING gin ("participant_codes");
--> statement-breakpoint
CREATE INDEX "governance_matters_opened" ON "comprehensive_management"."governance_matters" USING btree ("opened_on","id");
--> statement-breakpoint
CREATE INDEX "governance_matters_title" ON "comprehensive_management"."governance_matters" USING btree ("title","id");
