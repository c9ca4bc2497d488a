import type { AccessPlan } from '../../contract/compile/access-plan.ts';
import { productWorkingDays } from '../../contract/deadlines/working-days.ts';
import type { DoingPlan } from '../../contract/doing/doing-plan.ts';
import type { Model } from '../../contract/model/record.ts';
import type { CarryAtOnce } from '../../database/copies/carry-at-once.ts';
import type { Pools } from '../../store/pools.ts';
import type { ExportReader } from '../exports/export-reader.ts';
import type { ReadEngine } from '../reads/engine.ts';
import { ByItself } from './by-itself.ts';
import { Outbox } from './outbox.ts';
import { Performer } from './performer.ts';
import { SystemDoer } from './system-doer.ts';

/** Those who do: what mutations ask, what follows, what happens by itself. */
export interface Doers {
  readonly performer: Performer;
  readonly outbox: Outbox;
  readonly system: SystemDoer;
  readonly byItself: ByItself;
}

export interface DoerParts {
  readonly graph: {
    readonly doing: DoingPlan | undefined;
    readonly model: Model;
    readonly accessPlan: AccessPlan;
    readonly exports: ExportReader;
  };
  readonly engine: ReadEngine;
  readonly pools: Pools;
  /** Lets what is written be seen at once where several servers hold the stores; nothing is done without it. */
  readonly carryAtOnce?: CarryAtOnce | undefined;
  /** Told of an effect that fails by itself; no values. */
  readonly onFailure?: (effect: string, code: string) => void;
  /** Told of each record that a mutation has written. */
  readonly onDone?: (record: string, id: string) => void;
}

/** @returns undefined where nothing can be done */
export function createDoers({
  graph,
  engine,
  pools,
  carryAtOnce,
  onFailure = () => {},
  onDone,
}: DoerParts): Doers | undefined {
  const { doing: plan, model, accessPlan, exports } = graph;
  if (!plan) return undefined;
  const parts = { plan, model, calendar: productWorkingDays() };
  const system = new SystemDoer(parts, engine, pools);
  const stores = [
    ...new Map(
      [...plan.records.values()].map(({ record: { store } }) => [pools.serverOf(store), store]),
    ).values(),
  ];
  const outbox = new Outbox({ plan, pools, system, stores, onFailure });
  return {
    performer: new Performer({ ...parts, accessPlan, exports, outbox, system, carryAtOnce, onDone }),
    outbox,
    system,
    byItself: new ByItself(plan, system, () => engine.today(), onFailure),
  };
}
