import { pointsOf } from './point.ts';

const asked = pointsOf('looked-for.ts');
const subjects = pointsOf('asked-subjects.ts');
const looks = pointsOf('looks.ts');
const reads = pointsOf('request-reads.ts');
const persons = 'audit/looking-for-persons';
const ways = 'audit/looked-for';

/** Whom a request looks for stands in the access log, whatever came back. */
export const looking = [
  asked('the record in a cursor', persons, [
    'asked',
    'if ($from !== undefined) this.#$sink.$asked($record, $from);',
    '',
  ]),
  asked(
    'ids in a filter',
    [persons, ways],
    ['asked', 'for (const $asked of $ids) this.#$sink.$asked($asked.$record, $asked.$id);', ''],
  ),
  asked(
    'numbers in a filter',
    [persons, ways],
    ['asked', '$numbers.map', '[...$numbers].slice($numbers.length).map'],
  ),
  asked('a number that is presented', persons, [
    'presented',
    '($ids) => this.#$found($record, $ids)',
    '($ids) => void $ids',
  ]),
  asked(
    'what a filter tells of',
    [persons, ways],
    [
      'matched',
      '$isSilentlyRefused ? this.#$look({ $record, $condition: $nothing, $parts: [] }, []) : this.#$look($look, $values)',
      'this.#$look({ $record, $condition: $nothing, $parts: [] }, $isSilentlyRefused ? [] : $values.slice($values.length))',
    ],
  ),
  asked('the silence of looks for what is refused', persons, [
    'matched',
    '$isSilentlyRefused ? this.#$look({ $record, $condition: $nothing, $parts: [] }, []) : this.#$look($look, $values)',
    '$isSilentlyRefused ? Promise.resolve() : !$look ? this.#$look({ $record, $condition: $nothing, $parts: [] }, []) : this.#$look($look, $values)',
  ]),
  asked('that many were looked for', persons, ['#found', 'this.#$sink.$many($record)', 'void $record']),
  asked('the few among many', persons, [
    '#look',
    'if ($isMany($ids)) for (const $part of $parts) await this.#$look($part, $values);',
    'void $parts;',
  ]),
  asked('the parents of a nested list', persons, [
    'matched',
    "$within.push({ $kind: 'keys', $column: $parents.$column, $quantifier: 'some', $slot: $values.length - 1 });",
    '',
  ]),
  asked('the bound of ways in one filter', persons, [
    'matched',
    'if ($looks.length > $mostLooks) throw $tooManyLooks($mostLooks);',
    '',
  ]),
  asked('what cannot be looked up', persons, ['asked', '$unavailable($holder)', '() => []']),
  reads(
    'looks of a list',
    [persons, ways],
    ['page', 'await this.$lookedFor?.$matched($list.$asked, $page.$isWhole);', ''],
  ),
  reads('looks of a nested list', persons, [
    'children',
    'await this.$lookedFor?.$matched($asked, $isWhole);',
    '',
  ]),
  reads('rows that a page leaves out', persons, [
    'page',
    'await this.$lookedFor?.$matched($list.$asked, $page.$isWhole);',
    'await this.$lookedFor?.$matched($list.$asked, true);',
  ]),
  reads(
    'a record that is asked for by its id',
    ['audit/entries', persons],
    ['one', 'this.$sink?.$asked($record, $key);', ''],
  ),
  reads('the answer of an empty list', persons, [
    'page',
    '{ $$$before; if (!$silentlyRefused && this.#$exists($record)) this.$sink?.$answered(); this.$sink?.$read($record, $page.$nodes); $$$after; }',
    '{ $$$before; this.$sink?.$read($record, $page.$nodes); $$$after; }',
  ]),
  subjects(
    'ids and numbers below and, or',
    [ways, persons],
    ['askedSubjects', 'for (const $inner of $part.$parts) $collect($at, $inner);', 'return;'],
  ),
  subjects(
    'ids and numbers below not',
    [ways, persons],
    ['askedSubjects', '$collect($at, $part.$part);', 'return;'],
  ),
  subjects(
    'ids and numbers behind a relation',
    [ways, persons],
    ['askedSubjects', '$collect($part.$record, $part.$part);', 'return;'],
  ),
  subjects(
    'ids and numbers among several',
    [ways, persons],
    ['askedSubjects', "$part.$operator === 'eq' || $part.$operator === 'in'", "$part.$operator === 'eq'"],
  ),
  subjects('numbers that are unique', persons, [
    'numberColumn',
    '$column.$isUnique || $personal.has($mask)',
    '$personal.has($mask)',
  ]),
  subjects('numbers of persons', persons, [
    'numberColumn',
    '$column.$isUnique || $personal.has($mask)',
    '$column.$isUnique',
  ]),
  looks(
    'what stands under not',
    [ways, persons],
    ['looksOf', '$collect($at, $condition.$part, $rest, $looks);', 'continue;'],
  ),
  looks(
    'what stands under or',
    [ways, persons],
    [
      'looksOf',
      'for (const $branch of $condition.$parts) $collect($at, $branch, $rest, $needed ? $look.$parts : null);',
      'continue;',
    ],
  ),
  looks(
    'what stands behind a relation',
    [ways, persons],
    ['looksOf', "$condition.$kind === 'related'", "$condition.$kind === 'related' && false"],
  ),
  looks(
    'the rest of a filter beside a relation',
    [ways, persons],
    ['looksOf', '[$reversed($at, $condition, $rest)]', '[]'],
  ),
];
