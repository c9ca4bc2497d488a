ALTER TABLE "finance"."coordinator_budgets" DROP CONSTRAINT "coordinator_budgets_one_a_year";--> statement-breakpoint
ALTER TABLE "finance"."coordinator_budgets" DROP CONSTRAINT "coordinator_budgets_status_code";--> statement-breakpoint
ALTER TABLE "finance"."coordinator_budgets" ADD COLUMN "version_no" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
CREATE INDEX "coordinator_budgets_version_order" ON "finance"."coordinator_budgets" USING btree ("version_no","id");--> statement-breakpoint
ALTER TABLE "finance"."coordinator_budgets" ADD CONSTRAINT "coordinator_budgets_one_version" UNIQUE("year","unit_id","version_no");--> statement-breakpoint
ALTER TABLE "finance"."coordinator_budgets" ADD CONSTRAINT "coordinator_budgets_version" CHECK ("finance"."coordinator_budgets"."version_no" >= 1);--> statement-breakpoint
ALTER TABLE "finance"."coordinator_budgets" ADD CONSTRAINT "coordinator_budgets_status_code" CHECK ("finance"."coordinator_budgets"."status" in ('DRAFT', 'SUBMITTED', 'REVIEWED', 'APPROVED', 'EXECUTING', 'CLOSED', 'SUPERSEDED'));