import { GraphQLError } from 'graphql';
import type { QueryResolvers, QueryStatisticsArgs } from '../generated/resolvers.ts';
import { subdistrictCodes } from '../identity/units.ts';
import type { Viewer } from '../identity/viewer.ts';
import { answeredCells, type StoredCell } from './answer.ts';
import { monthKey, mostKeys, type StatisticsPlan } from './plan.ts';
import { cellStatement, snapshotStatement } from './read.ts';

/** The most cells of one answer. */
const mostCells = 5000;

interface Snapshot {
  readonly month: string;
  readonly store: string;
  readonly asOf: string;
  readonly takenOn: string;
}

/**
 * The root field of statistics. The document check has already decided whether the viewer may ask for the
 * measure.
 */
export function statisticsResolvers(plan: StatisticsPlan): { Query: Pick<QueryResolvers, 'statistics'> } {
  return {
    Query: {
      async statistics(_root, args, { viewer, reads }) {
        const { measure } = args;
        const place = placeAsked(args, viewer);
        const keys = keysAsked(plan, args, place);
        const stores = [...new Set(plan.storesOf(measure))];
        const byMonth = args.by.includes('MONTH');
        const found = await reads.run<Snapshot>(snapshotStatement, {
          stores,
          since: byMonth ? (args.since ?? null) : (args.month ?? null),
          month: args.month ?? null,
        });
        const months = [...new Set(found.map(({ month }) => month))];
        const shown = byMonth ? months : months.slice(-1);
        const parts = plan.partsOf(measure);
        const cells = await reads.run<StoredCell>(cellStatement, {
          measures: parts,
          months: shown,
          keySet: keys.join(),
          place,
          limit: parts.length * mostCells + 1,
        });
        if (cells.length > parts.length * mostCells)
          throw fault(
            'TOO_MANY_CELLS',
            `An answer holds at most ${mostCells} cells. Ask for fewer months or keys.`,
            {
              limit: mostCells,
            },
          );
        return {
          measure,
          minimumCell: plan.minimumCell(measure),
          snapshots: found.filter(({ month }) => shown.includes(month)),
          cells: answeredCells(parts, keys, cells, (key) => plan.valuesOf(measure, key)),
        } as never;
      },
    },
  };
}

/** A sub-district's viewer gets its own sub-district and may ask for no other. */
function placeAsked({ subdistrict }: QueryStatisticsArgs, viewer: Viewer): string | null {
  const isKnown = subdistrict == null || subdistrictCodes.includes(subdistrict);
  if (!isKnown) throw fault('OUT_OF_SCOPE', 'There is no such sub-district or town here.', {});
  if (viewer.subdistrict === null) return subdistrict ?? null;
  if (subdistrict != null && subdistrict !== viewer.subdistrict)
    throw fault('OUT_OF_SCOPE', `${viewer.unit} gets the statistics of its own sub-district.`, {});
  return viewer.subdistrict;
}

/** The keys that tell the cells apart: the ones asked for, and the place where one was asked for. */
function keysAsked(
  plan: StatisticsPlan,
  { measure, by }: QueryStatisticsArgs,
  place: string | null,
): string[] {
  const asked = new Set<string>(by);
  if (asked.size > mostKeys)
    throw fault('TOO_MANY_KEYS', `Statistics are by at most ${mostKeys} keys.`, { limit: mostKeys });
  asked.delete(monthKey);
  if (place !== null) asked.add('SUBDISTRICT');
  const offered = plan.keySets(measure);
  if (!offered.some((set) => [...asked].every((key) => set.includes(key))))
    throw fault('KEYS_NOT_OFFERED', `${measure} is not published by these keys together.`, { offered });
  return plan.keys.filter((key) => asked.has(key));
}

const fault = (code: string, message: string, extensions: Record<string, unknown>) =>
  new GraphQLError(message, { extensions: { code, ...extensions } });
