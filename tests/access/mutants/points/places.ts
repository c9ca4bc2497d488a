import { pointsOf } from './point.ts';

const denied = pointsOf('src/graph/check/denied-places.ts');
const refused = pointsOf('src/graph/check/refused-places.ts');
const shield = pointsOf('src/graph/check/shield.ts');
const order = pointsOf('src/graph/answer-order.ts');
const asked = pointsOf('src/graph/reads/asked-places.ts');
const known = pointsOf('src/graph/reads/known-places.ts');
const bound = pointsOf('src/database/rows/place-bound.ts');
const list = pointsOf('src/graph/reads/list.ts');
const refusals = 'graph/denied-places';
const places = 'graph/places-asked';

/** Refused places of an answer, each with its entry, and places of the district that a filter may not name. */
export const placed = [
  shield('the note of a refused place', refusals, [
    '(context as Partial<ShieldContext>).refused?.add(info);',
    'void (context as Partial<ShieldContext>).refused; void info;',
  ]),
  refused('the bound of refused places', refusals, [
    'if (this.#places.length < mostRefusedPlaces) this.#places.push',
    'if (path) this.#places.push',
  ]),
  denied('the answer with too many refused places', refusals, [
    'if (refused.isOverflowing) return',
    'if (false as boolean) return',
  ]),
  denied(
    'the silence of refused places in secret groups',
    ['access/lists', 'access/nested', 'access/secrets'],
    [
      'if (!denial.silent) denials.set(denial.coordinate, denial);',
      'denials.set(denial.coordinate, denial);',
    ],
  ),
  denied('refused places that are not in the answer', refusals, [
    'const all = [...inAnswerOrder(data, [...entries, ...sharingCauses(errors)])];',
    'const all = inAnswerOrder(data, []) && [...entries, ...sharingCauses(errors)];',
  ]),
  denied('entries of refused places', refusals, [
    'if (all.length > 0) out.errors = all;',
    'if (errors.length > 0) out.errors = [...errors];',
  ]),
  denied('the reason of what is refused', refusals, [
    'for (const denial of [...access.denials, ...errors.flatMap(thrownDenial)])',
    'for (const denial of errors.flatMap(thrownDenial))',
  ]),
  denied('the reason of a refusal by id', refusals, [
    'for (const denial of [...access.denials, ...errors.flatMap(thrownDenial)])',
    'for (const denial of access.denials)',
  ]),
  list('places that a filter names', places, ['if (read) await checkPlaces(record, read, session);', '']),
  asked('places that do not exist', places, [
    'if (!(await exists(place, session)) || !(await isWithin(place, session)))',
    'if (!(await isWithin(place, session)))',
  ]),
  asked('places of others', places, [
    'if (!(await exists(place, session)) || !(await isWithin(place, session)))',
    'if (!(await exists(place, session)))',
  ]),
  asked('places below and, or', places, [
    "if (part.kind === 'and' || part.kind === 'or') for (const inner of part.parts) yield* collect(at, inner);",
    "if (part.kind === 'and' || part.kind === 'or') return;",
  ]),
  asked('places below not', places, [
    "else if (part.kind === 'not') yield* collect(at, part.part);",
    "else if (part.kind === 'not') return;",
  ]),
  asked('places behind a relation', places, [
    "else if (part.kind === 'related') yield* collect(part.record, part.part);",
    "else if (part.kind === 'related') return;",
  ]),
  asked('beginnings of places', places, [" && operator !== 'startsWith') return;", ') return;']),
  asked('several places', places, [" && operator !== 'in' && operator", ' && operator']),
  asked('sub-districts that do not exist', places, [
    "if (level === 'SUBDISTRICT') return subdistrictCodes.some(matches);",
    "if (level === 'SUBDISTRICT') return true;",
  ]),
  asked('stations that do not exist', places, [
    "if (level === 'STATION') return stationIds.some(matches);",
    "if (level === 'STATION') return true;",
  ]),
  asked('codes that are no neighbourhood', places, [
    'if (!isPrefix && code.length !== 12) return false;',
    '',
  ]),
  asked('neighbourhoods of other districts', places, [
    'if (!subdistrictCodes.some((own) => own.startsWith(code.slice(0, 9)))) return false;',
    '',
  ]),
  asked('neighbourhoods that no register knows', places, [
    'return engine.places?.has(code) ?? true;',
    'return engine.places !== undefined;',
  ]),
  asked('sub-districts of others', places, [
    "if (level === 'SUBDISTRICT') return reaches(scope.subdistrict);",
    "if (level === 'SUBDISTRICT') return true;",
  ]),
  asked('stations of others', places, [
    "return bound !== 'STATION' || scope.station === null || reaches(scope.station);",
    'return true;',
  ]),
  asked('neighbourhoods outside the area', places, [
    'return areas.some((area) => (isPrefix ? area.code.startsWith(code) : area.code === code));',
    'return areas.length > 0;',
  ]),
  asked('neighbourhoods of other sub-districts', places, ['if (!inSubdistrict) return false;', '']),
  asked('neighbourhoods of other stations', places, [
    "return bound !== 'STATION' || scope.station === null || (engine.places?.has(code, scope.station) ?? true);",
    'return true;',
  ]),
  bound('the station as a place', places, [
    "return territory.station ? 'STATION' : 'SUBDISTRICT';",
    "return 'SUBDISTRICT';",
  ]),
  bound('the area as a place', places, [
    "return territory.neighbourhood ? 'AREA' : 'SUBDISTRICT';",
    "return 'SUBDISTRICT';",
  ]),
  known('neighbourhoods known by whom nobody may find', places, [
    ' and not "${shielded.name}" limit 1',
    ' limit 1',
  ]),
  known('neighbourhoods known by records of persons', places, [
    '!persons.has(name) && source',
    'persons.has(name) && source',
  ]),
  known('neighbourhoods of the station', places, [
    'if (code.startsWith(prefix) && (station === undefined || stations.has(station))) return true;',
    'if (code.startsWith(prefix)) return true;',
  ]),
  known('the station of whom is registered in a neighbourhood', places, [
    '[[code], station ? [station] : []]',
    '[[code], []]',
  ]),
  order('entries below a null', refusals, [
    'if (isThere || !(error instanceof DenialError)) yield error;',
    'if (isThere || error) yield error;',
  ]),
];
