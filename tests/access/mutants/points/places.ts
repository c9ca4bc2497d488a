import { pointsOf } from './point.ts';

const denied = pointsOf('denied-places.ts');
const refused = pointsOf('refused-places.ts');
const shield = pointsOf('shield.ts');
const order = pointsOf('answer-order.ts');
const asked = pointsOf('asked-places.ts');
const known = pointsOf('known-places.ts');
const bound = pointsOf('place-bound.ts');
const list = pointsOf('list.ts');
const refusals = 'graph/denied-places';
const places = 'graph/places-asked';

/** Refused places of an answer, each with its entry, and places of the district that a filter may not name. */
export const placed = [
  shield('the note of a refused place', refusals, [
    'refuse',
    '($context as Partial<$ShieldContext>).$refused?.add($info);',
    '',
  ]),
  refused('the bound of refused places', refusals, [
    'add',
    'this.#$places.length < $mostRefusedPlaces',
    'true',
  ]),
  denied('the answer with too many refused places', refusals, [
    'withDeniedPlaces',
    'if ($refused.$isOverflowing) $$answer;',
    'if (false as boolean) $$answer;',
  ]),
  denied(
    'the silence of refused places in secret groups',
    ['access/lists', 'access/nested', 'access/secrets'],
    [
      'entriesOf',
      'if (!$denial.$silentlyRefused) $denials.set($denial.$coordinate, $denial);',
      '$denials.set($denial.$coordinate, $denial);',
    ],
  ),
  denied('refused places that are not in the answer', refusals, [
    'withDeniedPlaces',
    '[...$inAnswerOrder($data, [...$entries, ...$sharingCauses($errors)])]',
    '$inAnswerOrder($data, []) && [...$entries, ...$sharingCauses($errors)]',
  ]),
  denied('entries of refused places', refusals, [
    'withDeniedPlaces',
    'if ($all.length > 0) $out.$errors = $all;',
    'if ($errors.length > 0) $out.$errors = [...$errors];',
  ]),
  denied('the reason of what is refused', refusals, [
    'withDeniedPlaces',
    '[...$access.$denials, ...$errors.flatMap($thrownDenial)]',
    '$errors.flatMap($thrownDenial)',
  ]),
  denied('the reason of a refusal by id', refusals, [
    'withDeniedPlaces',
    '[...$access.$denials, ...$errors.flatMap($thrownDenial)]',
    '$access.$denials',
  ]),
  list('places that a filter names', places, [
    'readList',
    'if ($read) await $checkPlaces($record, $read, $session);',
    '',
  ]),
  asked('places that do not exist', places, [
    'checkPlaces',
    '!(await $exists($place, $session)) || !(await $isWithin($place, $session))',
    '!(await $isWithin($place, $session))',
  ]),
  asked('places of others', places, [
    'checkPlaces',
    '!(await $exists($place, $session)) || !(await $isWithin($place, $session))',
    '!(await $exists($place, $session))',
  ]),
  asked('places below and, or', places, [
    'askedPlaces',
    'for (const $inner of $part.$parts) yield* $collect($at, $inner);',
    'return;',
  ]),
  asked('places below not', places, ['askedPlaces', 'yield* $collect($at, $part.$part);', 'return;']),
  asked('places behind a relation', places, [
    'askedPlaces',
    'yield* $collect($part.$record, $part.$part);',
    'return;',
  ]),
  asked('beginnings of places', places, [
    'askedPlaces',
    "$operator !== 'eq' && $operator !== 'in' && $operator !== 'startsWith'",
    "$operator !== 'eq' && $operator !== 'in'",
  ]),
  asked('several places', places, [
    'askedPlaces',
    "$operator !== 'eq' && $operator !== 'in'",
    "$operator !== 'eq'",
  ]),
  asked('sub-districts that do not exist', places, [
    'exists',
    "if ($level === 'SUBDISTRICT') return $subdistrictCodes.some($matches);",
    "if ($level === 'SUBDISTRICT') return true;",
  ]),
  asked('stations that do not exist', places, [
    'exists',
    "if ($level === 'STATION') return $stationIds.some($matches);",
    "if ($level === 'STATION') return true;",
  ]),
  asked('codes that are no neighbourhood', places, [
    'exists',
    'if (!$isPrefix && $code.length !== 12) return false;',
    '',
  ]),
  asked('neighbourhoods of other districts', places, [
    'exists',
    'if (!$subdistrictCodes.some(($own) => $own.startsWith($code.slice(0, 9)))) return false;',
    '',
  ]),
  asked('neighbourhoods that no register knows', places, [
    'exists',
    '$engine.$places?.has($code) ?? true',
    '$engine.$places !== undefined',
  ]),
  asked('sub-districts of others', places, [
    'isWithin',
    'return $reaches($scope.$subdistrict);',
    'return true;',
  ]),
  asked('stations of others', places, [
    'isWithin',
    "$bound !== 'STATION' || $scope.$station === null || $reaches($scope.$station)",
    'true',
  ]),
  asked('neighbourhoods outside the area', places, [
    'isWithin',
    '$areas.some(($area) => ($isPrefix ? $area.$code.startsWith($code) : $area.$code === $code))',
    '$areas.length > 0',
  ]),
  asked('neighbourhoods of other sub-districts', places, [
    'isWithin',
    'if (!$inSubdistrict) return false;',
    '',
  ]),
  asked('neighbourhoods of other stations', places, [
    'isWithin',
    "$bound !== 'STATION' || $scope.$station === null || ($engine.$places?.has($code, $scope.$station) ?? true)",
    'true',
  ]),
  bound('the station as a place', places, [
    'placeBoundOf',
    "$territory.$station ? 'STATION' : 'SUBDISTRICT'",
    "'SUBDISTRICT'",
  ]),
  bound('the area as a place', places, [
    'placeBoundOf',
    "$territory.$neighbourhood ? 'AREA' : 'SUBDISTRICT'",
    "'SUBDISTRICT'",
  ]),
  known('neighbourhoods known by whom nobody may find', places, [
    '#isLivedIn',
    '`… and not "${$shielded.$name}" limit 1`',
    '`… limit 1`',
  ]),
  known('neighbourhoods known by records of persons', places, [
    'constructor',
    '!$persons.has($name)',
    '$persons.has($name)',
  ]),
  known('neighbourhoods of the station', places, [
    '#finds',
    '$code.startsWith($prefix) && ($station === undefined || $stations.has($station))',
    '$code.startsWith($prefix)',
  ]),
  known('the station of whom is registered in a neighbourhood', places, [
    '#isLivedIn',
    '$station ? [$station] : []',
    '[]',
  ]),
  order('entries below a null', refusals, ['walk', '!($error instanceof $DenialError)', '$error']),
];
