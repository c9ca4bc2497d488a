CREATE TABLE "personnel"."staffing_posts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"unit_id" text NOT NULL,
	"title" text NOT NULL,
	"role" text NOT NULL,
	"establishment" text NOT NULL,
	"quota" integer NOT NULL,
	"filled" integer NOT NULL,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "staffing_posts_once" UNIQUE("unit_id","role","title"),
	CONSTRAINT "staffing_posts_role_code" CHECK ("personnel"."staffing_posts"."role" in ('HEAD', 'CHIEF_EXECUTIVE', 'LEADER', 'DEPUTY_LEADER', 'DIRECTOR', 'DEPUTY_DIRECTOR', 'FULL_TIME_DEPUTY', 'LEADER_IN_CHARGE', 'MEMBER', 'STAFF')),
	CONSTRAINT "staffing_posts_establishment_code" CHECK ("personnel"."staffing_posts"."establishment" in ('CIVIL_SERVICE', 'INSTITUTION', 'CONTRACT')),
	CONSTRAINT "staffing_posts_filled" CHECK ("personnel"."staffing_posts"."filled" between 0 and "personnel"."staffing_posts"."quota"),
	CONSTRAINT "staffing_posts_population_office" CHECK (left("personnel"."staffing_posts"."unit_id", 7) <> 'PT-SPO-' or ("personnel"."staffing_posts"."quota" between 1 and 2 and "personnel"."staffing_posts"."role" = 'STAFF'))
);
--> statement-breakpoint
CREATE TABLE "personnel"."talent_applications" (
	"id" uuid PRIMARY KEY NOT NULL,
	"application_id" uuid NOT NULL,
	"applicant_id" uuid NOT NULL,
	"degree" text NOT NULL,
	"discipline" text,
	"professional_title" text,
	"sponsor_id" uuid NOT NULL,
	"card" text NOT NULL,
	"term_years" integer NOT NULL,
	"evaluation" text,
	"shielded" boolean DEFAULT false NOT NULL,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "talent_applications_application_id_unique" UNIQUE("application_id"),
	CONSTRAINT "talent_applications_degree_code" CHECK ("personnel"."talent_applications"."degree" in ('DOCTOR', 'MASTER', 'BACHELOR', 'NONE')),
	CONSTRAINT "talent_applications_title_form" CHECK ("personnel"."talent_applications"."professional_title" ~ '^[0-9]{3}$'),
	CONSTRAINT "talent_applications_card_code" CHECK ("personnel"."talent_applications"."card" in ('A', 'B')),
	CONSTRAINT "talent_applications_term" CHECK ("personnel"."talent_applications"."term_years" in (1, 3, 5)),
	CONSTRAINT "talent_applications_evaluation_length" CHECK (char_length("personnel"."talent_applications"."evaluation") between 1 and 1000)
);
--> statement-breakpoint
CREATE TABLE "personnel"."talent_family_members" (
	"id" uuid PRIMARY KEY NOT NULL,
	"talent_application_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"shielded" boolean DEFAULT false NOT NULL,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "talent_family_members_once" UNIQUE("talent_application_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "personnel"."talent_services" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"occurred_on" date NOT NULL,
	"shielded" boolean DEFAULT false NOT NULL,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "talent_services_kind_code" CHECK ("personnel"."talent_services"."kind" in ('HOUSING', 'SPOUSE_JOB', 'CHILD_SCHOOL'))
);
--> statement-breakpoint
ALTER TABLE "personnel"."talent_family_members" ADD CONSTRAINT "talent_family_members_talent_application_id_talent_applications_id_fk" FOREIGN KEY ("talent_application_id") REFERENCES "personnel"."talent_applications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "staffing_posts_unit" ON "personnel"."staffing_posts" USING btree ("unit_id","id");--> statement-breakpoint
CREATE INDEX "talent_applications_applicant" ON "personnel"."talent_applications" USING btree ("applicant_id","id");--> statement-breakpoint
CREATE INDEX "talent_family_members_person" ON "personnel"."talent_family_members" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "talent_services_person" ON "personnel"."talent_services" USING btree ("person_id","occurred_on","id");--> statement-breakpoint
CREATE INDEX "talent_services_occurred" ON "personnel"."talent_services" USING btree ("occurred_on","id");