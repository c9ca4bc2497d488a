-- An assessment is not scored yet, or its weights make a hundred and the total is the weighted scores (dossier 3.18).
-- A check cannot sum up a list by itself.
CREATE FUNCTION "population_office"."scores_make_total"("scores" jsonb, "total" numeric) RETURNS boolean
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN jsonb_array_length("scores") = 0 THEN "total" IS NULL
    ELSE coalesce((
      SELECT sum((s ->> 'weight')::int) = 100
        AND bool_and((s ->> 'weight')::int > 0 AND (s ->> 'score')::numeric BETWEEN 0 AND 100)
        AND "total" = round(sum((s ->> 'weight')::int * (s ->> 'score')::numeric) / 100, 2)
      FROM jsonb_array_elements("scores") s), false) END;
