CREATE TABLE "coordinators"."field_reports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"cause" text NOT NULL,
	"kind" text NOT NULL,
	"task_id" uuid,
	"coordinator_id" uuid NOT NULL,
	"device" text NOT NULL,
	"counter" integer NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"base_version" integer NOT NULL,
	"started_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"outcome" text,
	"persons_captured" integer,
	"result" text,
	"note" text,
	"arrivals" jsonb,
	"departure_ids" uuid[],
	"status" text DEFAULT 'OPEN' NOT NULL,
	"settlement" text,
	"settled_on" date,
	"subdistrict_code" text NOT NULL,
	"station_code" text,
	"neighbourhood_code" text,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "field_reports_cause_code" CHECK ("coordinators"."field_reports"."cause" in ('CONFLICT', 'NOT_MINE')),
	CONSTRAINT "field_reports_kind_code" CHECK ("coordinators"."field_reports"."kind" in ('START', 'VISIT', 'REPORT', 'DECLINE')),
	CONSTRAINT "field_reports_outcome_code" CHECK ("coordinators"."field_reports"."outcome" in ('DONE', 'NOBODY_HOME', 'REFUSED', 'MOVED_OUT')),
	CONSTRAINT "field_reports_result_code" CHECK ("coordinators"."field_reports"."result" in ('REGISTERED', 'CONFIRMED', 'MOVED_OUT', 'APPLICATION_PREPARED', 'INFORMED', 'APPOINTMENT_MADE', 'NOTHING_FOUND', 'FINDING_REPORTED', 'NOT_DONE')),
	CONSTRAINT "field_reports_status_code" CHECK ("coordinators"."field_reports"."status" in ('OPEN', 'SETTLED')),
	CONSTRAINT "field_reports_settlement_code" CHECK ("coordinators"."field_reports"."settlement" in ('ENTERED', 'DONE_OTHERWISE', 'NOTHING_TO_ENTER')),
	CONSTRAINT "field_reports_persons" CHECK ("coordinators"."field_reports"."persons_captured" >= 0),
	CONSTRAINT "field_reports_note_impersonal" CHECK (char_length(btrim("coordinators"."field_reports"."note")) between 1 and 300 and "coordinators"."field_reports"."note" !~ '[0-9０-９]{11}'),
	CONSTRAINT "field_reports_without_persons" CHECK (num_nonnulls("coordinators"."field_reports"."arrivals", "coordinators"."field_reports"."departure_ids") = 0 or ("coordinators"."field_reports"."cause" = 'CONFLICT' and "coordinators"."field_reports"."status" = 'OPEN')),
	CONSTRAINT "field_reports_settled" CHECK (("coordinators"."field_reports"."status" = 'SETTLED') = ("coordinators"."field_reports"."settled_on" is not null) and ("coordinators"."field_reports"."settled_on" is null) = ("coordinators"."field_reports"."settlement" is null))
);
--> statement-breakpoint
ALTER TABLE "coordinators"."visits" ADD COLUMN "arrivals" jsonb;--> statement-breakpoint
ALTER TABLE "coordinators"."visits" ADD COLUMN "departure_ids" uuid[];--> statement-breakpoint
ALTER TABLE "coordinators"."visits" ADD COLUMN "dwelling_id" uuid;--> statement-breakpoint
ALTER TABLE "coordinators"."field_reports" ADD CONSTRAINT "field_reports_task_id_coordinator_tasks_id_fk" FOREIGN KEY ("task_id") REFERENCES "coordinators"."coordinator_tasks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "coordinators"."field_reports" ADD CONSTRAINT "field_reports_coordinator_id_coordinators_id_fk" FOREIGN KEY ("coordinator_id") REFERENCES "coordinators"."coordinators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "field_reports_task" ON "coordinators"."field_reports" USING btree ("task_id","id");--> statement-breakpoint
CREATE INDEX "field_reports_coordinator" ON "coordinators"."field_reports" USING btree ("coordinator_id","id");--> statement-breakpoint
CREATE INDEX "field_reports_made" ON "coordinators"."field_reports" USING btree ("made_at","id");--> statement-breakpoint
CREATE INDEX "field_reports_subdistrict" ON "coordinators"."field_reports" USING btree ("subdistrict_code","made_at","id");--> statement-breakpoint
CREATE INDEX "field_reports_station" ON "coordinators"."field_reports" USING btree ("station_code","made_at","id");