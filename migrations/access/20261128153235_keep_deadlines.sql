CREATE TABLE "access"."legal_holds" (
	"record" text NOT NULL,
	"record_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"until" date,
	CONSTRAINT "legal_holds_record_record_id_reason_pk" PRIMARY KEY("record","record_id","reason"),
	CONSTRAINT "legal_holds_reason" CHECK (btrim("access"."legal_holds"."reason") <> '')
);
--> statement-breakpoint
CREATE TABLE "access"."reminders" (
	"record" text NOT NULL,
	"record_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"lead_days" integer NOT NULL,
	"due_on" date NOT NULL,
	"unit" text NOT NULL,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "reminders_kind_record_id_lead_days_due_on_pk" PRIMARY KEY("kind","record_id","lead_days","due_on")
);
--> statement-breakpoint
CREATE TABLE "access"."working_days" (
	"day" date PRIMARY KEY NOT NULL,
	"is_worked" boolean NOT NULL
);
--> statement-breakpoint
CREATE INDEX "reminders_unit" ON "access"."reminders" USING btree ("unit","due_on");--> statement-breakpoint
CREATE INDEX "reminders_record" ON "access"."reminders" USING btree ("record_id");