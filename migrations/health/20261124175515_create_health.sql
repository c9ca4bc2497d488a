CREATE TABLE "health"."child_health_records" (
	"id" uuid PRIMARY KEY NOT NULL,
	"child_id" uuid NOT NULL,
	"guardian_id" uuid,
	"vaccinations" jsonb NOT NULL,
	"next_due_on" date,
	"growth_checks" jsonb,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "child_health_records_child_id_unique" UNIQUE("child_id"),
	CONSTRAINT "child_health_records_guardian" CHECK ("health"."child_health_records"."guardian_id" <> "health"."child_health_records"."child_id"),
	CONSTRAINT "child_health_records_vaccinations_list" CHECK (jsonb_typeof("health"."child_health_records"."vaccinations") = 'array'),
	CONSTRAINT "child_health_records_vaccinations" CHECK (not jsonb_path_exists("health"."child_health_records"."vaccinations", '$[*] ? (!(@.dose >= 1 && @.dose <= 9) || !exists (@.givenOn))')),
	CONSTRAINT "child_health_records_growth" CHECK (not jsonb_path_exists("health"."child_health_records"."growth_checks", '$[*] ? (!(@.weightKg >= 0.5 && @.weightKg <= 120 && @.heightCm >= 30 && @.heightCm <= 200))'))
);
--> statement-breakpoint
CREATE TABLE "health"."maternal_records" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"booked_on" date NOT NULL,
	"institution" text NOT NULL,
	"gestation_weeks_at_booking" integer,
	"antenatal_visits" integer,
	"postnatal_visits" integer,
	"delivered_on" date,
	"outcome" text,
	"needs_specialist_care" boolean,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "maternal_records_weeks" CHECK ("health"."maternal_records"."gestation_weeks_at_booking" between 4 and 42),
	CONSTRAINT "maternal_records_visits" CHECK ("health"."maternal_records"."antenatal_visits" between 0 and 30 and "health"."maternal_records"."postnatal_visits" between 0 and 30),
	CONSTRAINT "maternal_records_delivered" CHECK ("health"."maternal_records"."delivered_on" >= "health"."maternal_records"."booked_on"),
	CONSTRAINT "maternal_records_outcome_code" CHECK ("health"."maternal_records"."outcome" in ('LIVE_BIRTH', 'STILLBIRTH', 'MISCARRIAGE', 'MOVED_AWAY'))
);
--> statement-breakpoint
CREATE TABLE "health"."unlicensed_practice_cases" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"place_kind" text NOT NULL,
	"place_name" text NOT NULL,
	"site_id" uuid,
	"employer_id" uuid,
	"dwelling_id" uuid,
	"market_id" uuid,
	"school_id" uuid,
	"premises_id" uuid,
	"subdistrict_code" text,
	"station_code" text,
	"neighbourhood_code" text,
	"accepted_on" date NOT NULL,
	"operator_kind" text,
	"operator_name" text,
	"operator_identity_number" text,
	"operator_phone" text,
	"decision_legal_basis" text,
	"decision_reasons" text,
	"decision_decided_by" text,
	"decision_decided_on" date,
	"decision_remedy_notice" text,
	"status" text DEFAULT 'ACCEPTED' NOT NULL,
	"joint_units" text[] DEFAULT '{}' NOT NULL,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "unlicensed_practice_cases_case_no_unique" UNIQUE("case_no"),
	CONSTRAINT "unlicensed_practice_cases_place" CHECK ("health"."unlicensed_practice_cases"."place_kind" in ('CONSTRUCTION_SITE', 'EMPLOYER', 'DORMITORY', 'DWELLING', 'MARKET', 'SCHOOL', 'SMALL_PREMISES', 'OTHER') and ("health"."unlicensed_practice_cases"."site_id" is null or "health"."unlicensed_practice_cases"."place_kind" in ('CONSTRUCTION_SITE')) and ("health"."unlicensed_practice_cases"."employer_id" is null or "health"."unlicensed_practice_cases"."place_kind" in ('EMPLOYER')) and ("health"."unlicensed_practice_cases"."dwelling_id" is null or "health"."unlicensed_practice_cases"."place_kind" in ('DORMITORY', 'DWELLING')) and ("health"."unlicensed_practice_cases"."market_id" is null or "health"."unlicensed_practice_cases"."place_kind" in ('MARKET')) and ("health"."unlicensed_practice_cases"."school_id" is null or "health"."unlicensed_practice_cases"."place_kind" in ('SCHOOL')) and ("health"."unlicensed_practice_cases"."premises_id" is null or "health"."unlicensed_practice_cases"."place_kind" in ('SMALL_PREMISES'))),
	CONSTRAINT "unlicensed_practice_cases_operator" CHECK (("health"."unlicensed_practice_cases"."operator_kind" is null) = ("health"."unlicensed_practice_cases"."operator_name" is null) and "health"."unlicensed_practice_cases"."operator_kind" in ('PERSON', 'ORGANISATION') is not false),
	CONSTRAINT "unlicensed_practice_cases_status_code" CHECK ("health"."unlicensed_practice_cases"."status" in ('REPORTED', 'SCREENING', 'ACCEPTED', 'NOT_ACCEPTED', 'TRANSFERRED', 'INVESTIGATING', 'SUSPENDED', 'DECIDED', 'EXECUTING', 'UNDER_REMEDY', 'ANNULLED', 'CLOSED', 'REOPENED', 'WITHDRAWN')),
	CONSTRAINT "unlicensed_practice_cases_decision_complete" CHECK (num_nonnulls("health"."unlicensed_practice_cases"."decision_legal_basis", "health"."unlicensed_practice_cases"."decision_reasons", "health"."unlicensed_practice_cases"."decision_decided_by", "health"."unlicensed_practice_cases"."decision_decided_on", "health"."unlicensed_practice_cases"."decision_remedy_notice") in (0, 5) and (not ("health"."unlicensed_practice_cases"."status" in ('DECIDED', 'EXECUTING', 'UNDER_REMEDY')) or "health"."unlicensed_practice_cases"."decision_decided_on" is not null))
);
--> statement-breakpoint
CREATE TABLE "health"."infectious_reports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"card_no" text NOT NULL,
	"patient_id" uuid,
	"snapshot_name" text NOT NULL,
	"snapshot_sex" text NOT NULL,
	"snapshot_birth_date" date,
	"snapshot_occupation_group" text,
	"snapshot_guardian_name" text,
	"patient_origin" text NOT NULL,
	"residence_road" text,
	"residence_lane" text,
	"residence_building" text,
	"residence_room" text,
	"residence_neighbourhood_code" text,
	"residence_subdistrict_code" text,
	"disease" text NOT NULL,
	"case_type" text NOT NULL,
	"onset_on" date NOT NULL,
	"diagnosed_at" timestamp with time zone NOT NULL,
	"died_on" date,
	"reported_at" timestamp with time zone NOT NULL,
	"report_kind" text DEFAULT 'INITIAL' NOT NULL,
	"reporting_unit" text NOT NULL,
	"status" text DEFAULT 'REPORTED' NOT NULL,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "infectious_reports_card_no_unique" UNIQUE("card_no"),
	CONSTRAINT "infectious_reports_sex_code" CHECK ("health"."infectious_reports"."snapshot_sex" in ('UNKNOWN', 'MALE', 'FEMALE', 'NOT_STATED')),
	CONSTRAINT "infectious_reports_origin_code" CHECK ("health"."infectious_reports"."patient_origin" in ('SAME_DISTRICT', 'OTHER_DISTRICT', 'OTHER_PROVINCE', 'HMT', 'FOREIGN')),
	CONSTRAINT "infectious_reports_disease_code" CHECK ("health"."infectious_reports"."disease" in ('PLAGUE', 'CHOLERA', 'SARS', 'AIDS', 'VIRAL_HEPATITIS', 'POLIOMYELITIS', 'HUMAN_AVIAN_INFLUENZA', 'MEASLES', 'HAEMORRHAGIC_FEVER', 'RABIES', 'JAPANESE_ENCEPHALITIS', 'DENGUE', 'ANTHRAX', 'DYSENTERY', 'TUBERCULOSIS', 'TYPHOID_PARATYPHOID', 'MENINGOCOCCAL_MENINGITIS', 'PERTUSSIS', 'DIPHTHERIA', 'NEONATAL_TETANUS', 'SCARLET_FEVER', 'BRUCELLOSIS', 'GONORRHOEA', 'SYPHILIS', 'LEPTOSPIROSIS', 'SCHISTOSOMIASIS', 'MALARIA', 'INFLUENZA', 'MUMPS', 'RUBELLA', 'ACUTE_HAEMORRHAGIC_CONJUNCTIVITIS', 'LEPROSY', 'TYPHUS', 'KALA_AZAR', 'ECHINOCOCCOSIS', 'FILARIASIS', 'OTHER_INFECTIOUS_DIARRHOEA')),
	CONSTRAINT "infectious_reports_case_type_code" CHECK ("health"."infectious_reports"."case_type" in ('SUSPECTED', 'CLINICAL', 'LAB_CONFIRMED', 'CARRIER')),
	CONSTRAINT "infectious_reports_kind_code" CHECK ("health"."infectious_reports"."report_kind" in ('INITIAL', 'CORRECTED')),
	CONSTRAINT "infectious_reports_status_code" CHECK ("health"."infectious_reports"."status" in ('DRAFT', 'REPORTED', 'CORRECTED', 'CONFIRMED', 'EXCLUDED', 'CLOSED')),
	CONSTRAINT "infectious_reports_onset" CHECK ("health"."infectious_reports"."onset_on" <= ("health"."infectious_reports"."diagnosed_at" at time zone 'Asia/Shanghai')::date and "health"."infectious_reports"."onset_on" <= "health"."infectious_reports"."died_on"),
	CONSTRAINT "infectious_reports_reported" CHECK ("health"."infectious_reports"."diagnosed_at" <= "health"."infectious_reports"."reported_at")
);
--> statement-breakpoint
CREATE TABLE "health"."outbreak_grants" (
	"id" uuid PRIMARY KEY NOT NULL,
	"outbreak_id" uuid NOT NULL,
	"grant_id" uuid NOT NULL,
	"grantee_id" text NOT NULL,
	"owner_unit" text DEFAULT 'PT-HLT' NOT NULL,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "outbreak_grants_once" UNIQUE("outbreak_id","grant_id")
);
--> statement-breakpoint
CREATE TABLE "health"."outbreak_responses" (
	"id" uuid PRIMARY KEY NOT NULL,
	"disease" text NOT NULL,
	"place_kind" text NOT NULL,
	"place_name" text NOT NULL,
	"site_id" uuid,
	"employer_id" uuid,
	"dwelling_id" uuid,
	"market_id" uuid,
	"school_id" uuid,
	"premises_id" uuid,
	"subdistrict_code" text,
	"station_code" text,
	"neighbourhood_code" text,
	"opened_on" date NOT NULL,
	"closed_on" date,
	"status" text NOT NULL,
	"measures" text[] NOT NULL,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "outbreak_responses_disease_code" CHECK ("health"."outbreak_responses"."disease" in ('PLAGUE', 'CHOLERA', 'SARS', 'AIDS', 'VIRAL_HEPATITIS', 'POLIOMYELITIS', 'HUMAN_AVIAN_INFLUENZA', 'MEASLES', 'HAEMORRHAGIC_FEVER', 'RABIES', 'JAPANESE_ENCEPHALITIS', 'DENGUE', 'ANTHRAX', 'DYSENTERY', 'TUBERCULOSIS', 'TYPHOID_PARATYPHOID', 'MENINGOCOCCAL_MENINGITIS', 'PERTUSSIS', 'DIPHTHERIA', 'NEONATAL_TETANUS', 'SCARLET_FEVER', 'BRUCELLOSIS', 'GONORRHOEA', 'SYPHILIS', 'LEPTOSPIROSIS', 'SCHISTOSOMIASIS', 'MALARIA', 'INFLUENZA', 'MUMPS', 'RUBELLA', 'ACUTE_HAEMORRHAGIC_CONJUNCTIVITIS', 'LEPROSY', 'TYPHUS', 'KALA_AZAR', 'ECHINOCOCCOSIS', 'FILARIASIS', 'OTHER_INFECTIOUS_DIARRHOEA')),
	CONSTRAINT "outbreak_responses_place" CHECK ("health"."outbreak_responses"."place_kind" in ('CONSTRUCTION_SITE', 'EMPLOYER', 'DORMITORY', 'DWELLING', 'MARKET', 'SCHOOL', 'SMALL_PREMISES', 'OTHER') and ("health"."outbreak_responses"."site_id" is null or "health"."outbreak_responses"."place_kind" in ('CONSTRUCTION_SITE')) and ("health"."outbreak_responses"."employer_id" is null or "health"."outbreak_responses"."place_kind" in ('EMPLOYER')) and ("health"."outbreak_responses"."dwelling_id" is null or "health"."outbreak_responses"."place_kind" in ('DORMITORY', 'DWELLING')) and ("health"."outbreak_responses"."market_id" is null or "health"."outbreak_responses"."place_kind" in ('MARKET')) and ("health"."outbreak_responses"."school_id" is null or "health"."outbreak_responses"."place_kind" in ('SCHOOL')) and ("health"."outbreak_responses"."premises_id" is null or "health"."outbreak_responses"."place_kind" in ('SMALL_PREMISES'))),
	CONSTRAINT "outbreak_responses_term" CHECK ("health"."outbreak_responses"."opened_on" <= "health"."outbreak_responses"."closed_on"),
	CONSTRAINT "outbreak_responses_status_code" CHECK ("health"."outbreak_responses"."status" in ('REPORTED', 'SCREENING', 'ACCEPTED', 'NOT_ACCEPTED', 'TRANSFERRED', 'INVESTIGATING', 'SUSPENDED', 'MEDIATING', 'AGREED', 'DECIDED', 'EXECUTING', 'UNDER_REMEDY', 'ANNULLED', 'CLOSED', 'REOPENED', 'WITHDRAWN')),
	CONSTRAINT "outbreak_responses_closed" CHECK (("health"."outbreak_responses"."status" = 'CLOSED') = ("health"."outbreak_responses"."closed_on" is not null)),
	CONSTRAINT "outbreak_responses_measures" CHECK ("health"."outbreak_responses"."measures" <@ array['DISINFECT', 'VACCINATE', 'SUSPEND_CANTEEN', 'MEDICAL_OBSERVATION', 'TEST_WATER', 'INFORM'] and cardinality("health"."outbreak_responses"."measures") >= 1)
);
--> statement-breakpoint
CREATE TABLE "health"."epidemic_site_visits" (
	"id" uuid PRIMARY KEY NOT NULL,
	"place_kind" text NOT NULL,
	"place_name" text NOT NULL,
	"site_id" uuid,
	"employer_id" uuid,
	"dwelling_id" uuid,
	"market_id" uuid,
	"school_id" uuid,
	"premises_id" uuid,
	"subdistrict_code" text,
	"station_code" text,
	"neighbourhood_code" text,
	"visited_on" date NOT NULL,
	"officers" text[] NOT NULL,
	"assisted_by_id" uuid,
	"workers_present" integer,
	"findings" text[] NOT NULL,
	"rectify_by" date,
	"rectified_on" date,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "epidemic_site_visits_place" CHECK ("health"."epidemic_site_visits"."place_kind" in ('CONSTRUCTION_SITE', 'EMPLOYER', 'DORMITORY', 'DWELLING', 'MARKET', 'SCHOOL', 'SMALL_PREMISES', 'OTHER') and ("health"."epidemic_site_visits"."site_id" is null or "health"."epidemic_site_visits"."place_kind" in ('CONSTRUCTION_SITE')) and ("health"."epidemic_site_visits"."employer_id" is null or "health"."epidemic_site_visits"."place_kind" in ('EMPLOYER')) and ("health"."epidemic_site_visits"."dwelling_id" is null or "health"."epidemic_site_visits"."place_kind" in ('DORMITORY', 'DWELLING')) and ("health"."epidemic_site_visits"."market_id" is null or "health"."epidemic_site_visits"."place_kind" in ('MARKET')) and ("health"."epidemic_site_visits"."school_id" is null or "health"."epidemic_site_visits"."place_kind" in ('SCHOOL')) and ("health"."epidemic_site_visits"."premises_id" is null or "health"."epidemic_site_visits"."place_kind" in ('SMALL_PREMISES'))),
	CONSTRAINT "epidemic_site_visits_kind" CHECK ("health"."epidemic_site_visits"."place_kind" in ('CONSTRUCTION_SITE', 'EMPLOYER', 'DORMITORY', 'MARKET', 'SCHOOL')),
	CONSTRAINT "epidemic_site_visits_officers" CHECK (cardinality("health"."epidemic_site_visits"."officers") >= 1),
	CONSTRAINT "epidemic_site_visits_workers" CHECK ("health"."epidemic_site_visits"."workers_present" >= 0),
	CONSTRAINT "epidemic_site_visits_findings" CHECK ("health"."epidemic_site_visits"."findings" <@ array['WATER', 'CANTEEN', 'TOILET', 'DORM_DENSITY', 'VECTOR', 'NO_HEALTH_CERT', 'NONE'] and cardinality("health"."epidemic_site_visits"."findings") >= 1 and (cardinality("health"."epidemic_site_visits"."findings") = 1 or not 'NONE' = any("health"."epidemic_site_visits"."findings"))),
	CONSTRAINT "epidemic_site_visits_rectify" CHECK ("health"."epidemic_site_visits"."rectify_by" >= "health"."epidemic_site_visits"."visited_on" and "health"."epidemic_site_visits"."rectified_on" >= "health"."epidemic_site_visits"."visited_on")
);
--> statement-breakpoint
CREATE TABLE "health"."health_education_sessions" (
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
	"subdistrict_code" text,
	"station_code" text,
	"neighbourhood_code" text,
	"occurred_on" date NOT NULL,
	"attendance" integer,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "health_education_sessions_topic_code" CHECK ("health"."health_education_sessions"."topic" in ('INFECTIOUS_DISEASE', 'VACCINATION', 'MATERNAL_CHILD', 'FOOD_AND_WATER', 'HEALTH_AT_WORK')),
	CONSTRAINT "health_education_sessions_place" CHECK ("health"."health_education_sessions"."place_kind" in ('CONSTRUCTION_SITE', 'EMPLOYER', 'DORMITORY', 'DWELLING', 'MARKET', 'SCHOOL', 'SMALL_PREMISES', 'OTHER') and ("health"."health_education_sessions"."site_id" is null or "health"."health_education_sessions"."place_kind" in ('CONSTRUCTION_SITE')) and ("health"."health_education_sessions"."employer_id" is null or "health"."health_education_sessions"."place_kind" in ('EMPLOYER')) and ("health"."health_education_sessions"."dwelling_id" is null or "health"."health_education_sessions"."place_kind" in ('DORMITORY', 'DWELLING')) and ("health"."health_education_sessions"."market_id" is null or "health"."health_education_sessions"."place_kind" in ('MARKET')) and ("health"."health_education_sessions"."school_id" is null or "health"."health_education_sessions"."place_kind" in ('SCHOOL')) and ("health"."health_education_sessions"."premises_id" is null or "health"."health_education_sessions"."place_kind" in ('SMALL_PREMISES'))),
	CONSTRAINT "health_education_sessions_attendance" CHECK ("health"."health_education_sessions"."attendance" >= 0)
);
--> statement-breakpoint
ALTER TABLE "health"."outbreak_grants" ADD CONSTRAINT "outbreak_grants_outbreak_id_outbreak_responses_id_fk" FOREIGN KEY ("outbreak_id") REFERENCES "health"."outbreak_responses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "child_health_records_guardian_order" ON "health"."child_health_records" USING btree ("guardian_id","id");--> statement-breakpoint
CREATE INDEX "child_health_records_next_due" ON "health"."child_health_records" USING btree ("next_due_on","id");--> statement-breakpoint
CREATE INDEX "maternal_records_person" ON "health"."maternal_records" USING btree ("person_id","id");--> statement-breakpoint
CREATE INDEX "maternal_records_booked" ON "health"."maternal_records" USING btree ("booked_on","id");--> statement-breakpoint
CREATE INDEX "maternal_records_delivered_order" ON "health"."maternal_records" USING btree ("delivered_on","id");--> statement-breakpoint
CREATE INDEX "unlicensed_practice_cases_subdistrict" ON "health"."unlicensed_practice_cases" USING btree ("subdistrict_code","accepted_on","id");--> statement-breakpoint
CREATE INDEX "unlicensed_practice_cases_station" ON "health"."unlicensed_practice_cases" USING btree ("station_code","accepted_on","id");--> statement-breakpoint
CREATE INDEX "unlicensed_practice_cases_accepted" ON "health"."unlicensed_practice_cases" USING btree ("accepted_on","id");--> statement-breakpoint
CREATE INDEX "infectious_reports_patient" ON "health"."infectious_reports" USING btree ("patient_id","id");--> statement-breakpoint
CREATE INDEX "infectious_reports_onset_order" ON "health"."infectious_reports" USING btree ("onset_on","id");--> statement-breakpoint
CREATE INDEX "infectious_reports_reported_order" ON "health"."infectious_reports" USING btree ("reported_at","id");--> statement-breakpoint
CREATE INDEX "infectious_reports_disease" ON "health"."infectious_reports" USING btree ("disease","reported_at","id");--> statement-breakpoint
CREATE INDEX "outbreak_responses_subdistrict" ON "health"."outbreak_responses" USING btree ("subdistrict_code","opened_on","id");--> statement-breakpoint
CREATE INDEX "outbreak_responses_station" ON "health"."outbreak_responses" USING btree ("station_code","opened_on","id");--> statement-breakpoint
CREATE INDEX "outbreak_responses_opened" ON "health"."outbreak_responses" USING btree ("opened_on","id");--> statement-breakpoint
CREATE INDEX "epidemic_site_visits_subdistrict" ON "health"."epidemic_site_visits" USING btree ("subdistrict_code","visited_on","id");--> statement-breakpoint
CREATE INDEX "epidemic_site_visits_station" ON "health"."epidemic_site_visits" USING btree ("station_code","visited_on","id");--> statement-breakpoint
CREATE INDEX "epidemic_site_visits_site" ON "health"."epidemic_site_visits" USING btree ("site_id","visited_on","id");--> statement-breakpoint
CREATE INDEX "epidemic_site_visits_employer" ON "health"."epidemic_site_visits" USING btree ("employer_id","visited_on","id");--> statement-breakpoint
CREATE INDEX "epidemic_site_visits_school" ON "health"."epidemic_site_visits" USING btree ("school_id","visited_on","id");--> statement-breakpoint
CREATE INDEX "epidemic_site_visits_assisted" ON "health"."epidemic_site_visits" USING btree ("assisted_by_id","visited_on","id");--> statement-breakpoint
CREATE INDEX "epidemic_site_visits_visited" ON "health"."epidemic_site_visits" USING btree ("visited_on","id");--> statement-breakpoint
CREATE INDEX "epidemic_site_visits_rectify_order" ON "health"."epidemic_site_visits" USING btree ("rectify_by","id");--> statement-breakpoint
CREATE INDEX "health_education_sessions_occurred" ON "health"."health_education_sessions" USING btree ("occurred_on","id");