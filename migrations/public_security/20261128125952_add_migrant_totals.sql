CREATE TABLE "public_security"."migrants_totals" (
	"subdistrict_code" text,
	"station_code" text,
	"shielded" boolean NOT NULL,
	"total" bigint NOT NULL,
	CONSTRAINT "migrants_totals_group" UNIQUE NULLS NOT DISTINCT("subdistrict_code","station_code","shielded")
);
--> statement-breakpoint
CREATE INDEX "migrants_totals_station" ON "public_security"."migrants_totals" USING btree ("station_code");