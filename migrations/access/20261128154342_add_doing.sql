CREATE TABLE "access"."done_requests" (
	"unit" text NOT NULL,
	"person" text NOT NULL,
	"key" text NOT NULL,
	"body" text NOT NULL,
	"record_type" text NOT NULL,
	"record_id" text NOT NULL,
	"version" integer NOT NULL,
	"event" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "done_requests_unit_person_key_pk" PRIMARY KEY("unit","person","key")
);
--> statement-breakpoint
CREATE TABLE "access"."outbox" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "access"."outbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"record_type" text NOT NULL,
	"record_id" text NOT NULL,
	"version" integer NOT NULL,
	"effect" text NOT NULL,
	"store" text NOT NULL,
	"happened" jsonb NOT NULL,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL,
	"done_at" timestamp with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_at" timestamp with time zone DEFAULT now() NOT NULL,
	"failure" text
);
--> statement-breakpoint
CREATE TABLE "access"."record_events" (
	"record_type" text NOT NULL,
	"record_id" text NOT NULL,
	"version" integer NOT NULL,
	"event" text NOT NULL,
	"from_state" text,
	"to_state" text,
	"viewer" text NOT NULL,
	"acting_unit" text NOT NULL,
	"person" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"reason" text,
	"fields" text[] DEFAULT '{}' NOT NULL,
	CONSTRAINT "record_events_record_type_record_id_version_pk" PRIMARY KEY("record_type","record_id","version")
);
--> statement-breakpoint
CREATE INDEX "done_requests_at" ON "access"."done_requests" USING btree ("at");--> statement-breakpoint
CREATE INDEX "outbox_open" ON "access"."outbox" USING btree ("next_at","id") WHERE "access"."outbox"."done_at" is null;--> statement-breakpoint
CREATE INDEX "outbox_record" ON "access"."outbox" USING btree ("record_type","record_id","version");--> statement-breakpoint
CREATE INDEX "record_events_unit" ON "access"."record_events" USING btree ("acting_unit","at");