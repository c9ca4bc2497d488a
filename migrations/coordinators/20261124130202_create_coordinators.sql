CREATE TABLE "coordinators"."coordinator_assessments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"coordinator_id" uuid NOT NULL,
	"period" text NOT NULL,
	"items" jsonb NOT NULL,
	"total" numeric(5, 2),
	"grade" text,
	"assessed_by_codes" text[] NOT NULL,
	"subdistrict_code" text NOT NULL,
	"station_code" text,
	"neighbourhood_code" text,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "coordinator_assessments_one_a_month" UNIQUE("coordinator_id","period"),
	CONSTRAINT "coordinator_assessments_period_form" CHECK ("coordinators"."coordinator_assessments"."period" ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
	CONSTRAINT "coordinator_assessments_total" CHECK ("coordinators"."coordinator_assessments"."total" between 0 and 100),
	CONSTRAINT "coordinator_assessments_grade_code" CHECK ("coordinators"."coordinator_assessments"."grade" in ('EXCELLENT', 'GOOD', 'PASS', 'FAIL')),
	CONSTRAINT "coordinator_assessments_assessors" CHECK (cardinality("coordinators"."coordinator_assessments"."assessed_by_codes") >= 1)
);
--> statement-breakpoint
CREATE TABLE "coordinators"."coordinator_pays" (
	"id" uuid PRIMARY KEY NOT NULL,
	"coordinator_id" uuid NOT NULL,
	"month" text NOT NULL,
	"base_wage" bigint,
	"allowances" bigint,
	"social_insurance" bigint,
	"net_pay" bigint,
	"subdistrict_code" text NOT NULL,
	"station_code" text,
	"neighbourhood_code" text,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "coordinator_pays_one_a_month" UNIQUE("coordinator_id","month"),
	CONSTRAINT "coordinator_pays_month_form" CHECK ("coordinators"."coordinator_pays"."month" ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
	CONSTRAINT "coordinator_pays_amounts" CHECK (least("coordinators"."coordinator_pays"."base_wage", "coordinators"."coordinator_pays"."allowances", "coordinators"."coordinator_pays"."social_insurance", "coordinators"."coordinator_pays"."net_pay") >= 0),
	CONSTRAINT "coordinator_pays_sum" CHECK ("coordinators"."coordinator_pays"."net_pay" = "coordinators"."coordinator_pays"."base_wage" + "coordinators"."coordinator_pays"."allowances" - "coordinators"."coordinator_pays"."social_insurance")
);
--> statement-breakpoint
CREATE TABLE "coordinators"."pay_standards" (
	"id" uuid PRIMARY KEY NOT NULL,
	"programme" text NOT NULL,
	"category" text NOT NULL,
	"monthly_wage" bigint NOT NULL,
	"insurance_base" bigint NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "pay_standards_start" UNIQUE("programme","category","valid_from"),
	CONSTRAINT "pay_standards_programme_code" CHECK ("coordinators"."pay_standards"."programme" in ('TEN_THOUSAND_JOBS')),
	CONSTRAINT "pay_standards_amounts" CHECK ("coordinators"."pay_standards"."monthly_wage" >= 0 and "coordinators"."pay_standards"."insurance_base" >= 0),
	CONSTRAINT "pay_standards_term" CHECK ("coordinators"."pay_standards"."valid_from" <= "coordinators"."pay_standards"."valid_to")
);
--> statement-breakpoint
CREATE TABLE "coordinators"."coordinator_allocations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"unit_id" text NOT NULL,
	"year" integer NOT NULL,
	"migrant_count" integer NOT NULL,
	"counted_on" date NOT NULL,
	"standard_headcount" integer NOT NULL,
	"adjustment" integer DEFAULT 0 NOT NULL,
	"adjustment_reason" text,
	"approved_headcount" integer NOT NULL,
	"approved_by" text,
	"status" text DEFAULT 'PROPOSED' NOT NULL,
	"actual_headcount" integer NOT NULL,
	"seconded_count" integer DEFAULT 0 NOT NULL,
	"subdistrict_code" text NOT NULL,
	"station_code" text,
	"neighbourhood_code" text,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "coordinator_allocations_year" CHECK ("coordinators"."coordinator_allocations"."year" between 2003 and 2100),
	CONSTRAINT "coordinator_allocations_count" CHECK ("coordinators"."coordinator_allocations"."migrant_count" >= 0),
	CONSTRAINT "coordinator_allocations_standard" CHECK ("coordinators"."coordinator_allocations"."standard_headcount" = ("coordinators"."coordinator_allocations"."migrant_count" + 499) / 500),
	CONSTRAINT "coordinator_allocations_approved" CHECK ("coordinators"."coordinator_allocations"."approved_headcount" = "coordinators"."coordinator_allocations"."standard_headcount" + "coordinators"."coordinator_allocations"."adjustment" and "coordinators"."coordinator_allocations"."approved_headcount" >= 1),
	CONSTRAINT "coordinator_allocations_reason" CHECK (("coordinators"."coordinator_allocations"."adjustment" = 0) = ("coordinators"."coordinator_allocations"."adjustment_reason" is null)),
	CONSTRAINT "coordinator_allocations_reason_code" CHECK ("coordinators"."coordinator_allocations"."adjustment_reason" in ('AREA_COMPLEXITY', 'WORKLOAD', 'OTHER')),
	CONSTRAINT "coordinator_allocations_status_code" CHECK ("coordinators"."coordinator_allocations"."status" in ('PROPOSED', 'APPROVED', 'REJECTED', 'SUPERSEDED')),
	CONSTRAINT "coordinator_allocations_approver" CHECK ("coordinators"."coordinator_allocations"."status" not in ('APPROVED', 'SUPERSEDED') or "coordinators"."coordinator_allocations"."approved_by" is not null),
	CONSTRAINT "coordinator_allocations_headcounts" CHECK ("coordinators"."coordinator_allocations"."actual_headcount" >= 0 and "coordinators"."coordinator_allocations"."seconded_count" between 0 and "coordinators"."coordinator_allocations"."actual_headcount"),
	CONSTRAINT "coordinator_allocations_unit" CHECK ("coordinators"."coordinator_allocations"."unit_id" = 'PT-SUB-' || substr("coordinators"."coordinator_allocations"."subdistrict_code", 7, 3))
);
--> statement-breakpoint
CREATE TABLE "coordinators"."coordinator_assignments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"coordinator_id" uuid NOT NULL,
	"neighbourhood_codes" text[] NOT NULL,
	"buildings" text[],
	"starts_on" date NOT NULL,
	"ends_on" date,
	"subdistrict_code" text NOT NULL,
	"station_code" text,
	"neighbourhood_code" text,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "coordinator_assignments_neighbourhoods" CHECK (array_to_string("coordinators"."coordinator_assignments"."neighbourhood_codes", ',') ~ ('^' || "coordinators"."coordinator_assignments"."subdistrict_code" || '[0-9]{3}(,' || "coordinators"."coordinator_assignments"."subdistrict_code" || '[0-9]{3})*$')),
	CONSTRAINT "coordinator_assignments_term" CHECK ("coordinators"."coordinator_assignments"."starts_on" <= "coordinators"."coordinator_assignments"."ends_on")
);
--> statement-breakpoint
CREATE TABLE "coordinators"."coordinator_secondments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"coordinator_id" uuid NOT NULL,
	"to_centre_id" text NOT NULL,
	"seat" smallint NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date,
	"subdistrict_code" text NOT NULL,
	"station_code" text,
	"neighbourhood_code" text,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "coordinator_secondments_start" UNIQUE("coordinator_id","starts_on"),
	CONSTRAINT "coordinator_secondments_seat" CHECK ("coordinators"."coordinator_secondments"."seat" in (1, 2)),
	CONSTRAINT "coordinator_secondments_centre" CHECK ("coordinators"."coordinator_secondments"."to_centre_id" = 'PT-CAC-' || substr("coordinators"."coordinator_secondments"."subdistrict_code", 7, 3)),
	CONSTRAINT "coordinator_secondments_term" CHECK ("coordinators"."coordinator_secondments"."starts_on" <= "coordinators"."coordinator_secondments"."ends_on")
);
--> statement-breakpoint
CREATE TABLE "coordinators"."coordinators" (
	"id" uuid PRIMARY KEY NOT NULL,
	"badge_no" text NOT NULL,
	"name" text NOT NULL,
	"branch_id" text NOT NULL,
	"origin_team" text NOT NULL,
	"lines_leadership" text DEFAULT 'PT-POP' NOT NULL,
	"lines_implementation" text NOT NULL,
	"lines_daily_management" text NOT NULL,
	"lines_business_guidance" text[] NOT NULL,
	"citizen_id_number" text,
	"birth_date" date,
	"phone" text,
	"home_road" text,
	"home_lane" text,
	"home_building" text,
	"home_room" text,
	"home_neighbourhood_code" text,
	"home_subdistrict_code" text,
	"programme" text NOT NULL,
	"hired_on" date NOT NULL,
	"left_on" date,
	"status" text NOT NULL,
	"subdistrict_code" text NOT NULL,
	"station_code" text NOT NULL,
	"neighbourhood_code" text,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "coordinators_badge_no_unique" UNIQUE("badge_no"),
	CONSTRAINT "coordinators_name_length" CHECK (char_length("coordinators"."coordinators"."name") between 1 and 50),
	CONSTRAINT "coordinators_branch_of_place" CHECK ("coordinators"."coordinators"."branch_id" = 'PT-SVB-' || substr("coordinators"."coordinators"."subdistrict_code", 7, 3)),
	CONSTRAINT "coordinators_origin_team_code" CHECK ("coordinators"."coordinators"."origin_team" in ('FLOATING_POPULATION', 'PUBLIC_SECURITY', 'HOUSING_RENTAL', 'NEW')),
	CONSTRAINT "coordinators_programme_code" CHECK ("coordinators"."coordinators"."programme" in ('TEN_THOUSAND_JOBS')),
	CONSTRAINT "coordinators_status_code" CHECK ("coordinators"."coordinators"."status" in ('CANDIDATE', 'ACTIVE', 'SECONDED', 'SUSPENDED', 'LEFT')),
	CONSTRAINT "coordinators_lines" CHECK ("coordinators"."coordinators"."lines_leadership" = 'PT-POP'
      and "coordinators"."coordinators"."lines_implementation" = 'PT-SUB-' || substr("coordinators"."coordinators"."subdistrict_code", 7, 3)
      and "coordinators"."coordinators"."lines_daily_management" = "coordinators"."coordinators"."station_code"),
	CONSTRAINT "coordinators_citizen_id_form" CHECK ("coordinators"."coordinators"."citizen_id_number" ~ '^[0-9]{17}[0-9X]$'),
	CONSTRAINT "coordinators_service" CHECK ("coordinators"."coordinators"."hired_on" <= "coordinators"."coordinators"."left_on"),
	CONSTRAINT "coordinators_left" CHECK (("coordinators"."coordinators"."status" = 'LEFT') = ("coordinators"."coordinators"."left_on" is not null))
);
--> statement-breakpoint
CREATE TABLE "coordinators"."coordinator_tasks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"priority" text DEFAULT 'NORMAL' NOT NULL,
	"issued_by_id" text NOT NULL,
	"assignee_id" uuid,
	"target_migrant_id" uuid,
	"target_dwelling_id" uuid,
	"target_employer_id" uuid,
	"target_place" text,
	"due_on" date NOT NULL,
	"status" text DEFAULT 'CREATED' NOT NULL,
	"result" text,
	"closed_on" date,
	"subdistrict_code" text NOT NULL,
	"station_code" text,
	"neighbourhood_code" text,
	"shielded" boolean DEFAULT false NOT NULL,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "coordinator_tasks_kind_code" CHECK ("coordinators"."coordinator_tasks"."kind" in ('REGISTRATION_VISIT', 'PERMIT_SUPPORT', 'PUBLIC_ORDER_SUPPORT', 'PROPERTY_PATROL', 'BUSINESS_CHECK', 'LABOUR_INSPECTION_SUPPORT', 'INSURANCE_OUTREACH', 'FAMILY_PLANNING_OUTREACH', 'DISEASE_PREVENTION')),
	CONSTRAINT "coordinator_tasks_priority_code" CHECK ("coordinators"."coordinator_tasks"."priority" in ('LOW', 'NORMAL', 'HIGH')),
	CONSTRAINT "coordinator_tasks_status_code" CHECK ("coordinators"."coordinator_tasks"."status" in ('CREATED', 'ASSIGNED', 'IN_PROGRESS', 'REPORTED', 'VERIFIED', 'CLOSED', 'CANCELLED')),
	CONSTRAINT "coordinator_tasks_one_target" CHECK (num_nonnulls("coordinators"."coordinator_tasks"."target_migrant_id", "coordinators"."coordinator_tasks"."target_dwelling_id", "coordinators"."coordinator_tasks"."target_employer_id", "coordinators"."coordinator_tasks"."target_place") = 1),
	CONSTRAINT "coordinator_tasks_person_kinds" CHECK ("coordinators"."coordinator_tasks"."target_migrant_id" is null or "coordinators"."coordinator_tasks"."kind" in ('REGISTRATION_VISIT', 'PERMIT_SUPPORT')),
	CONSTRAINT "coordinator_tasks_place_length" CHECK (char_length("coordinators"."coordinator_tasks"."target_place") between 1 and 200),
	CONSTRAINT "coordinator_tasks_issuer" CHECK ("coordinators"."coordinator_tasks"."issued_by_id" = 'PT-POP' or "coordinators"."coordinator_tasks"."issued_by_id" ~ '^PT-(SUB|SPO|STN)-' or case "coordinators"."coordinator_tasks"."kind" when 'REGISTRATION_VISIT' then issued_by_id in ('PT-PSB') when 'PERMIT_SUPPORT' then issued_by_id in ('PT-PSB') when 'PUBLIC_ORDER_SUPPORT' then issued_by_id in ('PT-CSO', 'PT-PSB') when 'PROPERTY_PATROL' then issued_by_id in ('PT-HLR') when 'BUSINESS_CHECK' then issued_by_id in ('PT-AIC') when 'LABOUR_INSPECTION_SUPPORT' then issued_by_id in ('PT-LSS', 'PT-CON') when 'INSURANCE_OUTREACH' then issued_by_id in ('PT-LSS') when 'FAMILY_PLANNING_OUTREACH' then issued_by_id in ('PT-FPC') when 'DISEASE_PREVENTION' then issued_by_id in ('PT-HLT') end),
	CONSTRAINT "coordinator_tasks_result_of_kind" CHECK ("coordinators"."coordinator_tasks"."result" is null or case "coordinators"."coordinator_tasks"."kind" when 'REGISTRATION_VISIT' then result in ('REGISTERED', 'CONFIRMED', 'MOVED_OUT', 'NOT_DONE') when 'PERMIT_SUPPORT' then result in ('APPLICATION_PREPARED', 'INFORMED', 'MOVED_OUT', 'NOT_DONE') when 'PUBLIC_ORDER_SUPPORT' then result in ('NOTHING_FOUND', 'FINDING_REPORTED', 'NOT_DONE') when 'PROPERTY_PATROL' then result in ('NOTHING_FOUND', 'FINDING_REPORTED', 'NOT_DONE') when 'BUSINESS_CHECK' then result in ('NOTHING_FOUND', 'FINDING_REPORTED', 'NOT_DONE') when 'LABOUR_INSPECTION_SUPPORT' then result in ('NOTHING_FOUND', 'FINDING_REPORTED', 'NOT_DONE') when 'INSURANCE_OUTREACH' then result in ('INFORMED', 'NOT_DONE') when 'FAMILY_PLANNING_OUTREACH' then result in ('INFORMED', 'APPOINTMENT_MADE', 'NOT_DONE') when 'DISEASE_PREVENTION' then result in ('NOTHING_FOUND', 'FINDING_REPORTED', 'NOT_DONE', 'INFORMED') end),
	CONSTRAINT "coordinator_tasks_result" CHECK (("coordinators"."coordinator_tasks"."status" in ('REPORTED', 'VERIFIED', 'CLOSED')) = ("coordinators"."coordinator_tasks"."result" is not null)),
	CONSTRAINT "coordinator_tasks_assignee" CHECK (case when "coordinators"."coordinator_tasks"."status" = 'CREATED' then "coordinators"."coordinator_tasks"."assignee_id" is null else "coordinators"."coordinator_tasks"."status" = 'CANCELLED' or "coordinators"."coordinator_tasks"."assignee_id" is not null end),
	CONSTRAINT "coordinator_tasks_closed" CHECK (("coordinators"."coordinator_tasks"."status" in ('CLOSED', 'CANCELLED')) = ("coordinators"."coordinator_tasks"."closed_on" is not null))
);
--> statement-breakpoint
CREATE TABLE "coordinators"."visits" (
	"id" uuid PRIMARY KEY NOT NULL,
	"task_id" uuid NOT NULL,
	"coordinator_id" uuid NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"outcome" text NOT NULL,
	"persons_captured" integer,
	"note" text,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "visits_term" CHECK ("coordinators"."visits"."started_at" <= "coordinators"."visits"."ended_at"),
	CONSTRAINT "visits_outcome_code" CHECK ("coordinators"."visits"."outcome" in ('DONE', 'NOBODY_HOME', 'REFUSED', 'MOVED_OUT')),
	CONSTRAINT "visits_persons" CHECK ("coordinators"."visits"."persons_captured" >= 0),
	CONSTRAINT "visits_note_length" CHECK (char_length("coordinators"."visits"."note") <= 300)
);
--> statement-breakpoint
CREATE UNIQUE INDEX "coordinator_allocations_one_a_year" ON "coordinators"."coordinator_allocations" USING btree ("unit_id","year") WHERE "coordinators"."coordinator_allocations"."status" in ('PROPOSED', 'APPROVED');
--> statement-breakpoint
CREATE UNIQUE INDEX "coordinator_assignments_one_open" ON "coordinators"."coordinator_assignments" USING btree ("coordinator_id") WHERE "coordinators"."coordinator_assignments"."ends_on" is null;
--> statement-breakpoint
CREATE UNIQUE INDEX "coordinator_secondments_two_a_centre" ON "coordinators"."coordinator_secondments" USING btree ("to_centre_id","seat") WHERE "coordinators"."coordinator_secondments"."ends_on" is null;
--> statement-breakpoint
CREATE UNIQUE INDEX "coordinator_secondments_one_open" ON "coordinators"."coordinator_secondments" USING btree ("coordinator_id") WHERE "coordinators"."coordinator_secondments"."ends_on" is null;
--> statement-breakpoint
ALTER TABLE "coordinators"."coordinator_assessments" ADD CONSTRAINT "coordinator_assessments_coordinator_id_coordinators_id_fk" FOREIGN KEY ("coordinator_id") REFERENCES "coordinators"."coordinators"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "coordinators"."coordinator_pays" ADD CONSTRAINT "coordinator_pays_coordinator_id_coordinators_id_fk" FOREIGN KEY ("coordinator_id") REFERENCES "coordinators"."coordinators"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "coordinators"."coordinator_assignments" ADD CONSTRAINT "coordinator_assignments_coordinator_id_coordinators_id_fk" FOREIGN KEY ("coordinator_id") REFERENCES "coordinators"."coordinators"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "coordinators"."coordinator_secondments" ADD CONSTRAINT "coordinator_secondments_coordinator_id_coordinators_id_fk" FOREIGN KEY ("coordinator_id") REFERENCES "coordinators"."coordinators"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "coordinators"."coordinator_tasks" ADD CONSTRAINT "coordinator_tasks_assignee_id_coordinators_id_fk" FOREIGN KEY ("assignee_id") REFERENCES "coordinators"."coordinators"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "coordinators"."visits" ADD CONSTRAINT "visits_task_id_coordinator_tasks_id_fk" FOREIGN KEY ("task_id") REFERENCES "coordinators"."coordinator_tasks"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "coordinators"."visits" ADD CONSTRAINT "visits_coordinator_id_coordinators_id_fk" FOREIGN KEY ("coordinator_id") REFERENCES "coordinators"."coordinators"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "coordinator_assessments_coordinator" ON "coordinators"."coordinator_assessments" USING btree ("coordinator_id","id");
--> statement-breakpoint
CREATE INDEX "coordinator_assessments_subdistrict" ON "coordinators"."coordinator_assessments" USING btree ("subdistrict_code","period","id");
--> statement-breakpoint
CREATE INDEX "coordinator_assessments_station" ON "coordinators"."coordinator_assessments" USING btree ("station_code","period","id");
--> statement-breakpoint
CREATE INDEX "coordinator_pays_coordinator" ON "coordinators"."coordinator_pays" USING btree ("coordinator_id","id");
--> statement-breakpoint
CREATE INDEX "coordinator_pays_subdistrict" ON "coordinators"."coordinator_pays" USING btree ("subdistrict_code","month","id");
--> statement-breakpoint
CREATE INDEX "coordinator_allocations_unit_year" ON "coordinators"."coordinator_allocations" USING btree ("unit_id","id");
--> statement-breakpoint
CREATE INDEX "coordinator_allocations_subdistrict" ON "coordinators"."coordinator_allocations" USING btree ("subdistrict_code","id");
--> statement-breakpoint
CREATE INDEX "coordinator_assignments_station" ON "coordinators"."coordinator_assignments" USING btree ("station_code","id");
--> statement-breakpoint
CREATE INDEX "coordinator_assignments_coordinator" ON "coordinators"."coordinator_assignments" USING btree ("coordinator_id","id");
--> statement-breakpoint
CREATE INDEX "coordinator_assignments_subdistrict" ON "coordinators"."coordinator_assignments" USING btree ("subdistrict_code","id");
--> statement-breakpoint
CREATE INDEX "coordinator_assignments_neighbourhood" ON "coordinators"."coordinator_assignments" USING gin ("neighbourhood_codes");
--> statement-breakpoint
CREATE INDEX "coordinator_secondments_station" ON "coordinators"."coordinator_secondments" USING btree ("station_code","id");
--> statement-breakpoint
CREATE INDEX "coordinator_secondments_centre_all" ON "coordinators"."coordinator_secondments" USING btree ("to_centre_id","id");
--> statement-breakpoint
CREATE INDEX "coordinator_secondments_subdistrict" ON "coordinators"."coordinator_secondments" USING btree ("subdistrict_code","id");
--> statement-breakpoint
CREATE INDEX "coordinators_branch" ON "coordinators"."coordinators" USING btree ("branch_id","id");
--> statement-breakpoint
CREATE INDEX "coordinators_subdistrict" ON "coordinators"."coordinators" USING btree ("subdistrict_code","id");
--> statement-breakpoint
CREATE INDEX "coordinators_station" ON "coordinators"."coordinators" USING btree ("station_code","id");
--> statement-breakpoint
CREATE INDEX "coordinators_name" ON "coordinators"."coordinators" USING btree ("name","id");
--> statement-breakpoint
CREATE INDEX "coordinators_hired" ON "coordinators"."coordinators" USING btree ("hired_on","id");
--> statement-breakpoint
CREATE INDEX "coordinator_tasks_assignee_closed" ON "coordinators"."coordinator_tasks" USING btree ("assignee_id","closed_on","id");
--> statement-breakpoint
CREATE INDEX "coordinator_tasks_issuer_id" ON "coordinators"."coordinator_tasks" USING btree ("issued_by_id","id");
--> statement-breakpoint
CREATE INDEX "coordinator_tasks_migrant" ON "coordinators"."coordinator_tasks" USING btree ("target_migrant_id","id");
--> statement-breakpoint
CREATE INDEX "coordinator_tasks_dwelling" ON "coordinators"."coordinator_tasks" USING btree ("target_dwelling_id","id");
--> statement-breakpoint
CREATE INDEX "coordinator_tasks_employer" ON "coordinators"."coordinator_tasks" USING btree ("target_employer_id","id");
--> statement-breakpoint
CREATE INDEX "coordinator_tasks_subdistrict" ON "coordinators"."coordinator_tasks" USING btree ("subdistrict_code","due_on","id");
--> statement-breakpoint
CREATE INDEX "coordinator_tasks_station" ON "coordinators"."coordinator_tasks" USING btree ("station_code","due_on","id");
--> statement-breakpoint
CREATE INDEX "coordinator_tasks_neighbourhood" ON "coordinators"."coordinator_tasks" USING btree ("neighbourhood_code","id");
--> statement-breakpoint
CREATE INDEX "coordinator_tasks_due" ON "coordinators"."coordinator_tasks" USING btree ("due_on","id");
--> statement-breakpoint
CREATE INDEX "visits_task" ON "coordinators"."visits" USING btree ("task_id","started_at","id");
--> statement-breakpoint
CREATE INDEX "visits_coordinator" ON "coordinators"."visits" USING btree ("coordinator_id","started_at","id");
--> statement-breakpoint
CREATE INDEX "visits_started" ON "coordinators"."visits" USING btree ("started_at","id");
