DROP INDEX "public_security"."migrants_subdistrict_name";--> statement-breakpoint
DROP INDEX "public_security"."migrants_name";--> statement-breakpoint
CREATE INDEX "migrants_subdistrict_name" ON "public_security"."migrants" USING btree ("subdistrict_code",access.name_order("name") collate access.person_names,"id");--> statement-breakpoint
CREATE INDEX "migrants_name" ON "public_security"."migrants" USING btree (access.name_order("name") collate access.person_names,"id");