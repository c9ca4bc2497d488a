import type { Model } from '../../contract/model/record.ts';
import { type ViewerName, viewers } from '../../identity/viewers.ts';

/**
 * The viewers of whom single persons have rows of their own, so that their connections must say which person asks:
 * coordinators with their areas and tasks, and those with records that name a user of theirs, such as a youth officer.
 * All persons of any other unit share its connections.
 */
export function personViewers(model: Model): ReadonlySet<ViewerName> {
  const found = new Set<ViewerName>();
  for (const { name, kind } of viewers) {
    // Coordinators have uuids, users of the units have not.
    const namesUsers = [...model.values()].some(
      ({ access, source }) =>
        access[name].rows === 'OWN' && source.scope.persons?.some((column) => column.getSQLType() !== 'uuid'),
    );
    if (kind === 'COORDINATOR' || namesUsers) found.add(name);
  }
  return found;
}

/** The viewers of whom some rows are for a post, so that their connections must say which posts the person has. */
export function postViewers(model: Model): ReadonlySet<ViewerName> {
  return new Set([...model.values()].flatMap(({ source }) => source.scope.post?.viewer ?? []));
}
