/** A value of an answer whose JSON the database has made; nothing looks into it, it is written out as it is. */
export class FusedText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** For whoever has to look into the value after all. */
  toJSON(): unknown {
    return JSON.parse(this.text);
  }
}

/** An answer as JSON, as `JSON.stringify` has it; members of `data` may be the database's text. */
export function stringifyAnswer(answer: { readonly data?: unknown }): string {
  const { data } = answer;
  if (typeof data !== 'object' || data === null) return JSON.stringify(answer);
  if (!Object.values(data).some((value) => value instanceof FusedText)) return JSON.stringify(answer);
  const members = Object.entries(data).map(
    ([name, value]) =>
      `${JSON.stringify(name)}:${value instanceof FusedText ? value.text : JSON.stringify(value)}`,
  );
  const entries = Object.entries(answer).flatMap(([name, value]) => {
    if (name === 'data') return [`"data":{${members.join(',')}}`];
    const text = JSON.stringify(value);
    return text === undefined ? [] : [`${JSON.stringify(name)}:${text}`];
  });
  return `{${entries.join(',')}}`;
}
