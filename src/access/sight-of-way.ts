import type { ViewerName } from '../identity/viewers.ts';
import type { RuledRecords } from './ruled-record.ts';
import type { FieldRule } from './rules.ts';
import { presenceOf, type Sight, sightOf } from './sight.ts';

/**
 * What a viewer sees of a way to other records: nothing where those do not exist for it. A way to secret records stays
 * and ends at nothing.
 */
export function sightOfWay(rule: FieldRule, target: string, viewer: ViewerName, model: RuledRecords): Sight {
  const rules = model.get(target)?.rules;
  const isClosed = rules && presenceOf(rules, viewer) === 'NONE' && !rules.group?.secret;
  return isClosed ? { outcome: 'HIDDEN', mask: null, own: false } : sightOf(rule, viewer);
}
