ALTER TABLE "housing"."dwellings" ADD COLUMN "report_no" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "housing"."leases" ADD COLUMN "tenant_document_kind" text;--> statement-breakpoint
ALTER TABLE "housing"."leases" ADD COLUMN "as_written" jsonb;--> statement-breakpoint
ALTER TABLE "housing"."leases" ADD COLUMN "report_no" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "housing"."leases" ADD COLUMN "earlier_reports" jsonb;