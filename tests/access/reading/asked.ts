import type { ViewerCode } from '../../../src/identity/viewers.ts';
import { testDay } from '../../support/graph.ts';
import type { Coordinate } from './contract.ts';
import type { District } from './district.ts';

// Dossier §6.2, R2: a department that is asked for an opinion sees its own item, the application's number, kind and due
// day, and the applicant's name and sex, while the file is open. Of whom it has a row of its own it sees what its cells say.

/** What is shown for being asked, by record type; the way from the application to the own item among it. */
const shown: Readonly<Record<string, readonly string[]>> = {
  PermitApplication: ['applicationNo', 'permitType', 'dueOn', 'applicant', 'opinions'],
  Migrant: ['name', 'sex'],
};

/** Who gives opinions (dossier §3.2 DepartmentOpinion): others have a territory or a window, and see by it. */
const givers: ReadonlySet<ViewerCode> = new Set(['LSS', 'HLR', 'FPC']);

export const mayBeAsked = (viewer: ViewerCode, type: string): boolean => givers.has(viewer) && type in shown;

export const isShownWhenAsked = ({ type, name }: Pick<Coordinate, 'type' | 'name'>): boolean =>
  shown[type]?.includes(name) ?? false;

/** Ids of the records of a type that a unit is asked about today. */
export function askedAbout(district: District, viewer: ViewerCode, unit: string, type: string): Set<unknown> {
  if (!mayBeAsked(viewer, type)) return new Set();
  const open = district
    .rows('DepartmentOpinion')
    .filter((row) => row.authorUnit === unit)
    .filter(({ windowClosedOn: closed }) => closed === null || (closed as string) > testDay);
  return new Set(open.map((row) => (type === 'Migrant' ? row.applicantId : row.applicationId)));
}
