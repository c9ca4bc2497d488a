CREATE INDEX "unlicensed_practice_cases_dwelling" ON "health"."unlicensed_practice_cases" USING btree ("dwelling_id");--> statement-breakpoint
CREATE INDEX "outbreak_responses_dwelling" ON "health"."outbreak_responses" USING btree ("dwelling_id");--> statement-breakpoint
CREATE INDEX "epidemic_site_visits_dwelling" ON "health"."epidemic_site_visits" USING btree ("dwelling_id");