import type { ObjectTypeDefinitionNode } from 'graphql';
import { directive, namedType } from './directives.ts';

type Types = ReadonlyMap<string, ObjectTypeDefinitionNode>;

/** What a mutation answers besides records: messages that no store keeps. */
const told: ReadonlySet<string> = new Set(['UserError', 'StoreEffect', 'Boolean']);
/** What the caller has sent itself. */
const echoed = 'clientMutationId';

/** For each payload type its fields that hold records, and of which type. */
export type Payloads = ReadonlyMap<string, ReadonlyMap<string, string>>;

/**
 * The payload types of mutations (`@payload`). A payload holds the local id of a record, and the record is
 * read anew. So it passes the same rules as in a query (dossier §6.6 no. 6). A payload can hold no stored
 * value by itself.
 * @param faults gets a sentence for each field that is neither a record, a list of records, nor a message.
 */
export function readPayloads(types: Types, faults: string[]): Payloads {
  const found = new Map<string, ReadonlyMap<string, string>>();
  for (const type of types.values()) {
    if (!directive(type, 'payload')) continue;
    const records = new Map<string, string>();
    for (const field of type.fields ?? []) {
      const target = namedType(field.type);
      const holder = types.get(target);
      if (holder && directive(holder, 'record')) records.set(field.name.value, target);
      else if (!told.has(target) && field.name.value !== echoed)
        faults.push(
          `${type.name.value}.${field.name.value}: a payload holds records, lists of records, and ${[...told].join(' or ')}; no rule would protect ${target}`,
        );
    }
    found.set(type.name.value, records);
  }
  return found;
}
