/** A column of a report and what a row `r` says for it; the type is needed only where it is not text. */
export interface Said {
  readonly value: string;
  readonly type?: string;
}

/** Columns that are known together or not at all; an address is not put together from two reports. */
export interface Optional {
  readonly columns: Readonly<Record<string, Said>>;
  /**
   * A column beside which alone they mean something, as a house number beside its neighbourhood, and how it is
   * compared; what an earlier report says of another one stays unsaid.
   */
  readonly beside?: {
    readonly column: string;
    readonly value: string;
    readonly compared?: (text: string) => string;
  };
}

export interface LaterWins {
  /** What each report says. */
  readonly required: Readonly<Record<string, string>>;
  /** What a report may leave out, by a name of its own. */
  readonly optional: Readonly<Record<string, Optional>>;
  /** Whether `r` is at least as late as `t`. */
  readonly isLater: string;
  /** JSON values that order the reports of which `t` and `r` are. */
  readonly orderOfRow: string;
  readonly orderOfReport: string;
}

/**
 * How a stored row `t` takes in a report `r` of it: each column has what the latest report says that says something,
 * in whatever order reports come. What comes from an earlier report than the row's own stands in `earlier_reports`,
 * by name: `{at, of: {column: text}}`.
 * @returns by column an expression over `t` and `r`
 */
export function laterWins(options: LaterWins): Readonly<Record<string, string>> {
  const { required, optional, isLater, orderOfRow, orderOfReport } = options;
  const values: Record<string, string> = {};
  for (const [column, said] of Object.entries(required))
    values[column] = said === `t.${column}` ? said : `case when ${isLater} then ${said} else t.${column} end`;
  const kept: string[] = [];
  const saysAll: string[] = [];
  for (const [name, { columns, beside }] of Object.entries(optional)) {
    const list = Object.entries(columns);
    const says = `num_nonnulls(${list.map(([, { value }]) => value).join(', ')}) > 0`;
    const has = `num_nonnulls(${list.map(([column]) => `t.${column}`).join(', ')}) > 0`;
    const claim = (at: string, of: (column: string) => string) =>
      `jsonb_build_object('at', ${at}, 'of', jsonb_build_object(${[
        ...list.map(([column]) => `'${column}', ${of(column)}`),
        ...(beside ? [`'beside', ${of(beside.column)}`] : []),
      ].join(', ')}))`;
    const reported = `case when ${says} then ${claim(orderOfReport, (column) => columns[column]?.value ?? beside!.value)} end`;
    const known = `coalesce(t.earlier_reports -> '${name}', case when ${has} then ${claim(orderOfRow, (column) => `t.${column}`)} end)`;
    const best = `(select c from (values (${reported}), (${known})) as claims (c) where c is not null
      order by c -> 'at' desc limit 1)`;
    const compared = beside?.compared ?? ((text: string) => text);
    const fits = beside
      ? ` and ${compared("b.c -> 'of' ->> 'beside'")} = ${compared(`(${values[beside.column] ?? `t.${beside.column}`})`)}`
      : '';
    const plainly = `${isLater} and ${says}`;
    for (const [column, { value, type = 'text' }] of list)
      values[column] = `case when ${plainly} then ${value}
        else (select (b.c -> 'of' ->> '${column}')::${type} from ${best} as b (c) where true${fits}) end`;
    kept.push(`'${name}', case when not (${plainly}) then (select b.c from ${best} as b (c)
      where b.c -> 'at' <> case when ${isLater} then ${orderOfReport} else ${orderOfRow} end) end`);
    saysAll.push(says);
  }
  values.earlier_reports = `case when ${[isLater, ...saysAll].join(' and ')} then null
    else nullif(jsonb_strip_nulls(jsonb_build_object(${kept.join(', ')})), '{}') end`;
  return values;
}

/**
 * `update … set` of such values, which touches a row only where something differs; its version counts what the
 * department sees, not that a report said the same again.
 * @param quiet columns that are no content, as `report_no`
 */
export function assignments(
  values: Readonly<Record<string, string>>,
  quiet: readonly string[] = [],
): Assignments {
  const columns = Object.keys(values);
  const content = columns.filter((column) => !quiet.includes(column));
  const differ = (of: readonly string[]) =>
    `(${of.map((column) => `t.${column}`).join(', ')}) is distinct from (${of.map((column) => `n.${column}`).join(', ')})`;
  return {
    list: columns.map((column) => `${values[column]} as ${column}`).join(',\n    '),
    set: columns.map((column) => `${column} = n.${column}`).join(', '),
    changed: differ(content),
    differs: differ(columns),
  };
}

export interface Assignments {
  /** Select list of a sub-select `n` that makes the values. */
  readonly list: string;
  readonly set: string;
  /** Whether the content of `t` differs from `n`. */
  readonly changed: string;
  /** Whether anything does. */
  readonly differs: string;
}
