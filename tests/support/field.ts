import { encodeNodeId } from '../../src/graph/node-id.ts';
import { demoCoordinatorId } from '../../src/identity/personas.ts';
import type { Viewer } from '../../src/identity/viewer.ts';
import type { openDistrict } from './doing.ts';
import { viewerOf } from './graph.ts';

type District = Awaited<ReturnType<typeof openDistrict>>;

/** What a device says of one event. */
export interface SentEvent {
  readonly counter: number;
  readonly key: string;
  readonly kind: string;
  readonly task: string;
  readonly [more: string]: unknown;
}

/** What became of one event. */
export interface EventAnswer {
  readonly counter: number;
  readonly key: string;
  readonly state: string;
  readonly userErrors: readonly { readonly path: readonly string[]; readonly code: string }[];
  readonly effects: readonly { readonly effect: string; readonly store: string; readonly state: string }[];
  readonly records: {
    readonly coordinatorTask: { readonly id: string; readonly status: string } | null;
    readonly visit: { readonly id: string } | null;
    readonly fieldReport: { readonly id: string; readonly cause: string } | null;
  };
}

const document = `mutation($input: SyncVisitsInput!) { syncVisits(input: $input) { results { counter key state userErrors { path code message } effects { effect store state } records { coordinatorTask { id status } visit { id } fieldReport { id cause } } } } }`;

/** Sends a device's journal. @throws where the whole call is refused */
export async function sync(
  district: District,
  device: string,
  events: readonly SentEvent[],
  viewer: Viewer = viewerOf('COR'),
): Promise<readonly EventAnswer[]> {
  const sent = events.map((event) => ({ at: '2007-03-01T02:00:00Z', baseVersion: 2, ...event }));
  const { data, errors } = await district.graph.ask(viewer, document, { input: { device, events: sent } });
  if (!data?.syncVisits) throw new Error(errors.map(({ message }) => message).join('; '));
  return data.syncVisits.results;
}

/** A task at a place, given to the coordinator of the demonstration; its version is 2. */
export async function assignedTask(district: District, more: object = {}): Promise<string> {
  const sub = viewerOf('SUB');
  const made = await district.make(sub, 'issueTask', 'CoordinatorTask', {
    kind: 'DISEASE_PREVENTION',
    targetPlace: '示例路1弄口',
    neighbourhoodCode: '310107015001',
    dueOn: '2007-03-20',
    ...more,
  });
  if (!made.id) throw new Error(made.faults.join('; ') || made.code);
  const assignee = encodeNodeId('Coordinator', demoCoordinatorId);
  const given = await district.change(sub, 'assignTask', made.id, { assignee });
  if (!given.committed) throw new Error(given.faults.join('; ') || given.code);
  return made.id;
}
