CREATE TABLE "access"."asked" (
	"holder" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"closed_on" date,
	CONSTRAINT "asked_holder_subject_id_pk" PRIMARY KEY("holder","subject_id")
);
