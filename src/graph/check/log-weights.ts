import { type GraphQLField, getNamedType } from 'graphql';
import type { AccessPlan, Decision } from '../../contract/compile/access-plan.ts';
import type { ArgumentUse } from '../../contract/policy/arguments.ts';
import type { RuledRecord } from '../../contract/policy/ruled-record.ts';
import type { Sensitivity } from '../../contract/policy/rules.ts';
import type { FieldGroup } from '../../contract/tables/matrix.ts';
import type { ViewerName } from '../../identity/viewers.ts';
import { tellsOfPersons } from './about-persons.ts';
import type { LogPlanBuilder } from './log-plan.ts';

const aboutPersons: ReadonlySet<Sensitivity> = new Set(['PERSONAL', 'SENSITIVE', 'SECRET']);
/** Who was looked up is itself sensitive (dossier §6.6, 12). */
const accessRecords = 'ACCESS_RECORDS';

/**
 * Says what the log keeps of a coordinate, and whether the document needs an entry. It needs one when it
 * touches a record type about persons, a secret group, a personal field, the log, or records by global id.
 */
export class LogWeights {
  readonly #plan: AccessPlan;
  readonly #persons: ReadonlySet<string>;

  /** @param persons the record types that are about persons */
  constructor(plan: AccessPlan, persons: ReadonlySet<string>) {
    this.#plan = plan;
    this.#persons = persons;
  }

  /** A field of the document. @param type the type that has the field */
  field(
    type: string,
    definition: GraphQLField<unknown, unknown>,
    { denial, masked }: Decision,
    viewer: ViewerName,
    log: LogPlanBuilder,
  ): void {
    if (definition.name.startsWith('__') || type.startsWith('__')) return;
    if (tellsOfPersons(definition)) log.needsEntry();
    const target = getNamedType(definition.type).name.replace(/(Connection|Edge)$/, '');
    const holder = type.replace(/(Connection|Edge)$/, '');
    const isNode = type === 'Node' || (type === 'Query' && /^nodes?$/.test(definition.name));
    if (isNode || this.#persons.has(target) || this.#persons.has(holder)) log.needsEntry();
    const mutation = type === 'Mutation' ? this.#plan.mutations.get(definition.name) : undefined;
    if (mutation) {
      // Every write stands in the log, whomever it is about.
      log.add(`${type}.${definition.name}`, mutation.group, denial !== null, false);
      log.needsEntry();
      return;
    }
    const rule = this.#plan.ruleOf(type, definition.name);
    const record = this.#recordOf(type, holder, definition.name);
    const group = rule?.group ?? record?.rules.group;
    // Value objects and connections add nothing to the field that holds them.
    if (!group && !isNode) return;
    // For secret types the answer must not reveal a refusal; the log still records it.
    const absent = record?.access[viewer].rows === 'NONE';
    log.add(`${type}.${definition.name}`, group ?? null, absent || denial !== null, masked !== null);
    if (group) this.#weigh(group, log);
    if (rule && aboutPersons.has(rule.sensitivity)) log.needsEntry();
  }

  /** A coordinate that an argument of the document uses. */
  argument({ coordinate, group, denial, into }: ArgumentUse, log: LogPlanBuilder): void {
    log.add(coordinate, group, denial !== null, false);
    this.#weigh(group, log);
    if (into && this.#persons.has(into.name)) log.needsEntry();
  }

  /** The record type whose rows a coordinate reveals without a value: a root field, an id, a count. */
  #recordOf(type: string, holder: string, field: string): RuledRecord | undefined {
    if (type === 'Query') return this.#plan.rootRecord(field);
    if (type === holder ? field === 'id' : field === 'totalCount') return this.#plan.model.get(holder);
    return undefined;
  }

  #weigh(group: FieldGroup, log: LogPlanBuilder): void {
    if (group.secret || group.name === accessRecords) log.needsEntry();
  }
}
