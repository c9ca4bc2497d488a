import { GraphQLError, parse } from 'graphql';
import { addDays } from '../../../contract/deadlines/working-days.ts';
import type { Context } from '../../../graph/context.ts';
import { instantOn } from '../../../graph/doing/instant.ts';

/** What a coordinator takes along, as the field `dayBundle` answers it. */
interface DayBundle {
  readonly day: string;
  readonly expiresAt: string;
  readonly tasks: number;
  readonly bundle: string;
  readonly keys: unknown;
}

// What the tasks need and no more; each value is shown, masked or refused as to a query of the coordinator's own.
const document = parse(
  `query DayBundle {
  coordinatorTasks(first: 100, filter: { status: { in: [ASSIGNED, IN_PROGRESS] } }, orderBy: { field: DUE_ON }) {
    nodes {
      id recordVersion kind priority status dueOn subdistrictCode neighbourhoodCode targetPlace
      visits(first: 5) { nodes { startedAt outcome note } }
      targetEmployer { id name }
      targetDwelling { ...home }
      targetMigrant {
        ...person
        currentRegistration { id status arrivedHereOn address { road lane building room } dwelling { ...home } }
      }
    }
  }
}
fragment person on Migrant { id name sex citizenIdNumber }
fragment home on Dwelling {
  id
  address { road lane building room }
  leases(first: 3, filter: { status: { eq: IN_FORCE } }) { nodes { id filingStatus } }
  registrations(first: 30) { nodes { id status arrivedHereOn person { ...person } } }
}`,
  { noLocation: true },
);

type Node = { readonly [field: string]: unknown };

/**
 * The own open tasks of the day, read as by any document of the coordinator's: masked, in scope, without shielded persons,
 * and in the log. It is signed, and ends with the district's day.
 * @throws NOT_YOURS for whoever starts no tasks
 */
export async function dayBundle({
  viewer,
  reads,
  ask,
  performer,
  bundleSigner,
}: Context): Promise<DayBundle> {
  const works = performer
    ?.doneRecord('CoordinatorTask')
    .transitions.some(({ event, viewers }) => event === 'start' && viewers.has(viewer.department));
  if (!works)
    throw new GraphQLError('Query.dayBundle: this is for coordinators.', {
      extensions: { code: 'NOT_YOURS', coordinate: 'Query.dayBundle' },
    });
  if (!ask || !bundleSigner) throw new Error('This program signs no bundles.');
  const { data, errors = [] } = await ask({ document });
  const nodes = (data?.coordinatorTasks as { nodes?: readonly Node[] } | null | undefined)?.nodes;
  const fault = errors.find(({ extensions }) => extensions?.code !== 'FORBIDDEN');
  // A bundle with a hole in it would be taken for all there is.
  if (fault || !nodes)
    throw new GraphQLError(fault?.message ?? 'The tasks of the day cannot be read.', {
      extensions: { ...(fault?.extensions ?? {}) },
    });
  const { today: day } = reads.session.scope;
  const expiresAt = new Date(`${addDays(day, 1)}T00:00:00+08:00`).toISOString();
  const signed = { person: viewer.person, at: instantOn(day), expiresAt };
  return {
    day,
    expiresAt,
    tasks: nodes.length,
    bundle: await bundleSigner.sign({ day, tasks: nodes }, signed),
    keys: bundleSigner.keys,
  };
}
