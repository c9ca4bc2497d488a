import { z } from 'zod';
import { AuthenticationError } from './authentication-error.ts';
import { claimWithControls, isPlainText } from './clean-claims.ts';
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
  readonly department: ViewerName;
  /** The unit the person acts for: the rights are those of this unit only. */
  readonly unit: string;
  /** Nine digits; null for a unit of the whole district. */
  readonly subdistrict: string | null;
  /** The unit's id when it is a police station. */
  readonly station: string | null;
  readonly posts: readonly PostFunction[];
  /** User id; for a coordinator the coordinator's id (uuid). */
  readonly person: string;
  /** As the issuer has it, for display; null where it says none. */
  readonly name: string | null;
  /** The application that the token was issued to, as its issuer names it; null where it says none. */
  readonly client: string | null;
  /** Whether documents of one's own may be sent (claim `explore`, or post ANALYST). */
  readonly explores: boolean;
}

const post = z.enum(postFunctions);

/** An id as it stands in the log: without characters that cannot be seen. */
const id = (longest: number) => z.string().min(1).max(longest).refine(isPlainText);

const claimsShape = z.object({
  sub: id(100),
  name: z.string().max(100).optional(),
  department: z.string(),
  unit: z.string(),
  posts: z.array(post).max(postFunctions.length).optional(),
  post: post.optional(),
  client: id(200).optional(),
  // The authorised party of OpenID Connect: what providers set by themselves.
  azp: id(200).optional(),
  explore: z.boolean().optional(),
});

/**
 * The viewer of verified claims `{ sub, name?, department, unit, posts | post, client | azp, explore }`. `department` is a viewer's
 * code or readable name, and must be one that can act for the unit: a concurrent post in another department
 * needs a token that names a unit of that department, and then has the rights of that unit alone.
 *
 * @throws AuthenticationError naming the claim, never its value.
 */
export function createViewer(claims: unknown): Viewer {
  const unclean = claimWithControls(claims);
  if (unclean !== undefined) throw invalid(unclean);
  const parsed = claimsShape.safeParse(claims);
  if (!parsed.success) throw invalid(String(parsed.error.issues[0]?.path[0] ?? 'claims'));
  const { sub, name, department, posts, post: single, client, azp, explore } = parsed.data;
  const held = [...new Set([...(posts ?? []), ...(single ? [single] : [])])];
  const entry = findViewer(department);
  if (!entry) throw invalid('department');
  const unit = findActingUnit(parsed.data.unit);
  if (!unit) throw invalid('unit');
  if (!unit.owners.includes(entry.code)) throw new AuthenticationError('UNIT_NOT_OF_DEPARTMENT');
  // A coordinator's rows are found by this id, and the store's column is a uuid.
  if (entry.kind === 'COORDINATOR' && !z.guid().safeParse(sub).success) throw invalid('sub');
  return Object.freeze({
    department: entry.name,
    unit: unit.id,
    subdistrict: unit.subdistrict,
    station: unit.station,
    posts: Object.freeze(held),
    person: sub,
    name: name || null,
    client: client ?? azp ?? null,
    explores: explore === true || held.includes('ANALYST'),
  });
}

const invalid = (claim: string) => new AuthenticationError('CLAIM_INVALID', { claim });
