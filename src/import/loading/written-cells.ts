/** The cells of a row `r` that could not be read, as the list of `WrittenCell` in which they are stored. */
export const writtenCells = `case when r.as_written is not null then (
  select jsonb_agg(jsonb_build_object('column', w.key, 'text', w.value)) from json_each_text(r.as_written::json) w) end`;
