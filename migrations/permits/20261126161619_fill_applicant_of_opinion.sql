-- Opinions of before carry the applicant of their application.
UPDATE "permits"."department_opinions" AS o SET "applicant_id" = a."applicant_id"
  FROM "permits"."permit_applications" AS a WHERE a."id" = o."application_id" AND o."applicant_id" IS NULL;
