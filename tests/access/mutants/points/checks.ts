import { pointsOf } from './point.ts';

const staticCheck = pointsOf('src/graph/check/document-check.ts');
const findings = pointsOf('src/graph/check/document-access.ts');
const argument = pointsOf('src/contract/policy/arguments.ts');
const policy = pointsOf('src/access/policy.ts');
const shield = pointsOf('src/graph/check/shield.ts');
const execution = pointsOf('src/graph/execution.ts');
const persons = pointsOf('src/contract/model/persons.ts');

/** What is looked at before anything runs, and the two schemas. */
export const checks = [
  staticCheck('the static check of output coordinates', 'access/lists', [
    'found.verdict(node, this.#policy.verdict(type, node.name.value, viewer));',
    '',
  ]),
  staticCheck('the static check of filters and orders', 'access/filters', [
    'uses.flatMap(({ denial }) => denial ?? [])',
    'uses.flatMap(() => [])',
  ]),
  staticCheck('the check of filters in variables', 'access/filters', [
    'if (args.some((a) => hasVariable(a.value))) guarded.push(place);',
    'if (args.some((a) => hasVariable(a.value))) return;',
  ]),
  pointsOf('src/graph/request-reading.ts')(
    'the stop at variables that could not be read',
    'access/before-anything-runs',
    [
      'if (!coerced) throw faulty(errors?.[0]);',
      'if (!coerced) return { document, operation, variables: sent };',
    ],
  ),
  staticCheck('persons at fields', 'access/purpose-surfaces', [
    'if (this.#persons.has(target) || this.#persons.has(type)) found.persons();',
    '',
  ]),
  staticCheck('persons behind the ids of nodes', 'access/purpose-surfaces', [
    'if (nodeTypes(args).some((type) => this.#persons.has(type))) found.persons();',
    '',
  ]),
  staticCheck('persons behind filters and orders', 'access/purpose-surfaces', [
    'if (uses.some(({ into }) => into && this.#persons.has(into.name))) found.persons();',
    '',
  ]),
  findings('the silence of refusals in secret groups', 'access/secrets', [
    'if (!denial.silent) this.#denials.set(denial.coordinate, denial);',
    'this.#denials.set(denial.coordinate, denial);',
  ]),
  findings(
    'the silence of masks in secret groups',
    ['access/lists', 'access/secrets'],
    ['if (masked && !masked.group.secret)', 'if (masked)'],
  ),
  findings('the silence of own rows in secret groups', 'access/before-anything-runs', [
    'if (own && !own.group.secret)',
    'if (own)',
  ]),
  findings(
    'lists that a secret argument empties',
    ['access/secrets', 'access/filters'],
    ['if (denials.some(({ silent }) => silent)) this.#blind.add(node);', ''],
  ),
  argument('filters below and, or', 'access/filters', [
    'return (value as unknown[]).flatMap((part) => filterUses(policy, record, part, viewer));',
    'return [];',
  ]),
  argument('filters below not', 'access/filters', [
    "if (name === 'not') return filterUses(policy, record, value, viewer);",
    "if (name === 'not') return [];",
  ]),
  argument(
    'the way of a filter through a relation',
    ['access/verdicts', 'access/filters'],
    [
      'const denial = wayDenial(policy, record, field, coordinate, viewer);\n    const use',
      'const denial = null as ReturnType<typeof wayDenial>;\n    const use',
    ],
  ),
  argument('filters behind a relation', 'access/filters', [
    'return [use, ...inner.flatMap((part) => filterUses(policy, target, part, viewer))];',
    'return [use];',
  ]),
  argument('the way of an order through a relation', 'access/before-anything-runs', [
    'wayDenial(policy, record, field, coordinate, viewer) ??',
    '',
  ]),
  argument('orders', 'access/verdicts', [
    "if (!value || value === 'ID') return [];",
    'if (value) return [];',
  ]),
  argument('arguments on values that are not seen', 'access/verdicts', [
    "if (sight.outcome === 'HIDDEN')\n",
    'if (false as boolean)\n',
  ]),
  argument('arguments on masked values', 'access/verdicts', [
    "if (sight.outcome === 'MASKED') return",
    'if (false as boolean) return',
  ]),
  argument('arguments on values seen in own rows only', 'access/verdicts', [
    "if (sight.own && presenceOf(record.rules, viewer) !== 'OWN')",
    'if (false as boolean)',
  ]),
  policy('the refusal of hidden fields', 'access/verdicts', [
    "if (sight.outcome === 'HIDDEN') return",
    'if (false as boolean) return',
  ]),
  policy('the refusal of ways to records that do not exist', 'access/verdicts', [
    'const denial = target ? absence(target, viewer, rule.coordinate) : null;',
    'const denial = null;',
  ]),
  policy('the refusal of lists of records that do not exist', 'access/verdicts', [
    'return record ? { ...nothing, denial: absence(record, viewer, coordinate) } : nothing;',
    'return nothing;',
  ]),
  policy(
    'the rule of root fields that departments wrote',
    ['access/verdicts', 'access/surfaces'],
    ["if (own && sightOf(own, viewer).outcome !== 'CLEAR')", 'if (false as boolean)'],
  ),
  policy('the rule of records in payloads', 'access/payloads', [
    'if (carried) return { ...nothing, denial: absence(carried, viewer, coordinate) };',
    'if (carried) return nothing;',
  ]),
  policy('the silence of secret records', 'access/verdicts', ['!group || group.secret ||', '!group ||']),
  shield(
    'the rule at every field',
    ['access/surfaces', 'access/payloads'],
    [
      'policy.verdict(type, field, context.viewer.viewer).denial === null,',
      'true || policy.verdict(type, field, context.viewer.viewer) === null,',
    ],
  ),
  shield('the rule at filters and orders', 'access/filters', [
    '!info.fieldNodes.some((node) => context.access.denied.has(node)),',
    'true || !info.fieldNodes.some((node) => context.access.denied.has(node)),',
  ]),
  execution('the shielded schema', 'access/lists', [
    'const schema = access.allowed ? this.#bare : this.#shielded;',
    'const schema = access.allowed || this.#shielded ? this.#bare : this.#shielded;',
  ]),
  execution(
    'the purpose',
    ['access/purpose-surfaces', 'access/payloads'],
    [
      'const refusal = access.readsPersons ? this.#purposeRefusal(context) : null;',
      'const refusal = access.readsPersons && false ? this.#purposeRefusal(context) : null;',
    ],
  ),
  execution("introspection of the viewer's own schema", 'http/viewer-schemas', [
    'if (!parts) return this.#run(reading, context);',
    'if (!parts || reading) return this.#run(reading, context);',
  ]),
  pointsOf('src/graph/check/purpose-check.ts')('the clause that opens a purpose', 'access/verdicts', [
    'if (purpose !== null && purposes.clause(purpose, viewer) !== undefined) return null;',
    'if (purpose !== null) return null;',
  ]),
  persons('persons in parts of records', 'access/purpose-surfaces', [
    'return above !== undefined && isPersonal(above, model);',
    'return above !== undefined && false && isPersonal(above, model);',
  ]),
  persons('persons as subjects', 'access/purpose-surfaces', ['|| subjects?.length', '']),
  persons('persons served', 'access/purpose-surfaces', ['|| serves?.length', '']),
  persons('persons of tasks', 'access/purpose-surfaces', [' || task ', ' ']),
  persons('secret records as personal ones', 'access/purpose-surfaces', [
    'rules.group?.secret || task',
    'task',
  ]),
];
