import type { RecordModel } from '../../contract/model/record.ts';
import { placeBoundOf, placeOfColumn } from '../../database/rows/place-bound.ts';
import { stationIds, subdistrictCodes } from '../../identity/units.ts';
import { placeOutOfScope } from '../read-errors.ts';
import type { Condition, Filter } from './filter.ts';
import type { ReadSession } from './session.ts';
import { areasStatement } from './statement.ts';

/** A place that a filter names: a code, or the beginning of one. */
interface AskedPlace {
  readonly record: RecordModel;
  readonly coordinate: string;
  readonly level: 'SUBDISTRICT' | 'STATION' | 'NEIGHBOURHOOD';
  readonly code: string;
  readonly isPrefix: boolean;
}

/**
 * Refuses a filter that names a place which does not exist or is beyond the viewer's own (dossier §7.2, 4): an empty
 * list would say that nobody is there. It depends on the code and the viewer, never on rows about persons.
 * @throws OutOfScope
 */
export async function checkPlaces(record: RecordModel, filter: Filter, session: ReadSession): Promise<void> {
  for (const place of askedPlaces(record, filter))
    if (!(await exists(place, session)) || !(await isWithin(place, session)))
      throw placeOutOfScope(session.scope.unit, place.coordinate);
}

function* askedPlaces(record: RecordModel, { condition, values }: Filter): Generator<AskedPlace> {
  yield* collect(record, condition);

  function* collect(at: RecordModel, part: Condition): Generator<AskedPlace> {
    if (part.kind === 'and' || part.kind === 'or') for (const inner of part.parts) yield* collect(at, inner);
    else if (part.kind === 'not') yield* collect(at, part.part);
    else if (part.kind === 'related') yield* collect(part.record, part.part);
    else if (part.kind === 'compare' && part.operand.kind === 'column' && part.operand.coordinate) {
      const { operator, operand } = part;
      if (operator !== 'eq' && operator !== 'in' && operator !== 'startsWith') return;
      for (const field of at.fields.values()) {
        if (field.kind !== 'column' || field.rule.coordinate !== operand.coordinate) continue;
        const level = placeOfColumn(at.source.scope, field.column);
        if (!level) return;
        const coordinate = `${at.name}Filter.${field.name}`;
        for (const code of [values[part.slot]].flat())
          if (code != null)
            yield { record: at, coordinate, level, code: String(code), isPrefix: operator === 'startsWith' };
      }
    }
  }
}

function exists({ level, code, isPrefix }: AskedPlace, { engine }: ReadSession): Promise<boolean> | boolean {
  const matches = (known: string) => (isPrefix ? known.startsWith(code) : known === code);
  if (level === 'SUBDISTRICT') return subdistrictCodes.some(matches);
  if (level === 'STATION') return stationIds.some(matches);
  if (!isPrefix && code.length !== 12) return false;
  if (!subdistrictCodes.some((own) => own.startsWith(code.slice(0, 9)))) return false;
  return engine.places?.has(code) ?? true;
}

async function isWithin(
  { record, level, code, isPrefix }: AskedPlace,
  session: ReadSession,
): Promise<boolean> {
  const { viewer, scope, engine } = session;
  const { rules, source, access } = record;
  const { rows } = access[viewer.department];
  const bound = placeBoundOf(source.scope, viewer, rows, rules.group?.secret === true);
  if (bound === null || scope.subdistrict === null) return true;
  const reaches = (own: string) => (isPrefix ? own.startsWith(code) || code.startsWith(own) : own === code);
  if (level === 'SUBDISTRICT') return reaches(scope.subdistrict);
  if (level === 'STATION') return bound !== 'STATION' || scope.station === null || reaches(scope.station);
  if (bound === 'AREA') {
    const statement = session.statement(`areas|${record.store}`, () => areasStatement(record.store));
    const areas = await session.run<{ code: string }>(statement, {});
    return areas.some((area) => (isPrefix ? area.code.startsWith(code) : area.code === code));
  }
  const inSubdistrict = isPrefix ? reaches(scope.subdistrict) : code.startsWith(scope.subdistrict);
  if (!inSubdistrict) return false;
  return bound !== 'STATION' || scope.station === null || (engine.places?.has(code, scope.station) ?? true);
}
