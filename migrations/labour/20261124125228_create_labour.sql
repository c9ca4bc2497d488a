CREATE TABLE "labour"."arrears_complainants" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"subdistrict_code" text,
	"station_code" text,
	"neighbourhood_code" text,
	"shielded" boolean DEFAULT false NOT NULL,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "labour"."case_referrals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"to_unit" text,
	"to_other" text,
	"referred_on" date NOT NULL,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "case_referrals_one_addressee" CHECK (("labour"."case_referrals"."to_unit" is null) <> ("labour"."case_referrals"."to_other" is null))
);
--> statement-breakpoint
CREATE TABLE "labour"."labour_inspections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"employer_id" uuid NOT NULL,
	"trigger" text NOT NULL,
	"visited_on" date NOT NULL,
	"inspectors" text[] NOT NULL,
	"findings" text[] NOT NULL,
	"order_no" text,
	"rectify_by" date,
	"rectified_on" date,
	"penalty_amount" bigint,
	"penalty_legal_basis" text,
	"penalty_reasons" text,
	"penalty_decided_by" text,
	"penalty_decided_on" date,
	"penalty_remedy_notice" text,
	"subdistrict_code" text,
	"station_code" text,
	"neighbourhood_code" text,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "labour_inspections_trigger_code" CHECK ("labour"."labour_inspections"."trigger" in ('ROUTINE', 'COMPLAINT', 'JOINT_ACTION', 'REFERRAL')),
	CONSTRAINT "labour_inspections_two_officers" CHECK (cardinality("labour"."labour_inspections"."inspectors") >= 2),
	CONSTRAINT "labour_inspections_findings_codes" CHECK ("labour"."labour_inspections"."findings" <@ array['NO_CONTRACT', 'UNPAID_WAGES', 'NO_INSURANCE', 'OVERTIME', 'CHILD_LABOUR', 'ID_DOCS_WITHHELD', 'UNSAFE', 'NONE']),
	CONSTRAINT "labour_inspections_findings_given" CHECK (cardinality("labour"."labour_inspections"."findings") >= 1 and (cardinality("labour"."labour_inspections"."findings") = 1 or not 'NONE' = any("labour"."labour_inspections"."findings"))),
	CONSTRAINT "labour_inspections_rectify" CHECK ("labour"."labour_inspections"."rectify_by" >= "labour"."labour_inspections"."visited_on" and "labour"."labour_inspections"."rectified_on" >= "labour"."labour_inspections"."visited_on"),
	CONSTRAINT "labour_inspections_penalty_amount" CHECK ("labour"."labour_inspections"."penalty_amount" >= 0),
	CONSTRAINT "labour_inspections_penalty_grounds" CHECK ("labour"."labour_inspections"."penalty_amount" is null or ("labour"."labour_inspections"."penalty_legal_basis" is not null and "labour"."labour_inspections"."penalty_reasons" is not null and "labour"."labour_inspections"."penalty_decided_by" is not null and "labour"."labour_inspections"."penalty_remedy_notice" is not null))
);
--> statement-breakpoint
CREATE TABLE "labour"."wage_arrears_cases" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"employer_id" uuid NOT NULL,
	"worker_count" integer NOT NULL,
	"amount_claimed" bigint,
	"amount_confirmed" bigint,
	"amount_recovered" bigint,
	"period_from" text NOT NULL,
	"period_to" text NOT NULL,
	"site_id" uuid,
	"accepted_on" date,
	"due_on" date,
	"closed_on" date,
	"status" text DEFAULT 'REPORTED' NOT NULL,
	"decision_legal_basis" text,
	"decision_reasons" text,
	"decision_decided_by" text,
	"decision_decided_on" date,
	"decision_remedy_notice" text,
	"referred_to_unit" text,
	"subdistrict_code" text,
	"station_code" text,
	"neighbourhood_code" text,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "wage_arrears_cases_case_no_unique" UNIQUE("case_no"),
	CONSTRAINT "wage_arrears_cases_workers" CHECK ("labour"."wage_arrears_cases"."worker_count" >= 1),
	CONSTRAINT "wage_arrears_cases_amounts" CHECK ("labour"."wage_arrears_cases"."amount_claimed" >= 0 and "labour"."wage_arrears_cases"."amount_confirmed" >= 0 and "labour"."wage_arrears_cases"."amount_recovered" >= 0),
	CONSTRAINT "wage_arrears_cases_due_after_acceptance" CHECK ("labour"."wage_arrears_cases"."due_on" > "labour"."wage_arrears_cases"."accepted_on"),
	CONSTRAINT "wage_arrears_cases_closed_after_acceptance" CHECK ("labour"."wage_arrears_cases"."closed_on" >= "labour"."wage_arrears_cases"."accepted_on"),
	CONSTRAINT "wage_arrears_cases_closed_on" CHECK (("labour"."wage_arrears_cases"."status" = 'CLOSED') = ("labour"."wage_arrears_cases"."closed_on" is not null)),
	CONSTRAINT "wage_arrears_cases_decision_complete" CHECK (num_nonnulls("labour"."wage_arrears_cases"."decision_legal_basis", "labour"."wage_arrears_cases"."decision_reasons", "labour"."wage_arrears_cases"."decision_decided_by", "labour"."wage_arrears_cases"."decision_decided_on", "labour"."wage_arrears_cases"."decision_remedy_notice") in (0, 5) and ("labour"."wage_arrears_cases"."status" not in ('DECIDED', 'UNDER_REMEDY') or "labour"."wage_arrears_cases"."decision_decided_on" is not null)),
	CONSTRAINT "wage_arrears_cases_recovered" CHECK ("labour"."wage_arrears_cases"."amount_recovered" is null or "labour"."wage_arrears_cases"."amount_recovered" <= coalesce("labour"."wage_arrears_cases"."amount_confirmed", 0)),
	CONSTRAINT "wage_arrears_cases_period" CHECK ("labour"."wage_arrears_cases"."period_from" <= "labour"."wage_arrears_cases"."period_to"),
	CONSTRAINT "wage_arrears_cases_months" CHECK ("labour"."wage_arrears_cases"."period_from" ~ '^[0-9]{4}-(0[1-9]|1[0-2])$' and "labour"."wage_arrears_cases"."period_to" ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
	CONSTRAINT "wage_arrears_cases_status_code" CHECK ("labour"."wage_arrears_cases"."status" in ('REPORTED', 'SCREENING', 'ACCEPTED', 'NOT_ACCEPTED', 'TRANSFERRED', 'INVESTIGATING', 'SUSPENDED', 'MEDIATING', 'AGREED', 'DECIDED', 'EXECUTING', 'UNDER_REMEDY', 'ANNULLED', 'CLOSED', 'REOPENED', 'WITHDRAWN'))
);
--> statement-breakpoint
CREATE TABLE "labour"."employers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"org_code" text,
	"registration_no" text,
	"kind" text DEFAULT 'ENTERPRISE' NOT NULL,
	"industry" text,
	"road" text,
	"lane" text,
	"building" text,
	"room" text,
	"subdistrict_code" text,
	"station_code" text,
	"neighbourhood_code" text,
	"migrant_headcount" integer,
	"contact_name" text,
	"contact_phone" text,
	"report_no" bigint DEFAULT 0 NOT NULL,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "employers_org_code_unique" UNIQUE("org_code"),
	CONSTRAINT "employers_name" CHECK (char_length("labour"."employers"."name") between 2 and 100),
	CONSTRAINT "employers_org_code_form" CHECK ("labour"."employers"."org_code" ~ '^[0-9A-Z]{8}-[0-9X]$'),
	CONSTRAINT "employers_registration_no_form" CHECK ("labour"."employers"."registration_no" ~ '^([0-9]{13}|[0-9]{15})$'),
	CONSTRAINT "employers_kind_code" CHECK ("labour"."employers"."kind" in ('ENTERPRISE', 'CONSTRUCTION_NONLOCAL', 'INSTITUTION', 'INDIVIDUAL_BUSINESS', 'HOUSEHOLD_EMPLOYER', 'OTHER')),
	CONSTRAINT "employers_industry_form" CHECK ("labour"."employers"."industry" ~ '^[A-T][0-9]{2,4}$'),
	CONSTRAINT "employers_headcount" CHECK ("labour"."employers"."migrant_headcount" >= 0),
	CONSTRAINT "employers_territory_form" CHECK ("labour"."employers"."subdistrict_code" ~ '^310107[0-9]{3}$' and "labour"."employers"."neighbourhood_code" ~ '^310107[0-9]{6}$')
);
--> statement-breakpoint
CREATE TABLE "labour"."employment_services" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"occurred_on" date NOT NULL,
	"outcome" text,
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
	CONSTRAINT "employment_services_kind_code" CHECK ("labour"."employment_services"."kind" in ('JOB_REFERRAL', 'VOCATIONAL_TRAINING', 'RIGHTS_ADVICE')),
	CONSTRAINT "employment_services_outcome_code" CHECK ("labour"."employment_services"."outcome" in ('PLACED', 'COMPLETED', 'UNDER_WAY', 'WITHDRAWN'))
);
--> statement-breakpoint
CREATE TABLE "labour"."employments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"employee_id" uuid,
	"employee_identity_number" text NOT NULL,
	"employee_document_kind" text DEFAULT 'RESIDENT_ID' NOT NULL,
	"employee_name" text NOT NULL,
	"employer_id" uuid NOT NULL,
	"form" text DEFAULT 'WRITTEN_FIXED' NOT NULL,
	"occupation" text,
	"workplace_subdistrict" text,
	"starts_on" date NOT NULL,
	"ends_on" date,
	"monthly_wage" bigint,
	"pay_day" integer,
	"hours_per_week" numeric(4, 1),
	"status" text DEFAULT 'ACTIVE' NOT NULL,
	"months_not_insured" text[],
	"as_written" jsonb,
	"report_no" bigint DEFAULT 0 NOT NULL,
	"earlier_reports" jsonb,
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
	CONSTRAINT "employments_document_kind_code" CHECK ("labour"."employments"."employee_document_kind" in ('RESIDENT_ID', 'HUKOU_BOOK', 'BIRTH_CERT', 'PASSPORT', 'HMT_PERMIT', 'OTHER')),
	CONSTRAINT "employments_form_code" CHECK ("labour"."employments"."form" in ('WRITTEN_FIXED', 'WRITTEN_OPEN', 'TASK_BASED', 'DE_FACTO', 'SELF_EMPLOYED')),
	CONSTRAINT "employments_status_code" CHECK ("labour"."employments"."status" in ('ACTIVE', 'ENDED', 'TERMINATED', 'DISPUTED')),
	CONSTRAINT "employments_term" CHECK ("labour"."employments"."starts_on" <= "labour"."employments"."ends_on"),
	CONSTRAINT "employments_ended_has_day" CHECK ("labour"."employments"."status" not in ('ENDED', 'TERMINATED') or "labour"."employments"."ends_on" is not null),
	CONSTRAINT "employments_occupation_length" CHECK (char_length("labour"."employments"."occupation") between 1 and 50),
	CONSTRAINT "employments_workplace_form" CHECK ("labour"."employments"."workplace_subdistrict" ~ '^[0-9]{9}$'),
	CONSTRAINT "employments_wage" CHECK ("labour"."employments"."monthly_wage" >= 0),
	CONSTRAINT "employments_pay_day" CHECK ("labour"."employments"."pay_day" between 1 and 31),
	CONSTRAINT "employments_hours" CHECK ("labour"."employments"."hours_per_week" between 0 and 84)
);
--> statement-breakpoint
CREATE TABLE "labour"."insurance_contributions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"enrolment_id" uuid NOT NULL,
	"insured_id" uuid,
	"shielded" boolean DEFAULT false NOT NULL,
	"month" text NOT NULL,
	"contribution_base" bigint NOT NULL,
	"rate" numeric(5, 2) NOT NULL,
	"amount" bigint NOT NULL,
	"paid_on" date,
	"state" text DEFAULT 'DUE' NOT NULL,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "insurance_contributions_month_form" CHECK ("labour"."insurance_contributions"."month" ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
	CONSTRAINT "insurance_contributions_base" CHECK ("labour"."insurance_contributions"."contribution_base" >= 0),
	CONSTRAINT "insurance_contributions_rate" CHECK ("labour"."insurance_contributions"."rate" > 0 and "labour"."insurance_contributions"."rate" <= 100),
	CONSTRAINT "insurance_contributions_amount" CHECK ("labour"."insurance_contributions"."amount" = round("labour"."insurance_contributions"."contribution_base" * "labour"."insurance_contributions"."rate" / 100)),
	CONSTRAINT "insurance_contributions_state_code" CHECK ("labour"."insurance_contributions"."state" in ('DUE', 'PAID', 'LATE', 'WAIVED')),
	CONSTRAINT "insurance_contributions_unpaid_has_no_day" CHECK ("labour"."insurance_contributions"."state" not in ('DUE', 'WAIVED') or "labour"."insurance_contributions"."paid_on" is null)
);
--> statement-breakpoint
CREATE TABLE "labour"."insurance_enrolments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"insured_id" uuid,
	"insured_identity_number" text NOT NULL,
	"insured_document_kind" text DEFAULT 'RESIDENT_ID' NOT NULL,
	"payer_id" uuid,
	"scheme" text DEFAULT 'GENERAL' NOT NULL,
	"benefits" text[] NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date,
	"status" text DEFAULT 'ENROLLED' NOT NULL,
	"paid_months" integer DEFAULT 0 NOT NULL,
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
	CONSTRAINT "insurance_enrolments_document_kind_code" CHECK ("labour"."insurance_enrolments"."insured_document_kind" in ('RESIDENT_ID', 'HUKOU_BOOK', 'BIRTH_CERT', 'PASSPORT', 'HMT_PERMIT', 'OTHER')),
	CONSTRAINT "insurance_enrolments_scheme_code" CHECK ("labour"."insurance_enrolments"."scheme" in ('GENERAL', 'CONSTRUCTION_NONLOCAL')),
	CONSTRAINT "insurance_enrolments_benefits_codes" CHECK ("labour"."insurance_enrolments"."benefits" <@ array['WORK_INJURY', 'ACCIDENT', 'HOSPITAL', 'OLD_AGE_SUBSIDY']),
	CONSTRAINT "insurance_enrolments_benefits_given" CHECK (cardinality("labour"."insurance_enrolments"."benefits") >= 1),
	CONSTRAINT "insurance_enrolments_ended_has_day" CHECK ("labour"."insurance_enrolments"."status" <> 'ENDED' or "labour"."insurance_enrolments"."ends_on" is not null),
	CONSTRAINT "insurance_enrolments_status_code" CHECK ("labour"."insurance_enrolments"."status" in ('ENROLLED', 'SUSPENDED', 'ENDED')),
	CONSTRAINT "insurance_enrolments_term" CHECK ("labour"."insurance_enrolments"."starts_on" <= "labour"."insurance_enrolments"."ends_on"),
	CONSTRAINT "insurance_enrolments_paid" CHECK ("labour"."insurance_enrolments"."paid_months" >= 0)
);
--> statement-breakpoint
CREATE UNIQUE INDEX "arrears_complainants_once" ON "labour"."arrears_complainants" USING btree ("case_id","person_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "employments_reported" ON "labour"."employments" USING btree ("employer_id","employee_identity_number","employee_document_kind");
--> statement-breakpoint
CREATE UNIQUE INDEX "insurance_contributions_once" ON "labour"."insurance_contributions" USING btree ("enrolment_id","month");
--> statement-breakpoint
CREATE UNIQUE INDEX "insurance_enrolments_reported" ON "labour"."insurance_enrolments" USING btree ("payer_id","insured_identity_number","insured_document_kind");
--> statement-breakpoint
CREATE UNIQUE INDEX "insurance_enrolments_shield" ON "labour"."insurance_enrolments" USING btree ("id","shielded");
--> statement-breakpoint
ALTER TABLE "labour"."arrears_complainants" ADD CONSTRAINT "arrears_complainants_case_id_wage_arrears_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "labour"."wage_arrears_cases"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "labour"."case_referrals" ADD CONSTRAINT "case_referrals_case_id_wage_arrears_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "labour"."wage_arrears_cases"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "labour"."labour_inspections" ADD CONSTRAINT "labour_inspections_employer_id_employers_id_fk" FOREIGN KEY ("employer_id") REFERENCES "labour"."employers"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "labour"."wage_arrears_cases" ADD CONSTRAINT "wage_arrears_cases_employer_id_employers_id_fk" FOREIGN KEY ("employer_id") REFERENCES "labour"."employers"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "labour"."employments" ADD CONSTRAINT "employments_employer_id_employers_id_fk" FOREIGN KEY ("employer_id") REFERENCES "labour"."employers"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "labour"."insurance_contributions" ADD CONSTRAINT "insurance_contributions_enrolment" FOREIGN KEY ("enrolment_id","shielded") REFERENCES "labour"."insurance_enrolments"("id","shielded") ON DELETE no action ON UPDATE cascade;
--> statement-breakpoint
ALTER TABLE "labour"."insurance_enrolments" ADD CONSTRAINT "insurance_enrolments_payer_id_employers_id_fk" FOREIGN KEY ("payer_id") REFERENCES "labour"."employers"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "arrears_complainants_person" ON "labour"."arrears_complainants" USING btree ("person_id");
--> statement-breakpoint
CREATE INDEX "case_referrals_case" ON "labour"."case_referrals" USING btree ("case_id","id");
--> statement-breakpoint
CREATE INDEX "labour_inspections_employer" ON "labour"."labour_inspections" USING btree ("employer_id","visited_on","id");
--> statement-breakpoint
CREATE INDEX "labour_inspections_subdistrict" ON "labour"."labour_inspections" USING btree ("subdistrict_code","visited_on","id");
--> statement-breakpoint
CREATE INDEX "labour_inspections_visited" ON "labour"."labour_inspections" USING btree ("visited_on","id");
--> statement-breakpoint
CREATE INDEX "labour_inspections_rectify_order" ON "labour"."labour_inspections" USING btree ("rectify_by","id");
--> statement-breakpoint
CREATE INDEX "wage_arrears_cases_employer" ON "labour"."wage_arrears_cases" USING btree ("employer_id","id");
--> statement-breakpoint
CREATE INDEX "wage_arrears_cases_site" ON "labour"."wage_arrears_cases" USING btree ("site_id","id");
--> statement-breakpoint
CREATE INDEX "wage_arrears_cases_subdistrict" ON "labour"."wage_arrears_cases" USING btree ("subdistrict_code","id");
--> statement-breakpoint
CREATE INDEX "wage_arrears_cases_referred" ON "labour"."wage_arrears_cases" USING btree ("referred_to_unit");
--> statement-breakpoint
CREATE INDEX "wage_arrears_cases_accepted" ON "labour"."wage_arrears_cases" USING btree ("accepted_on","id");
--> statement-breakpoint
CREATE INDEX "wage_arrears_cases_claimed_order" ON "labour"."wage_arrears_cases" USING btree ("amount_claimed","id");
--> statement-breakpoint
CREATE INDEX "wage_arrears_cases_due" ON "labour"."wage_arrears_cases" USING btree ("due_on","id");
--> statement-breakpoint
CREATE INDEX "employers_registration_no" ON "labour"."employers" USING btree ("registration_no");
--> statement-breakpoint
CREATE INDEX "employers_headcount_order" ON "labour"."employers" USING btree ("migrant_headcount","id");
--> statement-breakpoint
CREATE INDEX "employers_subdistrict" ON "labour"."employers" USING btree ("subdistrict_code","id");
--> statement-breakpoint
CREATE INDEX "employers_station" ON "labour"."employers" USING btree ("station_code","id");
--> statement-breakpoint
CREATE INDEX "employers_neighbourhood" ON "labour"."employers" USING btree ("neighbourhood_code","id");
--> statement-breakpoint
CREATE INDEX "employers_folded_name" ON "labour"."employers" USING btree (access.fold("name") collate "C");
--> statement-breakpoint
CREATE INDEX "employers_name_order" ON "labour"."employers" USING btree ("name" collate "zh-x-icu","id");
--> statement-breakpoint
CREATE INDEX "employment_services_person" ON "labour"."employment_services" USING btree ("person_id","id");
--> statement-breakpoint
CREATE INDEX "employment_services_subdistrict" ON "labour"."employment_services" USING btree ("subdistrict_code","occurred_on","id");
--> statement-breakpoint
CREATE INDEX "employment_services_occurred" ON "labour"."employment_services" USING btree ("occurred_on","id");
--> statement-breakpoint
CREATE INDEX "employments_employee" ON "labour"."employments" USING btree ("employee_id","id");
--> statement-breakpoint
CREATE INDEX "employments_unmatched" ON "labour"."employments" USING btree ("employee_identity_number") WHERE "labour"."employments"."employee_id" is null;
--> statement-breakpoint
CREATE INDEX "employments_employer" ON "labour"."employments" USING btree ("employer_id","id");
--> statement-breakpoint
CREATE INDEX "employments_subdistrict" ON "labour"."employments" USING btree ("subdistrict_code","starts_on","id");
--> statement-breakpoint
CREATE INDEX "employments_subdistrict_list" ON "labour"."employments" USING btree ("subdistrict_code","id");
--> statement-breakpoint
CREATE INDEX "employments_neighbourhood" ON "labour"."employments" USING btree ("neighbourhood_code","id");
--> statement-breakpoint
CREATE INDEX "employments_starts" ON "labour"."employments" USING btree ("starts_on","id");
--> statement-breakpoint
CREATE INDEX "employments_ends" ON "labour"."employments" USING btree ("ends_on","id");
--> statement-breakpoint
CREATE INDEX "employments_wage_order" ON "labour"."employments" USING btree ("monthly_wage","id");
--> statement-breakpoint
CREATE INDEX "insurance_contributions_insured" ON "labour"."insurance_contributions" USING btree ("insured_id","id");
--> statement-breakpoint
CREATE INDEX "insurance_contributions_unmatched" ON "labour"."insurance_contributions" USING btree ("enrolment_id") WHERE "labour"."insurance_contributions"."insured_id" is null;
--> statement-breakpoint
CREATE INDEX "insurance_enrolments_insured" ON "labour"."insurance_enrolments" USING btree ("insured_id","id");
--> statement-breakpoint
CREATE INDEX "insurance_enrolments_unmatched" ON "labour"."insurance_enrolments" USING btree ("insured_identity_number") WHERE "labour"."insurance_enrolments"."insured_id" is null;
--> statement-breakpoint
CREATE INDEX "insurance_enrolments_subdistrict" ON "labour"."insurance_enrolments" USING btree ("subdistrict_code","id");
--> statement-breakpoint
CREATE INDEX "insurance_enrolments_neighbourhood" ON "labour"."insurance_enrolments" USING btree ("neighbourhood_code","id");
--> statement-breakpoint
CREATE INDEX "insurance_enrolments_starts" ON "labour"."insurance_enrolments" USING btree ("starts_on","id");
