CREATE TABLE "civil_affairs"."adoption_registrations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"cert_no" text NOT NULL,
	"registered_on" date NOT NULL,
	"adopter_id" uuid NOT NULL,
	"adoptee_id" uuid NOT NULL,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "adoption_registrations_cert_no_unique" UNIQUE("cert_no"),
	CONSTRAINT "adoption_registrations_two_persons" CHECK ("civil_affairs"."adoption_registrations"."adopter_id" <> "civil_affairs"."adoption_registrations"."adoptee_id")
);
--> statement-breakpoint
CREATE TABLE "civil_affairs"."aid_cases" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"person_id" uuid,
	"requested_on" date NOT NULL,
	"source" text NOT NULL,
	"vulnerable" text[],
	"services" text[] NOT NULL,
	"standard_per_day" bigint,
	"left_on" date,
	"leave_reason" text,
	"belongings_log" text,
	"status" text DEFAULT 'REQUESTED' NOT NULL,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "aid_cases_case_no_unique" UNIQUE("case_no"),
	CONSTRAINT "aid_cases_source_code" CHECK ("civil_affairs"."aid_cases"."source" in ('SELF', 'POLICE_GUIDED', 'CITIZEN', 'HOSPITAL')),
	CONSTRAINT "aid_cases_vulnerable_codes" CHECK ("civil_affairs"."aid_cases"."vulnerable" <@ array['MINOR', 'ELDERLY', 'DISABLED', 'ILL']),
	CONSTRAINT "aid_cases_services_codes" CHECK ("civil_affairs"."aid_cases"."services" <@ array['FOOD', 'SHELTER', 'MEDICAL', 'CONTACT_FAMILY', 'TRAVEL_VOUCHER']),
	CONSTRAINT "aid_cases_services_given" CHECK ("civil_affairs"."aid_cases"."status" <> 'IN_AID' or cardinality("civil_affairs"."aid_cases"."services") >= 1),
	CONSTRAINT "aid_cases_standard" CHECK ("civil_affairs"."aid_cases"."standard_per_day" >= 0),
	CONSTRAINT "aid_cases_term" CHECK ("civil_affairs"."aid_cases"."requested_on" <= "civil_affairs"."aid_cases"."left_on"),
	CONSTRAINT "aid_cases_leave_reason_code" CHECK ("civil_affairs"."aid_cases"."leave_reason" in ('OWN_WISH', 'WENT_HOME', 'FETCHED_BY_FAMILY', 'TO_HOSPITAL', 'TO_WELFARE_HOME', 'HELPED_SELF')),
	CONSTRAINT "aid_cases_belongings_length" CHECK (char_length("civil_affairs"."aid_cases"."belongings_log") <= 500),
	CONSTRAINT "aid_cases_status_code" CHECK ("civil_affairs"."aid_cases"."status" in ('REQUESTED', 'ASSESSED', 'IN_AID', 'LEFT', 'NOT_ELIGIBLE')),
	CONSTRAINT "aid_cases_left" CHECK (("civil_affairs"."aid_cases"."status" = 'LEFT') = ("civil_affairs"."aid_cases"."left_on" is not null))
);
--> statement-breakpoint
CREATE TABLE "civil_affairs"."marriage_registrations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"cert_no" text NOT NULL,
	"party_a_id" uuid NOT NULL,
	"party_b_id" uuid,
	"resident_name" text,
	"resident_citizen_id_number" text,
	"resident_hukou_division" text,
	"registered_on" date NOT NULL,
	"kind" text DEFAULT 'MARRIAGE' NOT NULL,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "marriage_registrations_cert_no_unique" UNIQUE("cert_no"),
	CONSTRAINT "marriage_registrations_kind_code" CHECK ("civil_affairs"."marriage_registrations"."kind" in ('MARRIAGE', 'DIVORCE', 'REISSUE')),
	CONSTRAINT "marriage_registrations_two_parties" CHECK (num_nonnulls("civil_affairs"."marriage_registrations"."party_b_id", "civil_affairs"."marriage_registrations"."resident_name") = 1 and "civil_affairs"."marriage_registrations"."party_b_id" is distinct from "civil_affairs"."marriage_registrations"."party_a_id"),
	CONSTRAINT "marriage_registrations_resident" CHECK (num_nonnulls("civil_affairs"."marriage_registrations"."resident_name", "civil_affairs"."marriage_registrations"."resident_citizen_id_number", "civil_affairs"."marriage_registrations"."resident_hukou_division") in (0, 3) and "civil_affairs"."marriage_registrations"."resident_hukou_division" ~ '^31[0-9]{4}$'),
	CONSTRAINT "marriage_registrations_citizen_id_form" CHECK ("civil_affairs"."marriage_registrations"."resident_citizen_id_number" ~ '^[0-9]{17}[0-9X]$')
);
--> statement-breakpoint
CREATE INDEX "adoption_registrations_registered" ON "civil_affairs"."adoption_registrations" USING btree ("registered_on","id");--> statement-breakpoint
CREATE INDEX "adoption_registrations_adopter" ON "civil_affairs"."adoption_registrations" USING btree ("adopter_id");--> statement-breakpoint
CREATE INDEX "adoption_registrations_adoptee" ON "civil_affairs"."adoption_registrations" USING btree ("adoptee_id");--> statement-breakpoint
CREATE INDEX "aid_cases_person" ON "civil_affairs"."aid_cases" USING btree ("person_id","id");--> statement-breakpoint
CREATE INDEX "aid_cases_requested" ON "civil_affairs"."aid_cases" USING btree ("requested_on","id");--> statement-breakpoint
CREATE INDEX "marriage_registrations_party_a" ON "civil_affairs"."marriage_registrations" USING btree ("party_a_id","id");--> statement-breakpoint
CREATE INDEX "marriage_registrations_party_b" ON "civil_affairs"."marriage_registrations" USING btree ("party_b_id","id");--> statement-breakpoint
CREATE INDEX "marriage_registrations_registered" ON "civil_affairs"."marriage_registrations" USING btree ("registered_on","id");