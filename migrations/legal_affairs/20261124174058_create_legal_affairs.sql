CREATE TABLE "legal_affairs"."administrative_act_reviews" (
	"id" uuid PRIMARY KEY NOT NULL,
	"unit_id" text NOT NULL,
	"act_ref" text NOT NULL,
	"act_id" uuid NOT NULL,
	"decision_legal_basis" text,
	"decision_reasons" text,
	"decision_decided_by" text,
	"decision_decided_on" date,
	"decision_remedy_notice" text,
	"checks" jsonb NOT NULL,
	"opinion" text,
	"corrected_on" date,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "administrative_act_reviews_act_ref_unique" UNIQUE("act_ref"),
	CONSTRAINT "administrative_act_reviews_ref_form" CHECK ("legal_affairs"."administrative_act_reviews"."act_ref" ~ '^FZ[0-9]{4}-[0-9]{5}$'),
	CONSTRAINT "administrative_act_reviews_decision_complete" CHECK (num_nonnulls("legal_affairs"."administrative_act_reviews"."decision_legal_basis", "legal_affairs"."administrative_act_reviews"."decision_reasons", "legal_affairs"."administrative_act_reviews"."decision_decided_by", "legal_affairs"."administrative_act_reviews"."decision_decided_on", "legal_affairs"."administrative_act_reviews"."decision_remedy_notice") in (0, 5) and (not (true) or "legal_affairs"."administrative_act_reviews"."decision_decided_on" is not null)),
	CONSTRAINT "administrative_act_reviews_reasons_impersonal" CHECK (char_length(btrim("legal_affairs"."administrative_act_reviews"."decision_reasons")) between 1 and 1000 and "legal_affairs"."administrative_act_reviews"."decision_reasons" !~ '[0-9０-９]{11}'),
	CONSTRAINT "administrative_act_reviews_checks_form" CHECK (jsonb_typeof("legal_affairs"."administrative_act_reviews"."checks") = 'array' and jsonb_array_length("legal_affairs"."administrative_act_reviews"."checks") between 1 and 5),
	CONSTRAINT "administrative_act_reviews_checks_codes" CHECK (jsonb_path_query_array("legal_affairs"."administrative_act_reviews"."checks", '$[*].subject') <@ to_jsonb(array['COMPETENCE', 'BASIS', 'PROCEDURE', 'FACTS', 'REMEDY_NOTICE'])),
	CONSTRAINT "administrative_act_reviews_opinion_length" CHECK (char_length("legal_affairs"."administrative_act_reviews"."opinion") between 1 and 1000)
);
--> statement-breakpoint
CREATE TABLE "legal_affairs"."normative_documents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"doc_no" text NOT NULL,
	"title" text NOT NULL,
	"issued_on" date NOT NULL,
	"status" text DEFAULT 'IN_FORCE' NOT NULL,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "normative_documents_status_code" CHECK ("legal_affairs"."normative_documents"."status" in ('IN_FORCE', 'AMENDED', 'REPEALED'))
);
--> statement-breakpoint
CREATE INDEX "administrative_act_reviews_unit" ON "legal_affairs"."administrative_act_reviews" USING btree ("unit_id","id");--> statement-breakpoint
CREATE INDEX "administrative_act_reviews_corrected" ON "legal_affairs"."administrative_act_reviews" USING btree ("corrected_on","id");--> statement-breakpoint
CREATE UNIQUE INDEX "normative_documents_no" ON "legal_affairs"."normative_documents" USING btree ("doc_no");--> statement-breakpoint
CREATE INDEX "normative_documents_issued" ON "legal_affairs"."normative_documents" USING btree ("issued_on","id");