CREATE TABLE "access"."copy_changes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "access"."copy_changes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"subject_id" uuid NOT NULL,
	"since" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "access"."links_elsewhere" (
	"holder" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"until" date,
	CONSTRAINT "links_elsewhere_holder_subject_id_pk" PRIMARY KEY("holder","subject_id")
);
--> statement-breakpoint
CREATE INDEX "links_elsewhere_subject" ON "access"."links_elsewhere" USING btree ("subject_id");