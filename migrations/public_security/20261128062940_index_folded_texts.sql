DROP INDEX "public_security"."migrants_mobile_phone";--> statement-breakpoint
CREATE INDEX "migrants_folded_name" ON "public_security"."migrants" USING btree (access.fold("name") collate "C");--> statement-breakpoint
CREATE INDEX "migrants_folded_phone" ON "public_security"."migrants" USING btree (access.fold("mobile_phone") collate "C");--> statement-breakpoint
CREATE INDEX "residence_registrations_folded_road" ON "public_security"."residence_registrations" USING btree (access.fold((case when "status" <> 'CLOSED' then "road" end)) collate "C");