import type { Viewer } from '../../../src/identity/viewer.ts';
import { getViewer } from '../../../src/identity/viewers.ts';
import type { District, RawRow } from '../../access/reading/district.ts';
import type { Scope } from '../../access/reading/scope.ts';
import type { Row, Territory } from './machines.ts';

const among = (value: unknown, one: string | null): boolean =>
  one !== null && one !== '' && (Array.isArray(value) ? value.includes(one) : value === one);

/** Whether a territory rule holds for a stored row, in plain JavaScript. */
export function holdsFor(
  { kind, property }: Territory,
  type: string,
  row: RawRow,
  viewer: Viewer,
  scope: Scope,
  district: District,
): boolean {
  const { place } = district.scope(type);
  switch (kind) {
    case 'everywhere':
      // A branch of the society is not the society.
      return getViewer(viewer.department).kind === 'DISTRICT' || viewer.unit === 'PT-SVC';
    case 'subdistrict':
      return place !== undefined && among(row[place.subdistrict], viewer.subdistrict);
    case 'station':
      return place?.station !== undefined && among(row[place.station], viewer.station);
    case 'neighbourhood':
      return (
        place?.neighbourhood !== undefined &&
        district.areas.some(
          (a) => a.holder === viewer.person && a.neighbourhood === row[place.neighbourhood!],
        )
      );
    case 'unit':
      return among(row[property], viewer.unit);
    case 'person':
      return among(row[property], viewer.person);
    case 'own':
      return scope.isOwn(type, row);
    default:
      throw new Error(`No territory rule ${kind}.`);
  }
}

/** Whether an actor may act on a stored row along a row of the table, its state and the actor's post apart. */
export const isWithin = (
  row: Row,
  stored: RawRow,
  viewer: Viewer,
  scope: Scope,
  district: District,
): boolean => row.territory.some((rule) => holdsFor(rule, row.record, stored, viewer, scope, district));
