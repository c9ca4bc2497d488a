CREATE TABLE "construction"."construction_enterprises" (
	"id" uuid PRIMARY KEY NOT NULL,
	"employer_id" uuid NOT NULL,
	"home_province" text NOT NULL,
	"qualification_grade" text NOT NULL,
	"entry_filing_no" text,
	"filing_valid_to" date,
	"safety_permit_no" text,
	"subdistrict_code" text,
	"station_code" text,
	"neighbourhood_code" text,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "construction_enterprises_employer_id_unique" UNIQUE("employer_id"),
	CONSTRAINT "construction_enterprises_entry_filing_no_unique" UNIQUE("entry_filing_no"),
	CONSTRAINT "construction_enterprises_safety_permit_no_unique" UNIQUE("safety_permit_no"),
	CONSTRAINT "construction_enterprises_province_form" CHECK ("construction"."construction_enterprises"."home_province" ~ '^[0-9]{2}0000$'),
	CONSTRAINT "construction_enterprises_grade_code" CHECK ("construction"."construction_enterprises"."qualification_grade" in ('SPECIAL', 'FIRST', 'SECOND', 'THIRD', 'LABOUR_SUB')),
	CONSTRAINT "construction_enterprises_filing" CHECK (("construction"."construction_enterprises"."entry_filing_no" is null) = ("construction"."construction_enterprises"."filing_valid_to" is null))
);
--> statement-breakpoint
CREATE TABLE "construction"."construction_penalties" (
	"id" uuid PRIMARY KEY NOT NULL,
	"enterprise_id" uuid NOT NULL,
	"decision_legal_basis" text,
	"decision_reasons" text,
	"decision_decided_by" text,
	"decision_decided_on" date,
	"decision_remedy_notice" text,
	"amount" bigint,
	"status" text DEFAULT 'INVESTIGATING' NOT NULL,
	"published_on" date,
	"subdistrict_code" text,
	"station_code" text,
	"neighbourhood_code" text,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "construction_penalties_status_code" CHECK ("construction"."construction_penalties"."status" in ('REPORTED', 'SCREENING', 'ACCEPTED', 'NOT_ACCEPTED', 'TRANSFERRED', 'INVESTIGATING', 'SUSPENDED', 'DECIDED', 'EXECUTING', 'UNDER_REMEDY', 'ANNULLED', 'CLOSED', 'REOPENED', 'WITHDRAWN')),
	CONSTRAINT "construction_penalties_decision_complete" CHECK (num_nonnulls("construction"."construction_penalties"."decision_legal_basis", "construction"."construction_penalties"."decision_reasons", "construction"."construction_penalties"."decision_decided_by", "construction"."construction_penalties"."decision_decided_on", "construction"."construction_penalties"."decision_remedy_notice") in (0, 5) and (not ("construction"."construction_penalties"."status" <> 'INVESTIGATING') or "construction"."construction_penalties"."decision_decided_on" is not null)),
	CONSTRAINT "construction_penalties_amount" CHECK ("construction"."construction_penalties"."amount" >= 0),
	CONSTRAINT "construction_penalties_published_late" CHECK ("construction"."construction_penalties"."published_on" is null or coalesce("construction"."construction_penalties"."published_on" > "construction"."construction_penalties"."decision_decided_on" + 60 and "construction"."construction_penalties"."status" <> 'UNDER_REMEDY', false))
);
--> statement-breakpoint
CREATE TABLE "construction"."construction_sites" (
	"id" uuid PRIMARY KEY NOT NULL,
	"site_no" text NOT NULL,
	"name" text NOT NULL,
	"road" text,
	"lane" text,
	"building" text,
	"room" text,
	"subdistrict_code" text,
	"station_code" text,
	"neighbourhood_code" text,
	"general_contractor_id" uuid NOT NULL,
	"starts_on" date NOT NULL,
	"planned_end_on" date,
	"status" text NOT NULL,
	"migrant_workers" integer,
	"wage_guarantee_balance" bigint,
	"coordinator_id" uuid,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "construction_sites_site_no_unique" UNIQUE("site_no"),
	CONSTRAINT "construction_sites_term" CHECK ("construction"."construction_sites"."starts_on" <= "construction"."construction_sites"."planned_end_on"),
	CONSTRAINT "construction_sites_status_code" CHECK ("construction"."construction_sites"."status" in ('PLANNED', 'ACTIVE', 'SUSPENDED', 'COMPLETED')),
	CONSTRAINT "construction_sites_counts" CHECK ("construction"."construction_sites"."migrant_workers" >= 0 and "construction"."construction_sites"."wage_guarantee_balance" >= 0)
);
--> statement-breakpoint
CREATE TABLE "construction"."safety_inspections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"site_id" uuid NOT NULL,
	"occurred_on" date NOT NULL,
	"officers" text[] NOT NULL,
	"assisted_by_id" uuid,
	"hazards" text[] NOT NULL,
	"level" text DEFAULT 'LOW' NOT NULL,
	"stop_work" boolean DEFAULT false NOT NULL,
	"decision_legal_basis" text,
	"decision_reasons" text,
	"decision_decided_by" text,
	"decision_decided_on" date,
	"decision_remedy_notice" text,
	"rectify_by" date,
	"rectified_on" date,
	"subdistrict_code" text,
	"station_code" text,
	"neighbourhood_code" text,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "safety_inspections_officers" CHECK (cardinality("construction"."safety_inspections"."officers") >= 1),
	CONSTRAINT "safety_inspections_hazards" CHECK ("construction"."safety_inspections"."hazards" <@ array['FALL', 'SCAFFOLD', 'ELECTRIC', 'EXCAVATION', 'CRANE', 'FIRE', 'PPE', 'NONE'] and cardinality("construction"."safety_inspections"."hazards") >= 1 and (cardinality("construction"."safety_inspections"."hazards") = 1 or not 'NONE' = any("construction"."safety_inspections"."hazards"))),
	CONSTRAINT "safety_inspections_level_code" CHECK ("construction"."safety_inspections"."level" in ('LOW', 'MEDIUM', 'HIGH')),
	CONSTRAINT "safety_inspections_stop_decided" CHECK (num_nonnulls("construction"."safety_inspections"."decision_legal_basis", "construction"."safety_inspections"."decision_reasons", "construction"."safety_inspections"."decision_decided_by", "construction"."safety_inspections"."decision_decided_on", "construction"."safety_inspections"."decision_remedy_notice") in (0, 5) and (not ("construction"."safety_inspections"."stop_work") or "construction"."safety_inspections"."decision_decided_on" is not null)),
	CONSTRAINT "safety_inspections_rectify" CHECK ("construction"."safety_inspections"."rectify_by" >= "construction"."safety_inspections"."occurred_on" and "construction"."safety_inspections"."rectified_on" >= "construction"."safety_inspections"."occurred_on")
);
--> statement-breakpoint
CREATE TABLE "construction"."site_subcontracts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"site_id" uuid NOT NULL,
	"enterprise_id" uuid NOT NULL,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "site_subcontracts_once" UNIQUE("site_id","enterprise_id")
);
--> statement-breakpoint
CREATE TABLE "construction"."site_trainings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"site_id" uuid,
	"topic" text NOT NULL,
	"occurred_on" date NOT NULL,
	"hours" numeric(5, 1) NOT NULL,
	"attendee_count" integer NOT NULL,
	"subdistrict_code" text,
	"station_code" text,
	"neighbourhood_code" text,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "site_trainings_topic_code" CHECK ("construction"."site_trainings"."topic" in ('SAFETY', 'SKILL', 'LAW')),
	CONSTRAINT "site_trainings_hours" CHECK ("construction"."site_trainings"."hours" > 0 and "construction"."site_trainings"."hours" <= 400),
	CONSTRAINT "site_trainings_attendees" CHECK ("construction"."site_trainings"."attendee_count" >= 0)
);
--> statement-breakpoint
CREATE TABLE "construction"."training_attendances" (
	"id" uuid PRIMARY KEY NOT NULL,
	"training_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"passed" boolean,
	"cert_no" text,
	"shielded" boolean DEFAULT false NOT NULL,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "training_attendances_cert_no_unique" UNIQUE("cert_no"),
	CONSTRAINT "training_attendances_once" UNIQUE("training_id","person_id"),
	CONSTRAINT "training_attendances_certified" CHECK ("construction"."training_attendances"."cert_no" is null or coalesce("construction"."training_attendances"."passed", false))
);
--> statement-breakpoint
CREATE TABLE "construction"."dispute_workers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"dispute_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"shielded" boolean DEFAULT false NOT NULL,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "dispute_workers_once" UNIQUE("dispute_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "construction"."site_wage_disputes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"site_id" uuid NOT NULL,
	"enterprise_id" uuid NOT NULL,
	"worker_count" integer NOT NULL,
	"amount_claimed" bigint,
	"amount_paid" bigint,
	"reported_on" date NOT NULL,
	"mediated_on" date,
	"status" text DEFAULT 'REPORTED' NOT NULL,
	"transferred_to_id" uuid,
	"referred_to_units" text[] DEFAULT '{}' NOT NULL,
	"subdistrict_code" text,
	"station_code" text,
	"neighbourhood_code" text,
	"record_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text DEFAULT 'system' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"source_system" text DEFAULT 'laihu' NOT NULL,
	"as_of" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "site_wage_disputes_workers" CHECK ("construction"."site_wage_disputes"."worker_count" >= 1),
	CONSTRAINT "site_wage_disputes_amounts" CHECK ("construction"."site_wage_disputes"."amount_claimed" >= 0 and "construction"."site_wage_disputes"."amount_paid" between 0 and "construction"."site_wage_disputes"."amount_claimed"),
	CONSTRAINT "site_wage_disputes_mediated" CHECK ("construction"."site_wage_disputes"."reported_on" <= "construction"."site_wage_disputes"."mediated_on"),
	CONSTRAINT "site_wage_disputes_status_code" CHECK ("construction"."site_wage_disputes"."status" in ('REPORTED', 'MEDIATING', 'AGREED', 'EXECUTING', 'CLOSED', 'TRANSFERRED')),
	CONSTRAINT "site_wage_disputes_transferred" CHECK (("construction"."site_wage_disputes"."status" = 'TRANSFERRED') = ("construction"."site_wage_disputes"."transferred_to_id" is not null) and ("construction"."site_wage_disputes"."transferred_to_id" is null or 'PT-LSS' = any("construction"."site_wage_disputes"."referred_to_units")))
);
--> statement-breakpoint
ALTER TABLE "construction"."construction_penalties" ADD CONSTRAINT "construction_penalties_enterprise_id_construction_enterprises_id_fk" FOREIGN KEY ("enterprise_id") REFERENCES "construction"."construction_enterprises"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "construction"."construction_sites" ADD CONSTRAINT "construction_sites_general_contractor_id_construction_enterprises_id_fk" FOREIGN KEY ("general_contractor_id") REFERENCES "construction"."construction_enterprises"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "construction"."safety_inspections" ADD CONSTRAINT "safety_inspections_site_id_construction_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "construction"."construction_sites"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "construction"."site_subcontracts" ADD CONSTRAINT "site_subcontracts_site_id_construction_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "construction"."construction_sites"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "construction"."site_subcontracts" ADD CONSTRAINT "site_subcontracts_enterprise_id_construction_enterprises_id_fk" FOREIGN KEY ("enterprise_id") REFERENCES "construction"."construction_enterprises"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "construction"."site_trainings" ADD CONSTRAINT "site_trainings_site_id_construction_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "construction"."construction_sites"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "construction"."training_attendances" ADD CONSTRAINT "training_attendances_training_id_site_trainings_id_fk" FOREIGN KEY ("training_id") REFERENCES "construction"."site_trainings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "construction"."dispute_workers" ADD CONSTRAINT "dispute_workers_dispute_id_site_wage_disputes_id_fk" FOREIGN KEY ("dispute_id") REFERENCES "construction"."site_wage_disputes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "construction"."site_wage_disputes" ADD CONSTRAINT "site_wage_disputes_site_id_construction_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "construction"."construction_sites"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "construction"."site_wage_disputes" ADD CONSTRAINT "site_wage_disputes_enterprise_id_construction_enterprises_id_fk" FOREIGN KEY ("enterprise_id") REFERENCES "construction"."construction_enterprises"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "construction_enterprises_subdistrict" ON "construction"."construction_enterprises" USING btree ("subdistrict_code","filing_valid_to","id");--> statement-breakpoint
CREATE INDEX "construction_enterprises_station" ON "construction"."construction_enterprises" USING btree ("station_code","filing_valid_to","id");--> statement-breakpoint
CREATE INDEX "construction_enterprises_filing_order" ON "construction"."construction_enterprises" USING btree ("filing_valid_to","id");--> statement-breakpoint
CREATE INDEX "construction_penalties_enterprise" ON "construction"."construction_penalties" USING btree ("enterprise_id","id");--> statement-breakpoint
CREATE INDEX "construction_penalties_subdistrict" ON "construction"."construction_penalties" USING btree ("subdistrict_code","decision_decided_on","id");--> statement-breakpoint
CREATE INDEX "construction_penalties_station" ON "construction"."construction_penalties" USING btree ("station_code","decision_decided_on","id");--> statement-breakpoint
CREATE INDEX "construction_penalties_published_order" ON "construction"."construction_penalties" USING btree ("published_on","id");--> statement-breakpoint
CREATE INDEX "construction_penalties_amount_order" ON "construction"."construction_penalties" USING btree ("amount","id");--> statement-breakpoint
CREATE INDEX "construction_sites_contractor" ON "construction"."construction_sites" USING btree ("general_contractor_id","id");--> statement-breakpoint
CREATE INDEX "construction_sites_subdistrict" ON "construction"."construction_sites" USING btree ("subdistrict_code","starts_on","id");--> statement-breakpoint
CREATE INDEX "construction_sites_station" ON "construction"."construction_sites" USING btree ("station_code","starts_on","id");--> statement-breakpoint
CREATE INDEX "construction_sites_coordinator" ON "construction"."construction_sites" USING btree ("coordinator_id","id");--> statement-breakpoint
CREATE INDEX "construction_sites_name" ON "construction"."construction_sites" USING btree ("name","id");--> statement-breakpoint
CREATE INDEX "construction_sites_starts" ON "construction"."construction_sites" USING btree ("starts_on","id");--> statement-breakpoint
CREATE INDEX "construction_sites_ends" ON "construction"."construction_sites" USING btree ("planned_end_on","id");--> statement-breakpoint
CREATE INDEX "construction_sites_workers_order" ON "construction"."construction_sites" USING btree ("migrant_workers","id");--> statement-breakpoint
CREATE INDEX "construction_sites_balance_order" ON "construction"."construction_sites" USING btree ("wage_guarantee_balance","id");--> statement-breakpoint
CREATE INDEX "safety_inspections_site" ON "construction"."safety_inspections" USING btree ("site_id","occurred_on","id");--> statement-breakpoint
CREATE INDEX "safety_inspections_subdistrict" ON "construction"."safety_inspections" USING btree ("subdistrict_code","occurred_on","id");--> statement-breakpoint
CREATE INDEX "safety_inspections_station" ON "construction"."safety_inspections" USING btree ("station_code","occurred_on","id");--> statement-breakpoint
CREATE INDEX "safety_inspections_assisted" ON "construction"."safety_inspections" USING btree ("assisted_by_id","occurred_on","id");--> statement-breakpoint
CREATE INDEX "safety_inspections_occurred" ON "construction"."safety_inspections" USING btree ("occurred_on","id");--> statement-breakpoint
CREATE INDEX "safety_inspections_rectify_order" ON "construction"."safety_inspections" USING btree ("rectify_by","id");--> statement-breakpoint
CREATE INDEX "site_trainings_site" ON "construction"."site_trainings" USING btree ("site_id","occurred_on","id");--> statement-breakpoint
CREATE INDEX "site_trainings_subdistrict" ON "construction"."site_trainings" USING btree ("subdistrict_code","occurred_on","id");--> statement-breakpoint
CREATE INDEX "site_trainings_station" ON "construction"."site_trainings" USING btree ("station_code","occurred_on","id");--> statement-breakpoint
CREATE INDEX "site_trainings_occurred" ON "construction"."site_trainings" USING btree ("occurred_on","id");--> statement-breakpoint
CREATE INDEX "site_trainings_attendees_order" ON "construction"."site_trainings" USING btree ("attendee_count","id");--> statement-breakpoint
CREATE INDEX "training_attendances_person" ON "construction"."training_attendances" USING btree ("person_id","id");--> statement-breakpoint
CREATE INDEX "dispute_workers_person" ON "construction"."dispute_workers" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "site_wage_disputes_site" ON "construction"."site_wage_disputes" USING btree ("site_id","reported_on","id");--> statement-breakpoint
CREATE INDEX "site_wage_disputes_subdistrict" ON "construction"."site_wage_disputes" USING btree ("subdistrict_code","reported_on","id");--> statement-breakpoint
CREATE INDEX "site_wage_disputes_station" ON "construction"."site_wage_disputes" USING btree ("station_code","reported_on","id");--> statement-breakpoint
CREATE INDEX "site_wage_disputes_reported" ON "construction"."site_wage_disputes" USING btree ("reported_on","id");--> statement-breakpoint
CREATE INDEX "site_wage_disputes_claimed_order" ON "construction"."site_wage_disputes" USING btree ("amount_claimed","id");