import { getOrMake } from '../../common/get-or-make.ts';
import { societyUnit } from '../../identity/holders.ts';
import type { Viewer } from '../../identity/viewer.ts';
import { getViewer, type ViewerKind, type ViewerName } from '../../identity/viewers.ts';

/**
 * Viewers whose statements have the same text and differ only in their parameters: one viewer of the matrix,
 * and for the coordinators' society whether it acts as the society or as one of its branches.
 */
export interface ViewerClass {
  readonly key: string;
  readonly department: ViewerName;
  readonly kind: ViewerKind;
  /** The society acts for itself, not for a branch. */
  readonly wholeSociety: boolean;
}

const classes = new Map<string, ViewerClass>();

/** The class of a viewer; the same object for all viewers of a class, so that it can be a cache key. */
export function viewerClassOf({ department, unit }: Pick<Viewer, 'department' | 'unit'>): ViewerClass {
  return classOf(department, unit === societyUnit);
}

/** The classes of a viewer of the matrix: one, and for the society two. */
export function classesOf(viewer: ViewerName): readonly ViewerClass[] {
  const branch = classOf(viewer, false);
  return branch.kind === 'SOCIETY' ? [classOf(viewer, true), branch] : [branch];
}

function classOf(department: ViewerName, wholeSociety: boolean): ViewerClass {
  const key = wholeSociety ? `${department}:society` : department;
  const { kind } = getViewer(department);
  return getOrMake(classes, key, () => ({ key, department, kind, wholeSociety }));
}

/** Parameters of the row scope: what differs between viewers of one class. */
export interface ScopeBindings {
  readonly holder: string;
  readonly unit: string;
  readonly subdistrict: string | null;
  readonly station: string | null;
  readonly person: string;
  /** What the viewer's posts let do. */
  readonly posts: readonly string[];
  /** The district's calendar day, YYYY-MM-DD. */
  readonly today: string;
  /** Ids of the persons who presented a number at the window in this request. */
  readonly presented: string[];
}

/** Whose links count as own: a coordinator's own person, everybody else's acting unit. */
export function scopeBindings(viewer: Viewer, today: string): ScopeBindings {
  const { unit, subdistrict, station, person, posts } = viewer;
  return {
    holder: getViewer(viewer.department).kind === 'COORDINATOR' ? person : unit,
    unit,
    subdistrict,
    station,
    person,
    posts,
    today,
    presented: [],
  };
}
