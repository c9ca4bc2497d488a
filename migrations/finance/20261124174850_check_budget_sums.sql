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
