import { Placeholder, type SQL } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';

const dialect = new PgDialect();

const setting = (name: string) => `current_setting('laihu.${name}', true)`;

/**
 * What a connection says of itself in its start-up parameters, for each parameter of the row scope. A setting that
 * was not sent is null, and then nothing matches.
 */
const settings: Readonly<Record<string, string>> = {
  holder: setting('holder'),
  unit: setting('unit'),
  subdistrict: setting('subdistrict'),
  station: setting('station'),
  person: setting('person'),
  posts: `string_to_array(${setting('posts')}, ',')`,
  today: setting('today'),
  presented: `array(select p.subject_id from access.presented p where p.unit = ${setting('unit')} and p.until > now())`,
};

/**
 * SQL of the row scope as a policy or a function of the database can hold it: its parameters become settings of
 * the connection.
 * @param others texts for further parameters, by name
 * @throws Error for a parameter that is neither
 */
export function boundToSession(query: SQL, others: Readonly<Record<string, string>> = {}): string {
  const { sql: text, params } = dialect.sqlToQuery(query);
  return text.replace(/\$(\d+)/g, (_, n: string) => {
    const parameter = params[Number(n) - 1];
    const name = parameter instanceof Placeholder ? String(parameter.name) : '';
    const bound = others[name] ?? settings[name];
    if (bound === undefined)
      throw new Error(`A statement of the second wall has the unknown parameter ${name}.`);
    return bound;
  });
}

/** Names of the parameters in SQL, in their order. */
export function parametersOf(query: SQL): string[] {
  return dialect
    .sqlToQuery(query)
    .params.map((parameter) => (parameter instanceof Placeholder ? String(parameter.name) : ''));
}
