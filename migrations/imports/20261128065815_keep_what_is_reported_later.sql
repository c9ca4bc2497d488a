CREATE TABLE "imports"."doubted_persons" (
	"migrant_id" uuid PRIMARY KEY NOT NULL,
	"doubted_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "imports"."batches" ADD COLUMN "number" integer DEFAULT 0 NOT NULL;