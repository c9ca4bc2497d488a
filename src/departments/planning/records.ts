import type { RecordSource } from '../department.ts';
import * as t from './tables.ts';

/** Where plans and studies are stored: of the whole district, bound to no place. */
export const records: Readonly<Record<string, RecordSource>> = {
  DevelopmentPlanItem: {
    table: t.developmentPlanItems,
    defaultOrder: { column: t.developmentPlanItems.year, direction: 'desc' },
  },
  PopulationStudy: {
    table: t.populationStudies,
    defaultOrder: { column: t.populationStudies.startsOn, direction: 'desc' },
  },
};
