CREATE INDEX "lease_occupancies_subdistrict" ON "housing"."lease_occupancies" USING btree ("subdistrict_code","id");--> statement-breakpoint
CREATE INDEX "lease_occupancies_station" ON "housing"."lease_occupancies" USING btree ("station_code","id");--> statement-breakpoint
CREATE INDEX "lease_occupancies_neighbourhood" ON "housing"."lease_occupancies" USING btree ("neighbourhood_code","id");