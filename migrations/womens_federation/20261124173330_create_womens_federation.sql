CREATE TABLE "womens_federation"."women_rights_cases" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"client_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"services" text[] NOT NULL,
	"safe_contact_name" text,
	"safe_contact_relation" text,
	"safe_contact_phone" text,
	"address_shield" boolean DEFAULT false NOT NULL,
	"opened_on" date NOT NULL,
	"closed_on" date,
	"status" text DEFAULT 'ACCEPTED' NOT NULL,
	"outcome" text,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "women_rights_cases_case_no_unique" UNIQUE("case_no"),
	CONSTRAINT "women_rights_cases_kind_code" CHECK ("womens_federation"."women_rights_cases"."kind" in ('DOMESTIC_VIOLENCE', 'MARRIAGE', 'LABOUR_RIGHTS', 'HARASSMENT', 'CUSTODY', 'PROPERTY', 'OTHER')),
	CONSTRAINT "women_rights_cases_services" CHECK ("womens_federation"."women_rights_cases"."services" <@ array['ADVICE', 'EVIDENCE', 'MEDIATION', 'REPRESENTATION'] and cardinality("womens_federation"."women_rights_cases"."services") >= 1),
	CONSTRAINT "women_rights_cases_term" CHECK ("womens_federation"."women_rights_cases"."opened_on" <= "womens_federation"."women_rights_cases"."closed_on"),
	CONSTRAINT "women_rights_cases_status_code" CHECK ("womens_federation"."women_rights_cases"."status" in ('REPORTED', 'SCREENING', 'ACCEPTED', 'NOT_ACCEPTED', 'TRANSFERRED', 'INVESTIGATING', 'SUSPENDED', 'MEDIATING', 'AGREED', 'DECIDED', 'EXECUTING', 'UNDER_REMEDY', 'ANNULLED', 'CLOSED', 'REOPENED', 'WITHDRAWN')),
	CONSTRAINT "women_rights_cases_closed" CHECK (("womens_federation"."women_rights_cases"."status" in ('CLOSED', 'WITHDRAWN')) = ("womens_federation"."women_rights_cases"."closed_on" is not null)),
	CONSTRAINT "women_rights_cases_outcome_code" CHECK ("womens_federation"."women_rights_cases"."outcome" in ('SETTLED', 'COURT_DECISION', 'REFERRED', 'ADVISED', 'WITHDRAWN')),
	CONSTRAINT "women_rights_cases_outcome_of_closed" CHECK ("womens_federation"."women_rights_cases"."outcome" is null or "womens_federation"."women_rights_cases"."closed_on" is not null)
);
--> statement-breakpoint
CREATE INDEX "women_rights_cases_client" ON "womens_federation"."women_rights_cases" USING btree ("client_id","id");--> statement-breakpoint
CREATE INDEX "women_rights_cases_opened" ON "womens_federation"."women_rights_cases" USING btree ("opened_on","id");