import { type DoingPlan, transitionsFor } from '../../contract/doing/doing-plan.ts';
import type { Model } from '../../contract/model/record.ts';
import { type ViewerName, viewers } from '../../identity/viewers.ts';

/**
 * The viewers with rows of single persons. Their connections must say which person asks: coordinators, who
 * have areas and tasks, and viewers with records that name a user of theirs, such as a youth officer. All
 * persons of another unit share its connections.
 */
export function personViewers(model: Model, doing?: DoingPlan): ReadonlySet<ViewerName> {
  const found = new Set<ViewerName>();
  for (const { name, kind } of viewers) {
    // Coordinators have uuids as ids; users of the units do not.
    const namesUsers = [...model.values()].some(
      ({ access, source }) =>
        access[name].rows === 'OWN' && source.scope.persons?.some((column) => column.getSQLType() !== 'uuid'),
    );
    const actsAsPerson = rowsOf(doing, name).some(({ territory }) =>
      territory.some((rule) => rule.kind === 'person'),
    );
    if (kind === 'COORDINATOR' || namesUsers || actsAsPerson) found.add(name);
  }
  return found;
}

/** The viewers with rows, or with something to do, for a post. Their connections must say which posts the person has. */
export function postViewers(model: Model, doing?: DoingPlan): ReadonlySet<ViewerName> {
  const acting = viewers.filter(({ name }) => rowsOf(doing, name).some(({ posts }) => posts.length > 0));
  return new Set([
    ...[...model.values()].flatMap(({ source }) => source.scope.post?.viewer ?? []),
    ...acting.map(({ name }) => name),
  ]);
}

const rowsOf = (doing: DoingPlan | undefined, viewer: ViewerName) =>
  [...(doing?.records.values() ?? [])].flatMap((done) => transitionsFor(done, viewer));
