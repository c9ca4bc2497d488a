CREATE TABLE "access"."policy_digests" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"policy" text NOT NULL,
	"catalogues" text NOT NULL,
	"applied_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "policy_digests_one" CHECK ("access"."policy_digests"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE "access"."presented" (
	"unit" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"until" timestamp with time zone NOT NULL,
	CONSTRAINT "presented_unit_subject_id_pk" PRIMARY KEY("unit","subject_id")
);
