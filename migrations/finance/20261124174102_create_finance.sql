CREATE TABLE "finance"."budget_lines" (
	"id" uuid PRIMARY KEY NOT NULL,
	"budget_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"amount" bigint NOT NULL,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "budget_lines_once" UNIQUE("budget_id","kind"),
	CONSTRAINT "budget_lines_kind_code" CHECK ("finance"."budget_lines"."kind" in ('WAGE', 'SOCIAL_INSURANCE', 'UNIFORM', 'TRAINING', 'OFFICE', 'OTHER')),
	CONSTRAINT "budget_lines_amount" CHECK ("finance"."budget_lines"."amount" >= 0)
);
--> statement-breakpoint
CREATE TABLE "finance"."coordinator_budgets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"year" integer NOT NULL,
	"unit_id" text NOT NULL,
	"headcount_basis" integer NOT NULL,
	"total_need" bigint NOT NULL,
	"municipal_fixed_subsidy" bigint NOT NULL,
	"district_special_budget" bigint NOT NULL,
	"status" text DEFAULT 'DRAFT' NOT NULL,
	"subdistrict_code" text,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "coordinator_budgets_one_a_year" UNIQUE("year","unit_id"),
	CONSTRAINT "coordinator_budgets_year" CHECK ("finance"."coordinator_budgets"."year" between 2003 and 2100),
	CONSTRAINT "coordinator_budgets_unit" CHECK ("finance"."coordinator_budgets"."unit_id" = coalesce('PT-SUB-' || substr("finance"."coordinator_budgets"."subdistrict_code", 7, 3), 'PT-POP')),
	CONSTRAINT "coordinator_budgets_headcount" CHECK ("finance"."coordinator_budgets"."headcount_basis" >= 1),
	CONSTRAINT "coordinator_budgets_amounts" CHECK (least("finance"."coordinator_budgets"."total_need", "finance"."coordinator_budgets"."municipal_fixed_subsidy", "finance"."coordinator_budgets"."district_special_budget") >= 0),
	CONSTRAINT "coordinator_budgets_status_code" CHECK ("finance"."coordinator_budgets"."status" in ('DRAFT', 'SUBMITTED', 'REVIEWED', 'APPROVED', 'EXECUTING', 'CLOSED'))
);
--> statement-breakpoint
CREATE TABLE "finance"."expenditure_reviews" (
	"id" uuid PRIMARY KEY NOT NULL,
	"budget_id" uuid NOT NULL,
	"period" text NOT NULL,
	"spent" bigint NOT NULL,
	"disallowed" bigint DEFAULT 0 NOT NULL,
	"finding" text,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "expenditure_reviews_once" UNIQUE("budget_id","period"),
	CONSTRAINT "expenditure_reviews_period_form" CHECK ("finance"."expenditure_reviews"."period" ~ '^[0-9]{4}Q[1-4]$'),
	CONSTRAINT "expenditure_reviews_disallowed" CHECK ("finance"."expenditure_reviews"."disallowed" between 0 and "finance"."expenditure_reviews"."spent"),
	CONSTRAINT "expenditure_reviews_finding_length" CHECK (char_length("finance"."expenditure_reviews"."finding") between 1 and 500)
);
--> statement-breakpoint
ALTER TABLE "finance"."budget_lines" ADD CONSTRAINT "budget_lines_budget_id_coordinator_budgets_id_fk" FOREIGN KEY ("budget_id") REFERENCES "finance"."coordinator_budgets"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "finance"."expenditure_reviews" ADD CONSTRAINT "expenditure_reviews_budget_id_coordinator_budgets_id_fk" FOREIGN KEY ("budget_id") REFERENCES "finance"."coordinator_budgets"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "budget_lines_amount_order" ON "finance"."budget_lines" USING btree ("amount","id");
--> statement-breakpoint
CREATE INDEX "coordinator_budgets_unit_all" ON "finance"."coordinator_budgets" USING btree ("unit_id","id");
--> statement-breakpoint
CREATE INDEX "coordinator_budgets_subdistrict" ON "finance"."coordinator_budgets" USING btree ("subdistrict_code","id");
--> statement-breakpoint
CREATE INDEX "expenditure_reviews_period" ON "finance"."expenditure_reviews" USING btree ("period","id");
--> statement-breakpoint
-- The need of a budget is the sum of its lines (dossier 3.17), looked at when a transaction ends: budget and lines are
-- written one after the other. A check cannot see other rows.
CREATE FUNCTION "finance"."check_budget_sum"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  row_now jsonb := to_jsonb(coalesce(NEW, OLD));
  budget uuid := coalesce(row_now ->> 'budget_id', row_now ->> 'id')::uuid;
BEGIN
  IF EXISTS (
    SELECT 1 FROM "finance"."coordinator_budgets" b WHERE b."id" = budget AND b."total_need" <>
      (SELECT coalesce(sum(l."amount"), 0) FROM "finance"."budget_lines" l WHERE l."budget_id" = b."id")
  ) THEN
    RAISE EXCEPTION 'The need of a budget is not the sum of its lines.' USING
      ERRCODE = 'check_violation', SCHEMA = 'finance', TABLE = 'coordinator_budgets',
      CONSTRAINT = 'coordinator_budgets_sum_of_lines';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "coordinator_budgets_sum_of_lines"
  AFTER INSERT OR UPDATE OF "total_need" ON "finance"."coordinator_budgets"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "finance"."check_budget_sum"();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "budget_lines_sum_to_need"
  AFTER INSERT OR UPDATE OR DELETE ON "finance"."budget_lines"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "finance"."check_budget_sum"();
