CREATE TABLE "access"."areas" (
	"holder" text NOT NULL,
	"neighbourhood_code" text NOT NULL,
	"until" date,
	CONSTRAINT "areas_holder_neighbourhood_code_pk" PRIMARY KEY("holder","neighbourhood_code")
);
--> statement-breakpoint
CREATE TABLE "access"."links" (
	"holder" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"until" date,
	CONSTRAINT "links_holder_subject_id_pk" PRIMARY KEY("holder","subject_id")
);
--> statement-breakpoint
CREATE INDEX "links_subject" ON "access"."links" USING btree ("subject_id");