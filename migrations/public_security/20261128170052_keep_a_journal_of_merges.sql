CREATE SEQUENCE "public_security"."registration_serials" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "public_security"."merges" (
	"id" text PRIMARY KEY NOT NULL,
	"merged_id" uuid NOT NULL,
	"survivor_id" uuid NOT NULL,
	"merged_at" timestamp with time zone DEFAULT now() NOT NULL,
	"undone_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "public_security"."repointings" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "public_security"."repointings_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"merge_id" text NOT NULL,
	"store" text NOT NULL,
	"record" text NOT NULL,
	"table" text NOT NULL,
	"column" text NOT NULL,
	"row_id" text NOT NULL,
	"from" uuid NOT NULL,
	"to" uuid NOT NULL,
	"undone_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "public_security"."registration_import_batches" DROP CONSTRAINT "registration_import_batches_rows_add_up";--> statement-breakpoint
ALTER TABLE "public_security"."repointings" ADD CONSTRAINT "repointings_merge_id_merges_id_fk" FOREIGN KEY ("merge_id") REFERENCES "public_security"."merges"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "merges_merged" ON "public_security"."merges" USING btree ("merged_id");--> statement-breakpoint
CREATE INDEX "merges_survivor" ON "public_security"."merges" USING btree ("survivor_id");--> statement-breakpoint
CREATE UNIQUE INDEX "repointings_once" ON "public_security"."repointings" USING btree ("merge_id","table","column","row_id");--> statement-breakpoint
CREATE INDEX "repointings_open" ON "public_security"."repointings" USING btree ("merge_id","id") WHERE "public_security"."repointings"."undone_at" is null;--> statement-breakpoint
ALTER TABLE "public_security"."registration_import_batches" ADD CONSTRAINT "registration_import_batches_rows_add_up" CHECK ("public_security"."registration_import_batches"."rows_accepted" >= 0 and "public_security"."registration_import_batches"."rows_rejected" >= 0 and ("public_security"."registration_import_batches"."rows_sent" = "public_security"."registration_import_batches"."rows_accepted" + "public_security"."registration_import_batches"."rows_rejected" or ("public_security"."registration_import_batches"."status" in ('BUILT', 'SENT', 'FAILED') and "public_security"."registration_import_batches"."rows_accepted" + "public_security"."registration_import_batches"."rows_rejected" = 0)));