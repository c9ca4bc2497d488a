CREATE TABLE "access"."grants" (
	"id" uuid PRIMARY KEY NOT NULL,
	"viewer" text NOT NULL,
	"unit" text NOT NULL,
	"record_type" text NOT NULL,
	"record_id" text NOT NULL,
	"field_group" text NOT NULL,
	"purpose" text NOT NULL,
	"until" date NOT NULL
);
--> statement-breakpoint
CREATE INDEX "grants_unit" ON "access"."grants" USING btree ("unit","record_type","record_id");