import { z } from 'zod';
import { AuthenticationError } from './authentication-error.ts';
import { findActingUnit } from './units.ts';
import { findViewer, type ViewerName } from './viewers.ts';

/** What a person does in the acting unit (dossier §3.21, `UserAccount.functions`). */
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

/** Who asks. Made only here, from verified claims; never changed during a request. */
export interface Viewer {
  readonly viewer: ViewerName;
  /** The unit the person acts for: the rights are those of this unit only. */
  readonly unit: string;
  /** Nine digits; null for a unit of the whole district. */
  readonly subdistrict: string | null;
  /** The unit's id when it is a police station. */
  readonly station: string | null;
  readonly posts: readonly PostFunction[];
  /** User id; for a coordinator the coordinator's id (uuid). */
  readonly person: string;
  readonly name: string;
  /** The application that the token was issued to, as its issuer names it; null where it says none. */
  readonly client: string | null;
  /** Whether documents of one's own may be sent (claim `explore`, or post ANALYST). */
  readonly explores: boolean;
}

const post = z.enum(postFunctions);

const claimsShape = z.object({
  sub: z.string().min(1).max(100),
  name: z.string().min(1).max(100),
  department: z.string(),
  unit: z.string(),
  posts: z.array(post).max(postFunctions.length).optional(),
  post: post.optional(),
  client: z.string().min(1).max(200).optional(),
  // The authorised party of OpenID Connect: what providers set by themselves.
  azp: z.string().min(1).max(200).optional(),
  explore: z.boolean().optional(),
});

/**
 * The viewer of verified claims `{ sub, name, department, unit, posts | post, client | azp, explore }`. `department` is a viewer's
 * code or readable name, and must be one that can act for the unit: a concurrent post in another department
 * needs a token that names a unit of that department, and then has the rights of that unit alone.
 *
 * @throws AuthenticationError naming the claim, never its value.
 */
export function createViewer(claims: unknown): Viewer {
  const parsed = claimsShape.safeParse(claims);
  if (!parsed.success) {
    throw new AuthenticationError('CLAIM_INVALID', String(parsed.error.issues[0]?.path[0] ?? 'claims'));
  }
  const { sub, name, department, posts, post: single, client, azp, explore } = parsed.data;
  const held = [...new Set([...(posts ?? []), ...(single ? [single] : [])])];
  const entry = findViewer(department);
  if (!entry) throw new AuthenticationError('CLAIM_INVALID', 'department');
  const unit = findActingUnit(parsed.data.unit);
  if (!unit) throw new AuthenticationError('CLAIM_INVALID', 'unit');
  if (!unit.owners.includes(entry.code)) throw new AuthenticationError('UNIT_NOT_OF_DEPARTMENT');
  // A coordinator's rows are found by this id, and the store's column is a uuid.
  if (entry.kind === 'COORDINATOR' && !z.guid().safeParse(sub).success) {
    throw new AuthenticationError('CLAIM_INVALID', 'sub');
  }
  return Object.freeze({
    viewer: entry.name,
    unit: unit.id,
    subdistrict: unit.subdistrict,
    station: unit.station,
    posts: Object.freeze(held),
    person: sub,
    name,
    client: client ?? azp ?? null,
    explores: explore === true || held.includes('ANALYST'),
  });
}
