ALTER TABLE "civil_affairs"."aid_cases" ADD COLUMN "decision_legal_basis" text;--> statement-breakpoint
ALTER TABLE "civil_affairs"."aid_cases" ADD COLUMN "decision_reasons" text;--> statement-breakpoint
ALTER TABLE "civil_affairs"."aid_cases" ADD COLUMN "decision_decided_by" text;--> statement-breakpoint
ALTER TABLE "civil_affairs"."aid_cases" ADD COLUMN "decision_decided_on" date;--> statement-breakpoint
ALTER TABLE "civil_affairs"."aid_cases" ADD COLUMN "decision_remedy_notice" text;--> statement-breakpoint
ALTER TABLE "civil_affairs"."aid_cases" ADD CONSTRAINT "aid_cases_decision_complete" CHECK (num_nonnulls("civil_affairs"."aid_cases"."decision_legal_basis", "civil_affairs"."aid_cases"."decision_reasons", "civil_affairs"."aid_cases"."decision_decided_by", "civil_affairs"."aid_cases"."decision_decided_on", "civil_affairs"."aid_cases"."decision_remedy_notice") in (0, 5) and (not (false) or "civil_affairs"."aid_cases"."decision_decided_on" is not null));