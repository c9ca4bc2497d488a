-- What has been published stands: a month that was counted twice could be compared with itself (dossier 6.4).
CREATE FUNCTION "statistics"."refuse_change"() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
begin
  raise exception 'Published statistics stand: % on %.% is refused.', tg_op, tg_table_schema, tg_table_name
    using errcode = 'insufficient_privilege';
end
$$;--> statement-breakpoint
CREATE TRIGGER "snapshots_stand" BEFORE UPDATE OR DELETE ON "statistics"."snapshots" FOR EACH ROW EXECUTE FUNCTION "statistics"."refuse_change"();--> statement-breakpoint
CREATE TRIGGER "snapshots_stand_all" BEFORE TRUNCATE ON "statistics"."snapshots" FOR EACH STATEMENT EXECUTE FUNCTION "statistics"."refuse_change"();--> statement-breakpoint
CREATE TRIGGER "cells_stand" BEFORE UPDATE OR DELETE ON "statistics"."cells" FOR EACH ROW EXECUTE FUNCTION "statistics"."refuse_change"();--> statement-breakpoint
CREATE TRIGGER "cells_stand_all" BEFORE TRUNCATE ON "statistics"."cells" FOR EACH STATEMENT EXECUTE FUNCTION "statistics"."refuse_change"();
