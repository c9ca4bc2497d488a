/** Names in a trigger's body are written out; nothing else can be put in their place. */
const searchPath = 'pg_catalog, pg_temp';

/** Whether the statement is a loader's, which makes everything anew afterwards (`bulk.ts`). */
const isBulk = (owner: string): string =>
  `current_setting('laihu.bulk', true) = 'on' and session_user = '${owner.replaceAll("'", "''")}'`;

/** A function in PL/pgSQL that runs as the owner and that nobody can call. @param signature with its schema */
export function triggerFunction(signature: string, returns: string, body: string, settings = ''): string[] {
  return [
    `create function ${signature} returns ${returns} language plpgsql security definer set search_path = ${searchPath}${settings} as $body$
${body}
$body$`,
    `revoke all on function ${signature.replace(/\b(\w+) ((?:uuid|text|date)(?:\[\])?)/g, '$2')} from public`,
  ];
}

/** A trigger of the copies, as it is made and as the lint of the catalogues looks for it. */
export interface CopyTrigger {
  /** Quoted. */
  readonly table: string;
  readonly name: string;
  readonly when: 'before' | 'after';
  /** `insert or update of "person_id"`. */
  readonly events: string;
  /** Over `old` and `new`, besides that no loader is at work. */
  readonly condition?: string;
  readonly body: string;
}

/** `sealed.laihu_place_labour_employments`. */
export const functionOf = ({ table, name }: Pick<CopyTrigger, 'table' | 'name'>): string =>
  `sealed.${name}_${table.replaceAll('"', '').replace('.', '_')}`.slice(0, 63 + 'sealed.'.length);

export function triggerStatements(trigger: CopyTrigger, owner: string): string[] {
  const { table, name, when, events, condition, body } = trigger;
  const also = condition ? ` and (${condition})` : '';
  return [
    ...triggerFunction(`${functionOf(trigger)}()`, 'trigger', body),
    `create trigger "${name}" ${when} ${events} on ${table} for each row
      when ((${isBulk(owner)}) is not true${also}) execute function ${functionOf(trigger)}()`,
  ];
}
