import { type ExecutionResult, GraphQLError } from 'graphql';
import { getOrMake } from '../../common/get-or-make.ts';
import { type Denial, DenialError, denialReason } from '../../contract/policy/denial.ts';
import type { ViewerName } from '../../identity/viewers.ts';
import { inAnswerOrder } from '../answer-order.ts';
import type { GrantOffer } from '../grants/offer.ts';
import type { DocumentAccess } from './document-access.ts';
import { mostRefusedPlaces, type RefusedPlace, type RefusedPlaces } from './refused-places.ts';

/**
 * An answer with its refusals. `errors` has an entry at each refused place, so that null there is never taken
 * for "not recorded". `extensions.access` names each coordinate once: refused with the reason, masked, or
 * shown in own rows only. A place that is not in the answer has no entry; a secret group has none anywhere.
 * @param offerOf the request for a grant that would open what a denial refuses
 * @returns TOO_MANY_DENIALS in place of an answer with too many refused places
 */
export function withDeniedPlaces(
  result: ExecutionResult,
  access: DocumentAccess,
  refused: RefusedPlaces,
  viewer: ViewerName,
  offerOf: (denial: Denial) => GrantOffer | undefined,
): ExecutionResult {
  const { data, errors = [] } = result;
  const { masked, own, granted = [] } = access;
  if (data === undefined) return result;
  if (
    access.allowed &&
    masked.length === 0 &&
    own.length === 0 &&
    errors.length === 0 &&
    granted.length === 0
  )
    return result;
  if (refused.isOverflowing) return { data: null, errors: [tooManyDenials()] };
  const entry = entryMaker(viewer);
  const entries = refused.places.flatMap((place) => entriesOf(place, access, entry));
  const all = [...inAnswerOrder(data, [...entries, ...sharingCauses(errors)])];
  const out: { -readonly [K in keyof ExecutionResult]: ExecutionResult[K] } = { data };
  if (all.length > 0) out.errors = all;
  const denials = new Map<string, Denial>();
  for (const denial of [...access.denials, ...errors.flatMap(thrownDenial)])
    getOrMake(denials, denial.coordinate, () => denial);
  if (denials.size > 0 || masked.length > 0 || own.length > 0 || granted.length > 0)
    out.extensions = {
      access: {
        denied: [...denials.values()].map((denial) => {
          const grant = offerOf(denial);
          return { ...denialReason(denial, viewer), ...(grant && { grant }) };
        }),
        masked: masked.map(({ coordinate, group, mask }) => ({ coordinate, group: group.name, mask })),
        ownRowsOnly: own.map(({ coordinate, group }) => ({ coordinate, group: group.name })),
        ...(granted.length > 0 && { granted }),
      },
    };
  return out;
}

/** One error for each coordinate; the errors of its places are made from it. */
function entryMaker(viewer: ViewerName): (denial: Denial) => DenialError {
  const made = new Map<string, DenialError>();
  return (denial) => getOrMake(made, denial.coordinate, () => new DenialError(denial, viewer));
}

/** One entry for each coordinate refused at the place: the field's own, or those of its arguments. */
function entriesOf(
  { path, fieldNodes }: RefusedPlace,
  access: DocumentAccess,
  entry: (denial: Denial) => DenialError,
) {
  const denials = new Map<string, Denial>();
  for (const node of fieldNodes)
    for (const denial of access.denied.get(node) ?? [])
      if (!denial.silentlyRefused) denials.set(denial.coordinate, denial);
  const steps: (string | number)[] = [];
  for (let at: RefusedPlace['path'] | undefined = path; at; at = at.prev) steps.push(at.key);
  steps.reverse();
  return [...denials.values()].map((denial) => entry(denial).at(steps));
}

/** The refusal that a read threw: an id named a type without rows for the viewer. */
function thrownDenial({ originalError }: GraphQLError): Denial[] {
  return originalError instanceof DenialError ? [originalError.denial] : [];
}

/**
 * A store that is down fails at each row below it, and each of these places gets an error. Equal faults share
 * their cause, so that the program reports one incident.
 */
function sharingCauses(errors: readonly GraphQLError[]): readonly GraphQLError[] {
  const causes = new Map<string, GraphQLError>();
  return errors.map((error) => {
    const field = (error.path ?? []).filter((step) => typeof step === 'string').join('.');
    const first = getOrMake(causes, `${field} ${error.extensions?.code} ${error.message}`, () => error);
    if (first === error || first.originalError === error.originalError) return error;
    const { message, locations, path, extensions } = error;
    const alike = new GraphQLError(message, { path, extensions, originalError: first.originalError });
    return locations ? Object.assign(alike, { locations }) : alike;
  });
}

const tooManyDenials = () =>
  new GraphQLError(
    `More than ${mostRefusedPlaces} places of the answer are refused. Ask for a smaller page, and leave out what its extensions.access.denied names.`,
    { extensions: { code: 'TOO_MANY_DENIALS', limit: mostRefusedPlaces } },
  );
