/** The cells of a row `r` that could not be read, as the list of `WrittenCell` in which they are stored. */
export const writtenCells = `case when r.as_written is not null then (
  select jsonb_agg(jsonb_build_object('column', w.key, 'text', w.value)) from json_each_text(r.as_written::json) w) end`;

/** A name as it is compared: width, case, spaces and middle dots do not count. */
export const foldedName = (name: string): string =>
  `regexp_replace(lower(normalize(${name}, nfkc)), '[[:space:]·•・‧∙⋅．.]+', '', 'g')`;

/** Says who wrote a row, in `created_by` and `source_system`. */
export const author = 'import';

/** What a statement sets besides in rows `t` that it changes. */
export const changed = 'record_version = t.record_version + 1, updated_at = now()';
