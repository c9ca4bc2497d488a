import { z } from 'zod';
import { findViewerByCode, type ViewerEntry, type ViewerName, viewers } from './viewers.ts';

/** What a post lets its holder do beyond its unit's view (dossier §3.21). */
export const postFunctions = [
  'REGISTRAR',
  'WINDOW',
  'FP_OFFICER',
  'CASE_OFFICER',
  'YOUTH_OFFICER',
  'ANALYST',
  'AUDITOR',
  'FINANCE',
  'HR',
  'COORDINATOR',
] as const;
export type PostFunction = (typeof postFunctions)[number];

/**
 * Who asks: made here only, from verified claims, and never changed during a request. A concurrent post gives
 * only the rights of the unit one acts for (clauses II-2b, IV-1).
 */
export interface Viewer {
  readonly viewer: ViewerName;
  /** The acting unit, e.g. `PT-SUB-015`. */
  readonly unit: string;
  /** Nine-digit code of the unit's sub-district or town; null for the district. */
  readonly subdistrict: string | null;
  /** The police station's unit, e.g. `PT-STN-015-1`. */
  readonly station: string | null;
  readonly posts: readonly PostFunction[];
  /** User id; for a coordinator the coordinator's id. */
  readonly person: string;
  readonly name: string;
}

/** The six sub-districts and three towns of 2007 by the last three digits of their codes (dossier §4.2). */
export const subdistrictNumbers = ['005', '014', '015', '016', '017', '020', '101', '102', '103'] as const;
/** Those with two police stations. */
const twoStations = new Set(['015', '102', '103']);

/** The acting units of a viewer. */
export function unitsOf({ code, kind }: ViewerEntry): readonly string[] {
  switch (kind) {
    case 'DISTRICT':
      return [`PT-${code}`];
    case 'SUBDISTRICT':
      return subdistrictNumbers.flatMap((n) => [`PT-SUB-${n}`, `PT-SPO-${n}`]);
    case 'RECEPTION_CENTRE':
      return subdistrictNumbers.map((n) => `PT-CAC-${n}`);
    case 'POLICE_STATION':
      return subdistrictNumbers.flatMap((n) => [
        `PT-STN-${n}-1`,
        ...(twoStations.has(n) ? [`PT-STN-${n}-2`] : []),
      ]);
    case 'SOCIETY':
      return ['PT-SVC', ...subdistrictNumbers.map((n) => `PT-SVB-${n}`)];
    case 'COORDINATOR':
      return subdistrictNumbers.map((n) => `PT-SVB-${n}`);
  }
}

/** Claims of a token beside the registered ones. */
const claimsForm = z.object({
  /** Code of the department one acts for: it must be the one the unit belongs to. */
  department: z.string(),
  unit: z.string(),
  posts: z.array(z.enum(postFunctions)).default([]),
  sub: z.string().min(1).max(100),
  name: z.string().max(50).default(''),
});

/**
 * The viewer of verified claims `{ department, unit, posts, sub, name }`.
 * @throws Error with one sentence that names the claim at fault, not its value.
 */
export function viewerFromClaims(claims: unknown): Viewer {
  const parsed = claimsForm.safeParse(claims);
  if (!parsed.success)
    throw new Error(
      `The token's claim ${String(parsed.error.issues[0]?.path[0])} is missing or of the wrong form.`,
    );
  const { department, unit, posts, sub, name } = parsed.data;
  const entry = findViewerByCode(department);
  if (!entry) throw new Error("The token's claim department names no viewer.");
  if (!unitsOf(entry).includes(unit)) throw new Error("The token's claim unit is no unit of its department.");
  const number = /^PT-[A-Z]{3}-(\d{3})/.exec(unit)?.[1];
  return Object.freeze({
    viewer: entry.name,
    unit,
    subdistrict: number ? `310107${number}` : null,
    station: entry.kind === 'POLICE_STATION' ? unit : null,
    posts: Object.freeze(posts),
    person: sub,
    name,
  });
}

/** The viewer entry of a unit's department, for tools that are given a code. */
export const viewerCodes = viewers.map((v) => v.code);
