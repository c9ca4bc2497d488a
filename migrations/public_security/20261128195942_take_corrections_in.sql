CREATE TABLE "public_security"."correction_requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"field" text NOT NULL,
	"claimed_name" text,
	"claimed_sex" text,
	"claimed_birth_date" date,
	"claimed_citizen_id_number" text,
	"claimed_mobile_phone" text,
	"claimed_marital_status" text,
	"claimed_education_level" text,
	"claimed_dwelling_id" uuid,
	"proof_kind" text NOT NULL,
	"proof_number" text NOT NULL,
	"requested_by_unit" text NOT NULL,
	"requested_by" text NOT NULL,
	"requested_on" date NOT NULL,
	"authority_unit" text NOT NULL,
	"status" text DEFAULT 'REQUESTED' NOT NULL,
	"decided_by" text,
	"decided_on" date,
	"decision_legal_basis" text,
	"decision_reasons" text,
	"decision_decided_by" text,
	"decision_decided_on" date,
	"decision_remedy_notice" text,
	"shielded" boolean DEFAULT false NOT NULL,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "correction_requests_field_code" CHECK ("public_security"."correction_requests"."field" in ('NAME', 'SEX', 'BIRTH_DATE', 'CITIZEN_ID_NUMBER', 'MOBILE_PHONE', 'MARITAL_STATUS', 'EDUCATION_LEVEL', 'DWELLING')),
	CONSTRAINT "correction_requests_claimed_sex_code" CHECK ("public_security"."correction_requests"."claimed_sex" in ('UNKNOWN', 'MALE', 'FEMALE', 'NOT_STATED')),
	CONSTRAINT "correction_requests_claimed_marital_status_code" CHECK ("public_security"."correction_requests"."claimed_marital_status" in ('UNMARRIED', 'MARRIED', 'FIRST_MARRIAGE', 'REMARRIED', 'REMARRIED_SAME_SPOUSE', 'WIDOWED', 'DIVORCED', 'NOT_STATED')),
	CONSTRAINT "correction_requests_claimed_education_level_code" CHECK ("public_security"."correction_requests"."claimed_education_level" in ('POSTGRADUATE', 'UNDERGRADUATE', 'JUNIOR_COLLEGE', 'SECONDARY_VOCATIONAL', 'SENIOR_HIGH', 'JUNIOR_HIGH', 'PRIMARY', 'OTHER')),
	CONSTRAINT "correction_requests_proof_kind_code" CHECK ("public_security"."correction_requests"."proof_kind" in ('RESIDENT_ID', 'HUKOU_BOOK', 'BIRTH_CERT', 'PASSPORT', 'HMT_PERMIT', 'OTHER')),
	CONSTRAINT "correction_requests_status_code" CHECK ("public_security"."correction_requests"."status" in ('REQUESTED', 'ACCEPTED', 'REFUSED', 'WITHDRAWN')),
	CONSTRAINT "correction_requests_one_value" CHECK (num_nonnulls("public_security"."correction_requests"."claimed_name", "public_security"."correction_requests"."claimed_sex", "public_security"."correction_requests"."claimed_birth_date", "public_security"."correction_requests"."claimed_citizen_id_number", "public_security"."correction_requests"."claimed_mobile_phone", "public_security"."correction_requests"."claimed_marital_status", "public_security"."correction_requests"."claimed_education_level", "public_security"."correction_requests"."claimed_dwelling_id") = 1),
	CONSTRAINT "correction_requests_value_of_field" CHECK (case "public_security"."correction_requests"."field" when 'NAME' then "public_security"."correction_requests"."claimed_name" is not null when 'SEX' then "public_security"."correction_requests"."claimed_sex" is not null when 'BIRTH_DATE' then "public_security"."correction_requests"."claimed_birth_date" is not null when 'CITIZEN_ID_NUMBER' then "public_security"."correction_requests"."claimed_citizen_id_number" is not null when 'MOBILE_PHONE' then "public_security"."correction_requests"."claimed_mobile_phone" is not null when 'MARITAL_STATUS' then "public_security"."correction_requests"."claimed_marital_status" is not null when 'EDUCATION_LEVEL' then "public_security"."correction_requests"."claimed_education_level" is not null else "public_security"."correction_requests"."claimed_dwelling_id" is not null end),
	CONSTRAINT "correction_requests_name_length" CHECK (char_length("public_security"."correction_requests"."claimed_name") between 1 and 50),
	CONSTRAINT "correction_requests_number_form" CHECK ("public_security"."correction_requests"."claimed_citizen_id_number" ~ '^[0-9]{17}[0-9X]$'),
	CONSTRAINT "correction_requests_phone_length" CHECK (char_length("public_security"."correction_requests"."claimed_mobile_phone") <= 30),
	CONSTRAINT "correction_requests_proof" CHECK (char_length("public_security"."correction_requests"."proof_number") between 4 and 50),
	CONSTRAINT "correction_requests_window" CHECK ("public_security"."correction_requests"."requested_by_unit" ~ '^PT-CAC-[0-9]{3}$'),
	CONSTRAINT "correction_requests_authority" CHECK ("public_security"."correction_requests"."authority_unit" in ('PT-PSB', 'PT-CIV')),
	CONSTRAINT "correction_requests_decided" CHECK (("public_security"."correction_requests"."status" in ('ACCEPTED', 'REFUSED')) = (num_nonnulls("public_security"."correction_requests"."decided_by", "public_security"."correction_requests"."decided_on") = 2)),
	CONSTRAINT "correction_requests_decided_after" CHECK ("public_security"."correction_requests"."requested_on" <= "public_security"."correction_requests"."decided_on"),
	CONSTRAINT "correction_requests_decision" CHECK (num_nonnulls("public_security"."correction_requests"."decision_legal_basis", "public_security"."correction_requests"."decision_reasons", "public_security"."correction_requests"."decision_decided_by", "public_security"."correction_requests"."decision_decided_on", "public_security"."correction_requests"."decision_remedy_notice") = case when "public_security"."correction_requests"."status" = 'REFUSED' then 5 else 0 end)
);
--> statement-breakpoint
ALTER TABLE "public_security"."migrants" DROP CONSTRAINT "migrants_quality_flag_codes";--> statement-breakpoint
ALTER TABLE "public_security"."correction_requests" ADD CONSTRAINT "correction_requests_person_id_migrants_id_fk" FOREIGN KEY ("person_id") REFERENCES "public_security"."migrants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "correction_requests_open" ON "public_security"."correction_requests" USING btree ("person_id","field") WHERE "public_security"."correction_requests"."status" = 'REQUESTED';--> statement-breakpoint
CREATE INDEX "correction_requests_person" ON "public_security"."correction_requests" USING btree ("person_id","id");--> statement-breakpoint
CREATE INDEX "correction_requests_authority" ON "public_security"."correction_requests" USING btree ("authority_unit","requested_on","id");--> statement-breakpoint
CREATE INDEX "correction_requests_window" ON "public_security"."correction_requests" USING btree ("requested_by_unit","requested_on","id");--> statement-breakpoint
CREATE INDEX "correction_requests_requested" ON "public_security"."correction_requests" USING btree ("requested_on","id");--> statement-breakpoint
CREATE INDEX "correction_requests_decided" ON "public_security"."correction_requests" USING btree ("decided_on","id");--> statement-breakpoint
ALTER TABLE "public_security"."migrants" ADD CONSTRAINT "migrants_quality_flag_codes" CHECK ("public_security"."migrants"."quality_flags" <@ array['ID_CHECKSUM', 'ID_15_DIGITS_CONVERTED', 'SEX_MISMATCH', 'DOB_MISMATCH', 'PHONE_INVALID', 'DUP_SUSPECT', 'ADDRESS_UNRESOLVED', 'STALE', 'SOURCES_DISAGREE', 'CORRECTION_ASKED', 'NAME_INCOMPLETE', 'CELL_UNREAD']::text[]);