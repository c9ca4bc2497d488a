DROP INDEX "permits"."residence_permits_holder";--> statement-breakpoint
CREATE INDEX "residence_permits_persons" ON "permits"."residence_permits" USING btree ("valid_to","holder_id","id","shielded");--> statement-breakpoint
CREATE INDEX "residence_permits_subdistrict_persons" ON "permits"."residence_permits" USING btree ("subdistrict_code","valid_to","holder_id","id","shielded");--> statement-breakpoint
CREATE INDEX "residence_permits_holder" ON "permits"."residence_permits" USING btree ("holder_id","valid_to","id","subdistrict_code","shielded");