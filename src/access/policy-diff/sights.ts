import type { DocumentNode } from 'graphql';
import { orderValue } from '../../graph/sdl/derived.ts';
import { directiveArgument, fieldsWith } from '../../graph/sdl/directives.ts';
import { expandSdl } from '../../graph/sdl/expand.ts';
import { rootTypes } from '../../graph/sdl/root-types.ts';
import { type ViewerCode, viewers } from '../../identity/viewers.ts';
import { filterUses, orderUses } from '../arguments.ts';
import type { Matrix } from '../matrix.ts';
import { measureDenial, readMeasures } from '../measures.ts';
import { Policy, type Verdict } from '../policy.ts';
import type { ScopeLine } from '../row-scopes/table.ts';
import type { RuledRecord } from '../ruled-record.ts';
import { readRules } from '../rules.ts';
import { recordsOfSdl } from '../sdl-records.ts';
import { presenceOf } from '../sight.ts';

/** What a viewer gets: `FULL`, `MASKED NAME`, `MASKED NAME, own rows`, `own rows`; nothing stands for no access. */
type Sights = ReadonlyMap<ViewerCode, string>;

/** One revision of the contract. */
export interface Revision {
  readonly sdl: readonly DocumentNode[];
  readonly matrix: Matrix;
  /** The lines of `schema/row-scopes.tsv`; null of a revision that has none. */
  readonly rowScopes: readonly ScopeLine[] | null;
}

/** Each coordinate of a contract with what each viewer gets at it; only from SDL and matrix. */
export function sightsOf({ sdl, matrix }: Pick<Revision, 'sdl' | 'matrix'>): ReadonlyMap<string, Sights> {
  const { types } = expandSdl(sdl);
  const rules = readRules(types, matrix);
  const roots = [...rootTypes].flatMap((name) => [...(rules.get(name)?.fields.values() ?? [])]);
  const policy = new Policy(recordsOfSdl(types, rules), {
    roots: new Map(roots.map((rule) => [rule.coordinate, rule])),
  });
  const found = new Map<string, Sights>();
  const put = (coordinate: string, sight: (viewer: (typeof viewers)[number]) => string | null) => {
    const row = new Map<ViewerCode, string>();
    for (const viewer of viewers) {
      const text = sight(viewer);
      if (text !== null) row.set(viewer.code, text);
    }
    found.set(coordinate, row);
  };
  for (const { coordinate } of roots) {
    const [type = '', field = ''] = coordinate.split('.');
    put(coordinate, ({ name }) => outputText(policy.verdict(type, field, name)));
  }
  for (const rule of readMeasures(sdl, matrix).values())
    put(rule.coordinate, ({ name }) => (measureDenial(rule, name) ? null : 'FULL'));
  for (const record of policy.model.values()) {
    const exists = presence(record);
    for (const root of [record.one, record.many]) if (root) put(`Query.${root}`, exists);
    put(record.name, exists);
    for (const field of record.fields.values())
      if (field.kind !== 'id')
        put(field.rule.coordinate, (viewer) =>
          exists(viewer) === null ? null : outputText(policy.verdict(record.name, field.name, viewer.name)),
        );
    const type = types.get(record.name);
    if (!type) continue;
    for (const { name: node } of fieldsWith(type, 'filter')) {
      const parts = record.fields.get(node.value)?.parts;
      const open = (input: object, viewer: (typeof viewers)[number]) =>
        exists(viewer) !== null &&
        filterUses(policy, record, { [node.value]: input }, viewer.name).every((use) => !use.denial);
      const coordinate = `${record.name}Filter.${node.value}`;
      if (!parts) put(coordinate, (viewer) => (open({}, viewer) ? 'FULL' : null));
      for (const part of parts ?? [])
        put(`${coordinate}.${part.name}`, (viewer) => (open({ [part.name]: {} }, viewer) ? 'FULL' : null));
    }
    for (const field of fieldsWith(type, 'order')) {
      const value = orderValue(field.name.value, directiveArgument(field, 'order', 'of'));
      put(`${record.name}OrderField.${value}`, (viewer) =>
        exists(viewer) !== null &&
        orderUses(policy, record, { field: value }, viewer.name).every((use) => !use.denial)
          ? 'FULL'
          : null,
      );
    }
  }
  return found;
}

const presence =
  (record: RuledRecord) =>
  ({ name }: (typeof viewers)[number]): string | null => {
    const which = presenceOf(record.rules, name);
    if (which === 'NONE') return null;
    return which === 'OWN' ? 'own rows' : which === 'PUBLISHED' ? 'published fields' : 'FULL';
  };

function outputText({ denial, masked, own }: Verdict): string | null {
  if (denial) return null;
  const parts = [masked && `MASKED ${masked.mask}`, own && 'own rows'].filter((part) => part !== null);
  return parts.length === 0 ? 'FULL' : parts.join(', ');
}
