CREATE TABLE "imports"."batches" (
	"id" uuid PRIMARY KEY NOT NULL,
	"department" text NOT NULL,
	"file_name" text NOT NULL,
	"period" text NOT NULL,
	"sha256" text NOT NULL,
	"headings" text[] NOT NULL,
	"rows" integer NOT NULL,
	"accepted" integer NOT NULL,
	"repeated_rows" integer NOT NULL,
	"rejected" jsonb NOT NULL,
	"flags" jsonb NOT NULL,
	"number" integer DEFAULT 0 NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone NOT NULL,
	"last_sent_at" timestamp with time zone NOT NULL,
	CONSTRAINT "batches_period_form" CHECK ("imports"."batches"."period" ~ '^[0-9]{4}-(0[1-9]|1[0-2])$')
);
--> statement-breakpoint
CREATE TABLE "imports"."doubted_persons" (
	"migrant_id" uuid PRIMARY KEY NOT NULL,
	"doubted_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "imports"."moved_persons" (
	"migrant_id" uuid PRIMARY KEY NOT NULL,
	"moved_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "imports"."refused_rows" (
	"batch_id" uuid NOT NULL,
	"line" integer NOT NULL,
	"code" text NOT NULL,
	"column_name" text NOT NULL,
	"text" text NOT NULL,
	CONSTRAINT "refused_rows_batch_id_line_pk" PRIMARY KEY("batch_id","line")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "batches_file" ON "imports"."batches" USING btree ("department","period","sha256");
--> statement-breakpoint
ALTER TABLE "imports"."refused_rows" ADD CONSTRAINT "refused_rows_batch_id_batches_id_fk" FOREIGN KEY ("batch_id") REFERENCES "imports"."batches"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "batches_newest" ON "imports"."batches" USING btree ("department","last_sent_at");
