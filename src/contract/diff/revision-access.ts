import type { DocumentNode } from 'graphql';
import { type ViewerCode, viewers } from '../../identity/viewers.ts';
import { AccessPlan } from '../compile/access-plan.ts';
import { type Answer, plannedCoordinates } from '../compile/planned-coordinates.ts';
import { recordsOfSdl } from '../compile/sdl-records.ts';
import { readMeasures } from '../policy/measures.ts';
import { readRules } from '../policy/rules.ts';
import { expandSdl } from '../sdl/expand.ts';
import { rootTypes } from '../sdl/root-types.ts';
import type { Matrix } from '../tables/matrix.ts';
import type { ScopeLine } from '../tables/row-scopes.ts';

/**
 * What a viewer gets: `FULL`, `MASKED NAME`, `MASKED NAME, own rows`, `own rows`. No entry means no access.
 */
type AccessTexts = ReadonlyMap<ViewerCode, string>;

/** One revision of the contract. */
export interface Revision {
  readonly sdl: readonly DocumentNode[];
  readonly matrix: Matrix;
  /** The lines of `schema/row-scopes.tsv`; null for a revision without that file. */
  readonly rowScopes: readonly ScopeLine[] | null;
}

/** Each coordinate of a contract with what each viewer gets there, from SDL and matrix alone. */
export function accessOf({
  sdl,
  matrix,
}: Pick<Revision, 'sdl' | 'matrix'>): ReadonlyMap<string, AccessTexts> {
  const { types } = expandSdl(sdl);
  const rules = readRules(types, matrix);
  const roots = [...rootTypes].flatMap((name) => [...(rules.get(name)?.fields.values() ?? [])]);
  const plan = new AccessPlan(recordsOfSdl(types, rules), {
    roots: new Map(roots.map((rule) => [rule.coordinate, rule])),
    measures: readMeasures(sdl, matrix),
  });
  return new Map(
    plannedCoordinates(plan, types).map(({ coordinate, answerOf }) => [
      coordinate,
      new Map(
        viewers.flatMap(({ code, name }) => {
          const text = textOf(answerOf(name));
          return text === null ? [] : [[code, text] as const];
        }),
      ),
    ]),
  );
}

function textOf({ kind, mask, own, published }: Answer): string | null {
  if (kind !== 'OPEN' && kind !== 'MASKED' && kind !== 'ROWS') return null;
  if (published) return 'published fields';
  const parts = [mask && `MASKED ${mask}`, own && 'own rows'].filter(Boolean);
  return parts.length === 0 ? 'FULL' : parts.join(', ');
}
