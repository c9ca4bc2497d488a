CREATE TABLE "statistics"."cells" (
	"measure" text NOT NULL,
	"month" text NOT NULL,
	"key_set" text NOT NULL,
	"keys" text[] NOT NULL,
	"subdistrict_code" text,
	"value" numeric,
	"is_suppressed" boolean NOT NULL,
	"upper_bound" integer,
	CONSTRAINT "cells_measure_month_key_set_keys_pk" PRIMARY KEY("measure","month","key_set","keys"),
	CONSTRAINT "cells_withheld" CHECK ("statistics"."cells"."is_suppressed" = ("statistics"."cells"."value" is null)),
	CONSTRAINT "cells_bound_of_withheld" CHECK ("statistics"."cells"."upper_bound" is null or "statistics"."cells"."is_suppressed")
);
--> statement-breakpoint
CREATE TABLE "statistics"."snapshots" (
	"month" text NOT NULL,
	"store" text NOT NULL,
	"as_of" date NOT NULL,
	"taken_on" date NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "snapshots_month_store_pk" PRIMARY KEY("month","store"),
	CONSTRAINT "snapshots_month_form" CHECK ("statistics"."snapshots"."month" ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
	CONSTRAINT "snapshots_after_month" CHECK ("statistics"."snapshots"."taken_on" >= "statistics"."snapshots"."as_of")
);
--> statement-breakpoint
CREATE INDEX "cells_subdistrict" ON "statistics"."cells" USING btree ("subdistrict_code","measure","month");
--> statement-breakpoint
-- What has been published stands: a month that was counted twice could be compared with itself (dossier 6.4).
CREATE FUNCTION "statistics"."refuse_change"() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
begin
  raise exception 'Published statistics stand: % on %.% is refused.', tg_op, tg_table_schema, tg_table_name
    using errcode = 'insufficient_privilege';
end
$$;
--> statement-breakpoint
CREATE TRIGGER "snapshots_stand" BEFORE UPDATE OR DELETE ON "statistics"."snapshots" FOR EACH ROW EXECUTE FUNCTION "statistics"."refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "snapshots_stand_all" BEFORE TRUNCATE ON "statistics"."snapshots" FOR EACH STATEMENT EXECUTE FUNCTION "statistics"."refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "cells_stand" BEFORE UPDATE OR DELETE ON "statistics"."cells" FOR EACH ROW EXECUTE FUNCTION "statistics"."refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "cells_stand_all" BEFORE TRUNCATE ON "statistics"."cells" FOR EACH STATEMENT EXECUTE FUNCTION "statistics"."refuse_change"();
