DROP INDEX "public_security"."residence_registrations_dwelling";--> statement-breakpoint
DROP INDEX "public_security"."residence_registrations_arrived";--> statement-breakpoint
DROP INDEX "public_security"."residence_registrations_captured";--> statement-breakpoint
CREATE INDEX "residence_registrations_serial" ON "public_security"."residence_registrations" USING btree ((case when "status" <> 'CLOSED' then "serial_no" end));--> statement-breakpoint
CREATE INDEX "residence_registrations_dwelling" ON "public_security"."residence_registrations" USING btree ((case when "status" <> 'CLOSED' then "dwelling_id" end),"id");--> statement-breakpoint
CREATE INDEX "residence_registrations_arrived" ON "public_security"."residence_registrations" USING btree ((case when "status" <> 'CLOSED' then "arrived_here_on" end),"id");--> statement-breakpoint
CREATE INDEX "residence_registrations_captured" ON "public_security"."residence_registrations" USING btree ((case when "status" <> 'CLOSED' then "captured_at" end),"id");