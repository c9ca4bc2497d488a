CREATE INDEX "guardianships_station" ON "public_security"."guardianships" USING btree ("station_code","id");--> statement-breakpoint
CREATE INDEX "guardianships_neighbourhood" ON "public_security"."guardianships" USING btree ("neighbourhood_code","id");--> statement-breakpoint
CREATE INDEX "household_members_station" ON "public_security"."household_members" USING btree ("station_code","id");--> statement-breakpoint
CREATE INDEX "household_members_neighbourhood" ON "public_security"."household_members" USING btree ("neighbourhood_code","id");--> statement-breakpoint
CREATE INDEX "migrant_documents_station" ON "public_security"."migrant_documents" USING btree ("station_code","id");