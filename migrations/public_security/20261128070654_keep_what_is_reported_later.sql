ALTER TABLE "public_security"."migrants" DROP CONSTRAINT "migrants_quality_flag_codes";--> statement-breakpoint
ALTER TABLE "public_security"."migrants" ADD COLUMN "document_kind" text;--> statement-breakpoint
ALTER TABLE "public_security"."migrants" ADD COLUMN "document_number" text;--> statement-breakpoint
ALTER TABLE "public_security"."migrants" ADD COLUMN "report_no" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "public_security"."migrants" ADD COLUMN "earlier_reports" jsonb;--> statement-breakpoint
ALTER TABLE "public_security"."migrants" ADD COLUMN "spellings_before" text[];--> statement-breakpoint
ALTER TABLE "public_security"."residence_registrations" ADD COLUMN "ended_by_next" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "public_security"."residence_registrations" ADD COLUMN "as_written" jsonb;--> statement-breakpoint
ALTER TABLE "public_security"."residence_registrations" ADD COLUMN "report_no" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "public_security"."residence_registrations" ADD COLUMN "earlier_reports" jsonb;--> statement-breakpoint
CREATE UNIQUE INDEX "migrants_verified_document" ON "public_security"."migrants" USING btree ("document_number","document_kind") WHERE "public_security"."migrants"."verified_at" is not null and "public_security"."migrants"."status" <> 'MERGED';--> statement-breakpoint
CREATE INDEX "migrants_document" ON "public_security"."migrants" USING btree ("document_number","document_kind");--> statement-breakpoint
ALTER TABLE "public_security"."migrants" ADD CONSTRAINT "migrants_document" CHECK (num_nulls("public_security"."migrants"."document_kind", "public_security"."migrants"."document_number") in (0, 2) and "public_security"."migrants"."document_kind" in ('RESIDENT_ID', 'HUKOU_BOOK', 'BIRTH_CERT', 'PASSPORT', 'HMT_PERMIT', 'OTHER') is not false);--> statement-breakpoint
ALTER TABLE "public_security"."migrants" ADD CONSTRAINT "migrants_document_number_form" CHECK (char_length("public_security"."migrants"."document_number") between 4 and 30 and "public_security"."migrants"."document_number" ~ '^[0-9A-Z-]*$');--> statement-breakpoint
ALTER TABLE "public_security"."migrants" ADD CONSTRAINT "migrants_quality_flag_codes" CHECK ("public_security"."migrants"."quality_flags" <@ array['ID_CHECKSUM', 'ID_15_DIGITS_CONVERTED', 'SEX_MISMATCH', 'DOB_MISMATCH', 'PHONE_INVALID', 'DUP_SUSPECT', 'ADDRESS_UNRESOLVED', 'STALE', 'SOURCES_DISAGREE', 'NAME_INCOMPLETE', 'CELL_UNREAD']::text[]);