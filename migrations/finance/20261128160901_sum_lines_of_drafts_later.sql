-- The lines of a draft are written one by one and added up by what follows from each: the need of a budget is the sum of
-- its lines once it is submitted. The function looks at all rows, whoever writes: lines and budgets have other viewers.
CREATE OR REPLACE FUNCTION "finance"."check_budget_sum"() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  row_now jsonb := to_jsonb(coalesce(NEW, OLD));
  budget uuid := coalesce(row_now ->> 'budget_id', row_now ->> 'id')::uuid;
BEGIN
  IF EXISTS (
    SELECT 1 FROM "finance"."coordinator_budgets" b WHERE b."id" = budget AND b."status" <> 'DRAFT' AND b."total_need" <>
      (SELECT coalesce(sum(l."amount"), 0) FROM "finance"."budget_lines" l WHERE l."budget_id" = b."id")
  ) THEN
    RAISE EXCEPTION 'The need of a budget is not the sum of its lines.' USING
      ERRCODE = 'check_violation', SCHEMA = 'finance', TABLE = 'coordinator_budgets',
      CONSTRAINT = 'coordinator_budgets_sum_of_lines';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION "finance"."check_budget_sum"() FROM PUBLIC;
--> statement-breakpoint
DROP TRIGGER "coordinator_budgets_sum_of_lines" ON "finance"."coordinator_budgets";
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "coordinator_budgets_sum_of_lines"
  AFTER INSERT OR UPDATE OF "total_need", "status" ON "finance"."coordinator_budgets"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "finance"."check_budget_sum"();
