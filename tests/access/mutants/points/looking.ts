import { pointsOf } from './point.ts';

const asked = pointsOf('src/graph/audited/looked-for.ts');
const subjects = pointsOf('src/graph/audited/asked-subjects.ts');
const looks = pointsOf('src/graph/audited/looks.ts');
const reads = pointsOf('src/graph/reads/request-reads.ts');
const persons = 'audit/looking-for-persons';
const ways = 'audit/looked-for';

/** Whom a request looks for stands in the access log, whatever came back. */
export const looking = [
  asked('the record in a cursor', persons, ['if (from !== undefined) this.#sink.asked(record, from);', '']),
  asked(
    'ids in a filter',
    [persons, ways],
    ['for (const asked of ids) this.#sink.asked(asked.record, asked.id);', ''],
  ),
  asked(
    'numbers in a filter',
    [persons, ways],
    ['numbers.map(async (', '[...numbers].slice(numbers.length).map(async ('],
  ),
  asked('a number that is presented', persons, [
    '.then((ids) => this.#found(record, ids), unavailable(record));',
    '.then((ids) => void ids, unavailable(record));',
  ]),
  asked(
    'what a filter tells of',
    [persons, ways],
    [
      'isBlind ? this.#look({ record, condition: nothing, parts: [] }, []) : this.#look(look, values),',
      'this.#look({ record, condition: nothing, parts: [] }, isBlind ? [] : values.slice(values.length)),',
    ],
  ),
  asked('the silence of looks for what is refused', persons, [
    'isBlind ? this.#look(',
    'isBlind ? Promise.resolve() : !look ? this.#look(',
  ]),
  asked('that many were looked for', persons, [
    'if (isMany(ids)) this.#sink.many(record);',
    'if (isMany(ids)) void record;',
  ]),
  asked('the few among many', persons, [
    'if (isMany(ids)) for (const part of parts) await this.#look(part, values);',
    'void parts;',
  ]),
  asked('the parents of a nested list', persons, [
    "within.push({ kind: 'keys', column: parents.column, list: false, quantifier: 'some', slot });",
    '',
  ]),
  asked('the bound of ways in one filter', persons, [
    'if (looks.length > mostLooks) throw tooManyLooks(mostLooks);',
    '',
  ]),
  asked('what cannot be looked up', persons, [
    'await this.#sink.readIds(holder.store, text, [[...values]]).catch(unavailable(holder)),',
    'await this.#sink.readIds(holder.store, text, [[...values]]).catch(() => []),',
  ]),
  reads('looks of a list', [persons, ways], ['await this.lookedFor?.matched(list.asked, page.isWhole);', '']),
  reads('looks of a nested list', persons, [
    'await this.lookedFor?.matched(asked, isWhole);',
    'void isWhole; void asked;',
  ]),
  reads('rows that a page leaves out', persons, [
    'await this.lookedFor?.matched(list.asked, page.isWhole);',
    'await this.lookedFor?.matched(list.asked, true);',
  ]),
  reads(
    'a record that is asked for by its id',
    ['audit/entries', persons],
    ['this.sink?.asked(record, key);', ''],
  ),
  reads('the answer of an empty list', persons, [
    'if (!blind && this.#exists(record)) this.sink?.answered();\n    this.sink?.read(record, page.nodes);',
    'this.sink?.read(record, page.nodes);',
  ]),
  subjects(
    'ids and numbers below and, or',
    [ways, persons],
    [
      "if (part.kind === 'and' || part.kind === 'or') for (const inner of part.parts) collect(at, inner);",
      "if (part.kind === 'and' || part.kind === 'or') return;",
    ],
  ),
  subjects(
    'ids and numbers below not',
    [ways, persons],
    ["else if (part.kind === 'not') collect(at, part.part);", "else if (part.kind === 'not') return;"],
  ),
  subjects(
    'ids and numbers behind a relation',
    [ways, persons],
    [
      "else if (part.kind === 'related') collect(part.record, part.part);",
      "else if (part.kind === 'related') return;",
    ],
  ),
  subjects(
    'ids and numbers among several',
    [ways, persons],
    ["(part.operator === 'eq' || part.operator === 'in')", "part.operator === 'eq'"],
  ),
  subjects('numbers that are unique', persons, [
    'return column.isUnique || personal.has(mask)',
    'return personal.has(mask)',
  ]),
  subjects('numbers of persons', persons, [
    'return column.isUnique || personal.has(mask)',
    'return column.isUnique',
  ]),
  looks(
    'what stands under not',
    [ways, persons],
    [
      "if (condition.kind === 'not') collect(at, condition.part, rest, looks);",
      "if (condition.kind === 'not') continue;",
    ],
  ),
  looks(
    'what stands under or',
    [ways, persons],
    [
      'for (const branch of condition.parts) collect(at, branch, rest, needed ? look.parts : null);',
      'continue;',
    ],
  ),
  looks(
    'what stands behind a relation',
    [ways, persons],
    ["else if (condition.kind === 'related') {", "else if (condition.kind === 'related' && !looks) {"],
  ),
  looks(
    'the rest of a filter beside a relation',
    [ways, persons],
    ['leadsBack ? [reversed(at, condition, rest)] : []', 'leadsBack ? [] : []'],
  ),
];
