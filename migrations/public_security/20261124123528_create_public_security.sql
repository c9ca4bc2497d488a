CREATE TABLE "public_security"."guardianships" (
	"id" uuid PRIMARY KEY NOT NULL,
	"guardian_member_id" uuid NOT NULL,
	"guardian_id" uuid NOT NULL,
	"child_id" uuid NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date,
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
	CONSTRAINT "guardianships_of_another" CHECK ("public_security"."guardianships"."guardian_id" <> "public_security"."guardianships"."child_id"),
	CONSTRAINT "guardianships_dates" CHECK ("public_security"."guardianships"."starts_on" <= "public_security"."guardianships"."ends_on")
);
--> statement-breakpoint
CREATE TABLE "public_security"."household_members" (
	"id" uuid PRIMARY KEY NOT NULL,
	"household_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"relation_to_head" text NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date,
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
	CONSTRAINT "household_members_relation_code" CHECK ("public_security"."household_members"."relation_to_head" in ('SELF', 'HEAD', 'COLLECTIVE_HEAD', 'SPOUSE', 'HUSBAND', 'WIFE', 'SON', 'DAUGHTER', 'GRANDCHILD', 'PARENT', 'FATHER', 'MOTHER', 'GRANDPARENT', 'ELDER_BROTHER', 'YOUNGER_BROTHER', 'ELDER_SISTER', 'YOUNGER_SISTER', 'OTHER_RELATIVE', 'DOMESTIC_HELPER', 'NON_RELATIVE')),
	CONSTRAINT "household_members_dates" CHECK ("public_security"."household_members"."starts_on" <= "public_security"."household_members"."ends_on")
);
--> statement-breakpoint
CREATE TABLE "public_security"."households" (
	"id" uuid PRIMARY KEY NOT NULL,
	"dwelling_id" uuid NOT NULL,
	"head_id" uuid,
	"member_count" integer NOT NULL,
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
	CONSTRAINT "households_member_count" CHECK ("public_security"."households"."member_count" >= 1)
);
--> statement-breakpoint
CREATE TABLE "public_security"."registration_import_batches" (
	"id" uuid PRIMARY KEY NOT NULL,
	"period" text NOT NULL,
	"sent_by_unit" text DEFAULT 'PT-PSB' NOT NULL,
	"status" text DEFAULT 'BUILT' NOT NULL,
	"rows_sent" integer NOT NULL,
	"rows_accepted" integer NOT NULL,
	"rows_rejected" integer NOT NULL,
	"reject_reasons" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"timeliness_rate" double precision,
	"accuracy_rate" double precision,
	"sent_at" timestamp with time zone,
	"loaded_at" timestamp with time zone,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "registration_import_batches_period_form" CHECK ("public_security"."registration_import_batches"."period" ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
	CONSTRAINT "registration_import_batches_status_code" CHECK ("public_security"."registration_import_batches"."status" in ('BUILT', 'SENT', 'VALIDATED', 'LOADED', 'PARTLY_LOADED', 'FAILED')),
	CONSTRAINT "registration_import_batches_rows_add_up" CHECK ("public_security"."registration_import_batches"."rows_accepted" >= 0 and "public_security"."registration_import_batches"."rows_rejected" >= 0 and "public_security"."registration_import_batches"."rows_sent" = "public_security"."registration_import_batches"."rows_accepted" + "public_security"."registration_import_batches"."rows_rejected"),
	CONSTRAINT "registration_import_batches_reasons_list" CHECK (jsonb_typeof("public_security"."registration_import_batches"."reject_reasons") = 'array'),
	CONSTRAINT "registration_import_batches_rates" CHECK ("public_security"."registration_import_batches"."timeliness_rate" between 0 and 1 and "public_security"."registration_import_batches"."accuracy_rate" between 0 and 1),
	CONSTRAINT "registration_import_batches_loaded_after_sent" CHECK ("public_security"."registration_import_batches"."sent_at" <= "public_security"."registration_import_batches"."loaded_at")
);
--> statement-breakpoint
CREATE TABLE "public_security"."migrant_documents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"number" text NOT NULL,
	"valid_from" date,
	"valid_to" date,
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
	CONSTRAINT "migrant_documents_kind_code" CHECK ("public_security"."migrant_documents"."kind" in ('RESIDENT_ID', 'HUKOU_BOOK', 'BIRTH_CERT', 'PASSPORT', 'HMT_PERMIT', 'OTHER')),
	CONSTRAINT "migrant_documents_number_form" CHECK (case when "public_security"."migrant_documents"."kind" = 'RESIDENT_ID' then "public_security"."migrant_documents"."number" ~ '^[0-9]{17}[0-9X]$' else "public_security"."migrant_documents"."number" ~ '^[0-9A-Z-]{4,30}$' end),
	CONSTRAINT "migrant_documents_validity" CHECK ("public_security"."migrant_documents"."valid_from" <= "public_security"."migrant_documents"."valid_to")
);
--> statement-breakpoint
CREATE TABLE "public_security"."migrants" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"former_name" text,
	"sex" text NOT NULL,
	"citizen_id_number" text,
	"document_kind" text,
	"document_number" text,
	"birth_date" date NOT NULL,
	"photo_ref" text,
	"ethnicity" text,
	"hukou_type" text,
	"hukou_division" text NOT NULL,
	"hukou_address" text,
	"marital_status" text,
	"education_level" text,
	"mobile_phone" text,
	"emergency_contact_name" text,
	"emergency_contact_relation" text,
	"emergency_contact_phone" text,
	"status" text DEFAULT 'ACTIVE' NOT NULL,
	"merged_into_id" uuid,
	"quality_flags" text[] DEFAULT '{}' NOT NULL,
	"verified_at" timestamp with time zone,
	"current_registration_id" uuid,
	"household_id" uuid,
	"subdistrict_code" text,
	"station_code" text,
	"neighbourhood_code" text,
	"shielded" boolean DEFAULT false NOT NULL,
	"subdistrict_unit" text GENERATED ALWAYS AS ('PT-SUB-' || substr(subdistrict_code, 7, 3)) STORED,
	"report_no" bigint DEFAULT 0 NOT NULL,
	"earlier_reports" jsonb,
	"spellings_before" text[],
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "migrants_name_length" CHECK (char_length("public_security"."migrants"."name") between 1 and 50),
	CONSTRAINT "migrants_former_name_length" CHECK (char_length("public_security"."migrants"."former_name") <= 50),
	CONSTRAINT "migrants_sex_code" CHECK ("public_security"."migrants"."sex" in ('UNKNOWN', 'MALE', 'FEMALE', 'NOT_STATED')),
	CONSTRAINT "migrants_citizen_id_form" CHECK (char_length("public_security"."migrants"."citizen_id_number") = 18 and "public_security"."migrants"."citizen_id_number" ~ '^[0-9]*[0-9X]$'),
	CONSTRAINT "migrants_document" CHECK (num_nulls("public_security"."migrants"."document_kind", "public_security"."migrants"."document_number") in (0, 2)),
	CONSTRAINT "migrants_document_kind_code" CHECK ("public_security"."migrants"."document_kind" in ('RESIDENT_ID', 'HUKOU_BOOK', 'BIRTH_CERT', 'PASSPORT', 'HMT_PERMIT', 'OTHER')),
	CONSTRAINT "migrants_document_number_form" CHECK (char_length("public_security"."migrants"."document_number") between 4 and 30 and "public_security"."migrants"."document_number" ~ '^[0-9A-Z-]*$'),
	CONSTRAINT "migrants_birth_date_from_1900" CHECK ("public_security"."migrants"."birth_date" >= date '1900-01-01'),
	CONSTRAINT "migrants_ethnicity_code" CHECK ("public_security"."migrants"."ethnicity" in ('HAN', 'MONGOL', 'HUI', 'ZANG', 'UYGUR', 'MIAO', 'YI', 'ZHUANG', 'BUYEI', 'CHOSEN', 'MAN', 'DONG', 'YAO', 'BAI', 'TUJIA', 'HANI', 'KAZAK', 'DAI', 'LI', 'LISU', 'VA', 'SHE', 'GAOSHAN', 'LAHU', 'SUI', 'DONGXIANG', 'NAXI', 'JINGPO', 'KIRGIZ', 'TU', 'DAUR', 'MULAO', 'QIANG', 'BLANG', 'SALAR', 'MAONAN', 'GELAO', 'XIBE', 'ACHANG', 'PUMI', 'TAJIK', 'NU', 'UZBEK', 'RUSS', 'EWENKI', 'DEANG', 'BONAN', 'YUGUR', 'GIN', 'TATAR', 'DERUNG', 'OROQEN', 'HEZHEN', 'MONBA', 'LHOBA', 'JINO', 'OTHER', 'FOREIGN_BORN')),
	CONSTRAINT "migrants_hukou_type_code" CHECK ("public_security"."migrants"."hukou_type" in ('AGRICULTURAL', 'NON_AGRICULTURAL', 'OTHER')),
	CONSTRAINT "migrants_hukou_outside_shanghai" CHECK ("public_security"."migrants"."hukou_division" like '______' and "public_security"."migrants"."hukou_division" !~ '[^0-9]' and "public_security"."migrants"."hukou_division" not like '31%'),
	CONSTRAINT "migrants_hukou_address_length" CHECK (char_length("public_security"."migrants"."hukou_address") <= 200),
	CONSTRAINT "migrants_marital_status_code" CHECK ("public_security"."migrants"."marital_status" in ('UNMARRIED', 'MARRIED', 'FIRST_MARRIAGE', 'REMARRIED', 'REMARRIED_SAME_SPOUSE', 'WIDOWED', 'DIVORCED', 'NOT_STATED')),
	CONSTRAINT "migrants_education_level_code" CHECK ("public_security"."migrants"."education_level" in ('POSTGRADUATE', 'UNDERGRADUATE', 'JUNIOR_COLLEGE', 'SECONDARY_VOCATIONAL', 'SENIOR_HIGH', 'JUNIOR_HIGH', 'PRIMARY', 'OTHER')),
	CONSTRAINT "migrants_phone_length" CHECK (char_length("public_security"."migrants"."mobile_phone") <= 30 and char_length("public_security"."migrants"."emergency_contact_phone") <= 30),
	CONSTRAINT "migrants_contact_relation_code" CHECK ("public_security"."migrants"."emergency_contact_relation" in ('SELF', 'HEAD', 'COLLECTIVE_HEAD', 'SPOUSE', 'HUSBAND', 'WIFE', 'SON', 'DAUGHTER', 'GRANDCHILD', 'PARENT', 'FATHER', 'MOTHER', 'GRANDPARENT', 'ELDER_BROTHER', 'YOUNGER_BROTHER', 'ELDER_SISTER', 'YOUNGER_SISTER', 'OTHER_RELATIVE', 'DOMESTIC_HELPER', 'NON_RELATIVE')),
	CONSTRAINT "migrants_status_code" CHECK ("public_security"."migrants"."status" in ('ACTIVE', 'DEPARTED', 'GAINED_SHANGHAI_HUKOU', 'DECEASED', 'MERGED')),
	CONSTRAINT "migrants_merged_into_another" CHECK (("public_security"."migrants"."status" = 'MERGED') = ("public_security"."migrants"."merged_into_id" is not null) and "public_security"."migrants"."merged_into_id" is distinct from "public_security"."migrants"."id"),
	CONSTRAINT "migrants_quality_flag_codes" CHECK ("public_security"."migrants"."quality_flags" <@ array['ID_CHECKSUM', 'ID_15_DIGITS_CONVERTED', 'SEX_MISMATCH', 'DOB_MISMATCH', 'PHONE_INVALID', 'DUP_SUSPECT', 'ADDRESS_UNRESOLVED', 'STALE', 'SOURCES_DISAGREE', 'NAME_INCOMPLETE', 'CELL_UNREAD']::text[]),
	CONSTRAINT "migrants_territory_form" CHECK ("public_security"."migrants"."subdistrict_code" like '310107___' and "public_security"."migrants"."subdistrict_code" !~ '[^0-9]' and "public_security"."migrants"."neighbourhood_code" like '310107______' and "public_security"."migrants"."neighbourhood_code" !~ '[^0-9]')
);
--> statement-breakpoint
CREATE TABLE "public_security"."police_case_parties" (
	"id" uuid PRIMARY KEY NOT NULL,
	"police_case_id" uuid NOT NULL,
	"person_id" uuid,
	"role" text NOT NULL,
	"minor" boolean NOT NULL,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "police_case_parties_role_code" CHECK ("public_security"."police_case_parties"."role" in ('VICTIM', 'SUBJECT', 'WITNESS', 'REPORTER'))
);
--> statement-breakpoint
CREATE TABLE "public_security"."police_cases" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_no" text NOT NULL,
	"kind" text NOT NULL,
	"category" text NOT NULL,
	"legal_basis" text NOT NULL,
	"accepted_on" date NOT NULL,
	"station_id" text NOT NULL,
	"occurred_subdistrict" text NOT NULL,
	"status" text DEFAULT 'ACCEPTED' NOT NULL,
	"decision_legal_basis" text,
	"decision_reasons" text,
	"decision_decided_by" text,
	"decision_decided_on" date,
	"decision_remedy_notice" text,
	"closed_on" date,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "police_cases_case_no_unique" UNIQUE("case_no"),
	CONSTRAINT "police_cases_case_no_form" CHECK ("public_security"."police_cases"."case_no" ~ '^PT-(PSB|STN)-[0-9-]*[0-9]{4}-[0-9]{5}$'),
	CONSTRAINT "police_cases_kind_code" CHECK ("public_security"."police_cases"."kind" in ('ADMINISTRATIVE', 'CRIMINAL')),
	CONSTRAINT "police_cases_category_form" CHECK ("public_security"."police_cases"."category" ~ '^[A-Z]{2,6}-[0-9]{1,3}(-[0-9]{1,2})?$'),
	CONSTRAINT "police_cases_legal_basis_given" CHECK (btrim("public_security"."police_cases"."legal_basis") <> ''),
	CONSTRAINT "police_cases_station_form" CHECK ("public_security"."police_cases"."station_id" ~ '^PT-(PSB|STN-[0-9]{3}-[0-9]+)$'),
	CONSTRAINT "police_cases_subdistrict_form" CHECK ("public_security"."police_cases"."occurred_subdistrict" ~ '^310107[0-9]{3}$'),
	CONSTRAINT "police_cases_status_code" CHECK ("public_security"."police_cases"."status" in ('ACCEPTED', 'INVESTIGATING', 'SUSPENDED', 'DECIDED', 'UNDER_REMEDY', 'EXECUTING', 'CLOSED', 'REOPENED', 'TRANSFERRED', 'ANNULLED')),
	CONSTRAINT "police_cases_decision_complete" CHECK (num_nonnulls("public_security"."police_cases"."decision_legal_basis", "public_security"."police_cases"."decision_reasons", "public_security"."police_cases"."decision_decided_by", "public_security"."police_cases"."decision_decided_on", "public_security"."police_cases"."decision_remedy_notice") in (0, 5)),
	CONSTRAINT "police_cases_decided_has_decision" CHECK ("public_security"."police_cases"."status" not in ('DECIDED', 'UNDER_REMEDY', 'EXECUTING') or "public_security"."police_cases"."decision_decided_on" is not null),
	CONSTRAINT "police_cases_decided_after_acceptance" CHECK ("public_security"."police_cases"."decision_decided_on" >= "public_security"."police_cases"."accepted_on"),
	CONSTRAINT "police_cases_closed_after_acceptance" CHECK ("public_security"."police_cases"."closed_on" >= "public_security"."police_cases"."accepted_on"),
	CONSTRAINT "police_cases_closed_on" CHECK (("public_security"."police_cases"."status" = 'CLOSED') = ("public_security"."police_cases"."closed_on" is not null))
);
--> statement-breakpoint
CREATE TABLE "public_security"."residence_registrations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"serial_no" text NOT NULL,
	"person_id" uuid NOT NULL,
	"dwelling_id" uuid,
	"road" text,
	"lane" text,
	"building" text,
	"room" text,
	"subdistrict_code" text NOT NULL,
	"station_code" text NOT NULL,
	"neighbourhood_code" text NOT NULL,
	"shielded" boolean DEFAULT false NOT NULL,
	"arrived_shanghai_on" date,
	"arrived_here_on" date NOT NULL,
	"expected_until" date,
	"departed_on" date,
	"stay_reason" text NOT NULL,
	"dwelling_relation" text NOT NULL,
	"status" text DEFAULT 'OPEN' NOT NULL,
	"source" text NOT NULL,
	"captured_by" text NOT NULL,
	"captured_by_unit" text NOT NULL,
	"captured_at" timestamp with time zone NOT NULL,
	"confirmed_at" timestamp with time zone,
	"ended_by_next" boolean DEFAULT false NOT NULL,
	"as_written" jsonb,
	"report_no" bigint DEFAULT 0 NOT NULL,
	"earlier_reports" jsonb,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "residence_registrations_serial_no_unique" UNIQUE("serial_no"),
	CONSTRAINT "residence_registrations_serial_form" CHECK (char_length("public_security"."residence_registrations"."serial_no") between 10 and 20 and "public_security"."residence_registrations"."serial_no" ~ '^[A-Z][A-Z][0-9]*$'),
	CONSTRAINT "residence_registrations_subdistrict_form" CHECK ("public_security"."residence_registrations"."subdistrict_code" like '310107___' and "public_security"."residence_registrations"."subdistrict_code" !~ '[^0-9]'),
	CONSTRAINT "residence_registrations_neighbourhood_inside" CHECK ("public_security"."residence_registrations"."neighbourhood_code" like '____________' and "public_security"."residence_registrations"."neighbourhood_code" !~ '[^0-9]' and left("public_security"."residence_registrations"."neighbourhood_code", 9) = "public_security"."residence_registrations"."subdistrict_code"),
	CONSTRAINT "residence_registrations_arrival" CHECK ("public_security"."residence_registrations"."arrived_shanghai_on" <= "public_security"."residence_registrations"."arrived_here_on"),
	CONSTRAINT "residence_registrations_expected" CHECK ("public_security"."residence_registrations"."expected_until" >= "public_security"."residence_registrations"."arrived_here_on"),
	CONSTRAINT "residence_registrations_departure" CHECK ("public_security"."residence_registrations"."departed_on" >= "public_security"."residence_registrations"."arrived_here_on"),
	CONSTRAINT "residence_registrations_stay_reason_code" CHECK ("public_security"."residence_registrations"."stay_reason" in ('WORK', 'BUSINESS', 'STUDY', 'JOIN_FAMILY', 'MEDICAL', 'VISIT', 'OTHER')),
	CONSTRAINT "residence_registrations_dwelling_relation_code" CHECK ("public_security"."residence_registrations"."dwelling_relation" in ('TENANT', 'OWNER', 'EMPLOYER_DORM', 'SITE_DORM', 'WITH_RELATIVE', 'HOTEL', 'OTHER')),
	CONSTRAINT "residence_registrations_status_code" CHECK ("public_security"."residence_registrations"."status" in ('OPEN', 'CONFIRMED', 'STALE', 'CLOSED')),
	CONSTRAINT "residence_registrations_closed_by_departure" CHECK ("public_security"."residence_registrations"."status" <> 'CLOSED' or "public_security"."residence_registrations"."departed_on" is not null),
	CONSTRAINT "residence_registrations_source_code" CHECK ("public_security"."residence_registrations"."source" in ('WINDOW', 'COORDINATOR_VISIT', 'EMPLOYER_REPORT', 'LANDLORD_REPORT', 'IMPORT'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX "guardianships_one_open" ON "public_security"."guardianships" USING btree ("guardian_id","child_id") WHERE "public_security"."guardianships"."ends_on" is null;
--> statement-breakpoint
CREATE UNIQUE INDEX "household_members_one_open" ON "public_security"."household_members" USING btree ("person_id") WHERE "public_security"."household_members"."ends_on" is null;
--> statement-breakpoint
CREATE UNIQUE INDEX "migrants_verified_citizen_id" ON "public_security"."migrants" USING btree ("citizen_id_number") WHERE "public_security"."migrants"."verified_at" is not null and "public_security"."migrants"."status" <> 'MERGED';
--> statement-breakpoint
CREATE UNIQUE INDEX "migrants_verified_document" ON "public_security"."migrants" USING btree ("document_number","document_kind") WHERE "public_security"."migrants"."verified_at" is not null and "public_security"."migrants"."status" <> 'MERGED';
--> statement-breakpoint
ALTER TABLE "public_security"."guardianships" ADD CONSTRAINT "guardianships_guardian_member_id_household_members_id_fk" FOREIGN KEY ("guardian_member_id") REFERENCES "public_security"."household_members"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "public_security"."guardianships" ADD CONSTRAINT "guardianships_guardian_id_migrants_id_fk" FOREIGN KEY ("guardian_id") REFERENCES "public_security"."migrants"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "public_security"."guardianships" ADD CONSTRAINT "guardianships_child_id_migrants_id_fk" FOREIGN KEY ("child_id") REFERENCES "public_security"."migrants"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "public_security"."household_members" ADD CONSTRAINT "household_members_household_id_households_id_fk" FOREIGN KEY ("household_id") REFERENCES "public_security"."households"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "public_security"."household_members" ADD CONSTRAINT "household_members_person_id_migrants_id_fk" FOREIGN KEY ("person_id") REFERENCES "public_security"."migrants"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "public_security"."households" ADD CONSTRAINT "households_head_id_migrants_id_fk" FOREIGN KEY ("head_id") REFERENCES "public_security"."migrants"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "public_security"."migrant_documents" ADD CONSTRAINT "migrant_documents_person_id_migrants_id_fk" FOREIGN KEY ("person_id") REFERENCES "public_security"."migrants"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "public_security"."police_case_parties" ADD CONSTRAINT "police_case_parties_police_case_id_police_cases_id_fk" FOREIGN KEY ("police_case_id") REFERENCES "public_security"."police_cases"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "public_security"."police_case_parties" ADD CONSTRAINT "police_case_parties_person_id_migrants_id_fk" FOREIGN KEY ("person_id") REFERENCES "public_security"."migrants"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "public_security"."residence_registrations" ADD CONSTRAINT "residence_registrations_person_id_migrants_id_fk" FOREIGN KEY ("person_id") REFERENCES "public_security"."migrants"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "guardianships_station" ON "public_security"."guardianships" USING btree ("station_code","id");
--> statement-breakpoint
CREATE INDEX "guardianships_neighbourhood" ON "public_security"."guardianships" USING btree ("neighbourhood_code","id");
--> statement-breakpoint
CREATE INDEX "guardianships_guardian_member" ON "public_security"."guardianships" USING btree ("guardian_member_id","id");
--> statement-breakpoint
CREATE INDEX "guardianships_child" ON "public_security"."guardianships" USING btree ("child_id","id");
--> statement-breakpoint
CREATE INDEX "guardianships_subdistrict" ON "public_security"."guardianships" USING btree ("subdistrict_code","id");
--> statement-breakpoint
CREATE INDEX "household_members_station" ON "public_security"."household_members" USING btree ("station_code","id");
--> statement-breakpoint
CREATE INDEX "household_members_neighbourhood" ON "public_security"."household_members" USING btree ("neighbourhood_code","id");
--> statement-breakpoint
CREATE INDEX "household_members_household" ON "public_security"."household_members" USING btree ("household_id","id");
--> statement-breakpoint
CREATE INDEX "household_members_person" ON "public_security"."household_members" USING btree ("person_id","id");
--> statement-breakpoint
CREATE INDEX "household_members_subdistrict" ON "public_security"."household_members" USING btree ("subdistrict_code","id");
--> statement-breakpoint
CREATE INDEX "households_dwelling" ON "public_security"."households" USING btree ("dwelling_id","id");
--> statement-breakpoint
CREATE INDEX "households_head" ON "public_security"."households" USING btree ("head_id","id");
--> statement-breakpoint
CREATE INDEX "households_member_count" ON "public_security"."households" USING btree ("member_count","id");
--> statement-breakpoint
CREATE INDEX "households_subdistrict" ON "public_security"."households" USING btree ("subdistrict_code","id");
--> statement-breakpoint
CREATE INDEX "households_station" ON "public_security"."households" USING btree ("station_code","id");
--> statement-breakpoint
CREATE INDEX "households_neighbourhood" ON "public_security"."households" USING btree ("neighbourhood_code","id");
--> statement-breakpoint
CREATE INDEX "registration_import_batches_unit" ON "public_security"."registration_import_batches" USING btree ("sent_by_unit","period","id");
--> statement-breakpoint
CREATE INDEX "registration_import_batches_period" ON "public_security"."registration_import_batches" USING btree ("period","id");
--> statement-breakpoint
CREATE INDEX "migrant_documents_station" ON "public_security"."migrant_documents" USING btree ("station_code","id");
--> statement-breakpoint
CREATE INDEX "migrant_documents_person" ON "public_security"."migrant_documents" USING btree ("person_id","id");
--> statement-breakpoint
CREATE INDEX "migrant_documents_subdistrict" ON "public_security"."migrant_documents" USING btree ("subdistrict_code","id");
--> statement-breakpoint
CREATE INDEX "migrants_document" ON "public_security"."migrants" USING btree ("document_number","document_kind");
--> statement-breakpoint
CREATE INDEX "migrants_citizen_id" ON "public_security"."migrants" USING btree ("citizen_id_number");
--> statement-breakpoint
CREATE INDEX "migrants_subdistrict" ON "public_security"."migrants" USING btree ("subdistrict_code","id");
--> statement-breakpoint
CREATE INDEX "migrants_station" ON "public_security"."migrants" USING btree ("station_code","id");
--> statement-breakpoint
CREATE INDEX "migrants_neighbourhood" ON "public_security"."migrants" USING btree ("neighbourhood_code","id");
--> statement-breakpoint
CREATE INDEX "migrants_subdistrict_name" ON "public_security"."migrants" USING btree ("subdistrict_code",access.name_order("name") collate access.person_names,"id");
--> statement-breakpoint
CREATE INDEX "migrants_name" ON "public_security"."migrants" USING btree (access.name_order("name") collate access.person_names,"id");
--> statement-breakpoint
CREATE INDEX "migrants_birth_date" ON "public_security"."migrants" USING btree ("birth_date","id");
--> statement-breakpoint
CREATE INDEX "migrants_created_at" ON "public_security"."migrants" USING btree ("created_at","id");
--> statement-breakpoint
CREATE INDEX "migrants_verified_at" ON "public_security"."migrants" USING btree ("verified_at","id");
--> statement-breakpoint
CREATE INDEX "migrants_folded_name" ON "public_security"."migrants" USING btree (access.fold("name") collate "C");
--> statement-breakpoint
CREATE INDEX "migrants_folded_phone" ON "public_security"."migrants" USING btree (access.fold("mobile_phone") collate "C");
--> statement-breakpoint
CREATE INDEX "migrants_household" ON "public_security"."migrants" USING btree ("household_id");
--> statement-breakpoint
CREATE INDEX "migrants_quality_flags" ON "public_security"."migrants" USING gin ("quality_flags");
--> statement-breakpoint
CREATE INDEX "police_case_parties_case" ON "public_security"."police_case_parties" USING btree ("police_case_id","id");
--> statement-breakpoint
CREATE INDEX "police_cases_station" ON "public_security"."police_cases" USING btree ("station_id","accepted_on","id");
--> statement-breakpoint
CREATE INDEX "police_cases_accepted" ON "public_security"."police_cases" USING btree ("accepted_on","id");
--> statement-breakpoint
CREATE INDEX "police_cases_closed" ON "public_security"."police_cases" USING btree ("closed_on","id");
--> statement-breakpoint
CREATE INDEX "residence_registrations_person" ON "public_security"."residence_registrations" USING btree ("person_id","arrived_here_on","id");
--> statement-breakpoint
CREATE INDEX "residence_registrations_serial" ON "public_security"."residence_registrations" USING btree ((case when "status" <> 'CLOSED' then "serial_no" end));
--> statement-breakpoint
CREATE INDEX "residence_registrations_folded_road" ON "public_security"."residence_registrations" USING btree (access.fold((case when "status" <> 'CLOSED' then "road" end)) collate "C");
--> statement-breakpoint
CREATE INDEX "residence_registrations_dwelling" ON "public_security"."residence_registrations" USING btree ((case when "status" <> 'CLOSED' then "dwelling_id" end),"id");
--> statement-breakpoint
CREATE INDEX "residence_registrations_subdistrict" ON "public_security"."residence_registrations" USING btree ("subdistrict_code","id");
--> statement-breakpoint
CREATE INDEX "residence_registrations_station" ON "public_security"."residence_registrations" USING btree ("station_code","id");
--> statement-breakpoint
CREATE INDEX "residence_registrations_neighbourhood" ON "public_security"."residence_registrations" USING btree ("neighbourhood_code","id");
--> statement-breakpoint
CREATE INDEX "residence_registrations_arrived" ON "public_security"."residence_registrations" USING btree ((case when "status" <> 'CLOSED' then "arrived_here_on" end),"id");
--> statement-breakpoint
CREATE INDEX "residence_registrations_captured" ON "public_security"."residence_registrations" USING btree ((case when "status" <> 'CLOSED' then "captured_at" end),"id");
