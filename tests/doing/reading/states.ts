import { globSync } from 'node:fs';
import { join } from 'node:path';
import { Kind } from 'graphql';
import type { Oracle } from '../../access/oracle.ts';
import { read } from '../../access/reading/contract.ts';
import { type Row, statesOf } from './machines.ts';

const files = globSync('*.graphql', { cwd: join(import.meta.dirname, '../../../schema') });

/** The codes of each enum of the contract. */
const codes: ReadonlyMap<string, readonly string[]> = new Map(
  read(files).flatMap((d) =>
    d.kind === Kind.ENUM_TYPE_DEFINITION
      ? [[d.name.value, (d.values ?? []).map(({ name }) => name.value)] as const]
      : [],
  ),
);

/** The property that holds a record's state: the one field whose codes are those of the table. Null without states. */
export function stateProperty(oracle: Oracle, type: string, rows: readonly Row[]): string | null {
  const states = statesOf(rows);
  if (states.length === 0) return null;
  const found = [...oracle.type(type).fields.values()]
    .filter(({ target, kind }) => kind === 'value' && states.every((s) => codes.get(target)?.includes(s)))
    .map(({ name }) => name);
  const named = ['status', 'state', 'result'].find((name) => found.includes(name)) ?? found[0];
  if (!named) throw new Error(`${type}: no field has the codes ${states.join(', ')}.`);
  return named;
}

/** The codes of the field that holds the state. */
export const codesOfState = (oracle: Oracle, type: string, property: string): readonly string[] =>
  codes.get(oracle.type(type).fields.get(property)?.target ?? '') ?? [];
