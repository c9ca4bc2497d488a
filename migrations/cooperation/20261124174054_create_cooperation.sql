CREATE TABLE "cooperation"."liaison_contacts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"office_id" uuid NOT NULL,
	"name" text NOT NULL,
	"duty" text,
	"phone" text,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "liaison_contacts_office_phone" CHECK ("cooperation"."liaison_contacts"."phone" !~ '^1[3-9][0-9]{9}$')
);
--> statement-breakpoint
CREATE TABLE "cooperation"."liaison_matters" (
	"id" uuid PRIMARY KEY NOT NULL,
	"office_id" uuid NOT NULL,
	"subject" text NOT NULL,
	"opened_on" date NOT NULL,
	"status" text DEFAULT 'OPEN' NOT NULL,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "liaison_matters_subject_impersonal" CHECK (char_length(btrim("cooperation"."liaison_matters"."subject")) between 1 and 200 and "cooperation"."liaison_matters"."subject" !~ '[0-9０-９]{11}'),
	CONSTRAINT "liaison_matters_status_code" CHECK ("cooperation"."liaison_matters"."status" in ('OPEN', 'ASSIGNED', 'IN_PROGRESS', 'DONE', 'REVIEWED', 'CLOSED'))
);
--> statement-breakpoint
CREATE TABLE "cooperation"."liaison_offices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"province" text NOT NULL,
	"name" text NOT NULL,
	"address_road" text,
	"address_lane" text,
	"address_building" text,
	"address_room" text,
	"address_neighbourhood_code" text,
	"address_subdistrict_code" text,
	"phone" text,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "liaison_offices_name_unique" UNIQUE("name"),
	CONSTRAINT "liaison_offices_province_form" CHECK ("cooperation"."liaison_offices"."province" ~ '^[0-9]{2}0000$' and "cooperation"."liaison_offices"."province" <> '310000')
);
--> statement-breakpoint
ALTER TABLE "cooperation"."liaison_contacts" ADD CONSTRAINT "liaison_contacts_office_id_liaison_offices_id_fk" FOREIGN KEY ("office_id") REFERENCES "cooperation"."liaison_offices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cooperation"."liaison_matters" ADD CONSTRAINT "liaison_matters_office_id_liaison_offices_id_fk" FOREIGN KEY ("office_id") REFERENCES "cooperation"."liaison_offices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "liaison_contacts_office" ON "cooperation"."liaison_contacts" USING btree ("office_id","id");--> statement-breakpoint
CREATE INDEX "liaison_contacts_name" ON "cooperation"."liaison_contacts" USING btree ("name","id");--> statement-breakpoint
CREATE INDEX "liaison_matters_office" ON "cooperation"."liaison_matters" USING btree ("office_id","id");--> statement-breakpoint
CREATE INDEX "liaison_matters_opened" ON "cooperation"."liaison_matters" USING btree ("opened_on","id");--> statement-breakpoint
CREATE INDEX "liaison_offices_province" ON "cooperation"."liaison_offices" USING btree ("province","id");