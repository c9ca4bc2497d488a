CREATE TRIGGER "count_added" AFTER INSERT ON "public_security"."migrants"
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION "access"."count_rows"();
--> statement-breakpoint
CREATE TRIGGER "count_changed" AFTER UPDATE ON "public_security"."migrants"
  REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION "access"."count_rows"();
--> statement-breakpoint
CREATE TRIGGER "count_removed" AFTER DELETE ON "public_security"."migrants"
  REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION "access"."count_rows"();
--> statement-breakpoint
CREATE TRIGGER "count_none" AFTER TRUNCATE ON "public_security"."migrants"
  FOR EACH STATEMENT EXECUTE FUNCTION "access"."count_rows"();
--> statement-breakpoint
-- Also where a session replays a log or restores rows.
ALTER TABLE "public_security"."migrants" ENABLE ALWAYS TRIGGER "count_added", ENABLE ALWAYS TRIGGER "count_changed",
  ENABLE ALWAYS TRIGGER "count_removed", ENABLE ALWAYS TRIGGER "count_none";
--> statement-breakpoint
INSERT INTO "public_security"."migrants_totals" (subdistrict_code, station_code, shielded, total)
  SELECT subdistrict_code, station_code, shielded, count(*) FROM "public_security"."migrants" GROUP BY 1, 2, 3;
