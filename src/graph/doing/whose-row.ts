import type { Transition } from '../../contract/doing/transition.ts';
import { ruleKey } from '../../database/doing/territory-sql.ts';
import type { Context } from '../context.ts';
import type { Standing } from './read-standing.ts';

/** Whether the acting person holds a post that the row asks for. */
export const hasPost = ({ posts }: Transition, { viewer }: Pick<Context, 'viewer'>): boolean =>
  posts.length === 0 || posts.some((post) => viewer.posts.includes(post));

/** Whether the row lets this actor act on a record that stands so. */
export const isMine = (row: Transition, { yours }: Standing, context: Pick<Context, 'viewer'>): boolean =>
  hasPost(row, context) && row.territory.some((rule) => yours.includes(ruleKey(rule)));
