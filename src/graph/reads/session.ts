import type { GraphQLResolveInfo } from 'graphql';
import type { RecordModel } from '../../contract/model/record.ts';
import {
  type ScopeBindings,
  scopeBindings,
  type ViewerClass,
  viewerClassOf,
} from '../../database/rows/viewer-class.ts';
import type { Viewer } from '../../identity/viewer.ts';
import type { ConnectionIdentity } from '../../store/pools.ts';
import type { StatementTrace } from '../../store/statements.ts';
import { argumentsOf } from '../place-arguments.ts';
import type { ConditionContext } from './condition-sql.ts';
import type { ReadEngine } from './engine.ts';
import { maxPageSize } from './page.ts';
import type { Selection } from './selection.ts';
import type { Statement } from './statement.ts';

/** What a read needs to know of its place in the document. */
export type Info = Pick<
  GraphQLResolveInfo,
  'fieldNodes' | 'fragments' | 'path' | 'schema' | 'variableValues'
>;
/** Values of a statement's parameters by name. */
export type Values = Readonly<Record<string, unknown>>;

/** In whose name a request reads: the viewer's class, the row scope's parameters, the connections. */
export class ReadSession {
  readonly engine: ReadEngine;
  readonly viewer: ViewerClass;
  readonly scope: ScopeBindings;
  readonly context: ConditionContext;
  readonly #identity: ConnectionIdentity;
  readonly #trace: StatementTrace | undefined;
  /** Stores that are told who stands at the window, with how many persons that were. */
  readonly #told = new Map<string, Promise<void>>();

  /** Records of a page of a root list at the most. */
  readonly largestPage: number;

  constructor(
    engine: ReadEngine,
    viewer: Viewer,
    trace: StatementTrace | undefined,
    largestPage: number = maxPageSize,
  ) {
    this.engine = engine;
    this.largestPage = largestPage;
    this.viewer = viewerClassOf(viewer);
    this.scope = scopeBindings(viewer, engine.today());
    this.context = { model: engine.model, plan: engine.plan, viewer: this.viewer };
    this.#trace = trace;
    this.#identity = {
      viewer: viewer.department,
      unit: viewer.unit,
      subdistrict: viewer.subdistrict ?? '',
      station: viewer.station ?? '',
      holder: this.scope.holder,
      person: engine.personViewers.has(viewer.department) ? viewer.person : '',
      posts: engine.postViewers.has(viewer.department) ? [...viewer.posts].sort().join(',') : '',
      today: this.scope.today,
    };
  }

  /** The statement of a key for this class of viewers, made on first use. */
  statement<S extends Statement>(key: string, make: (context: ConditionContext) => S): S {
    return this.engine.statement(`${key}|${this.viewer.key}`, () => make(this.context));
  }

  /** @param stores that the statement reads, where it reads several */
  run<T>(statement: Statement, values: Values, stores?: readonly string[]): Promise<T[]> {
    const bound = { ...values, ...this.scope };
    const send = () => this.engine.run<T>(statement, this.#identity, bound, { trace: this.#trace, stores });
    return this.#present(statement.store)?.then(send) ?? send();
  }

  /** Whoever stands at the window stands there for stores of all servers; each is told before it is asked. */
  #present(store: string): Promise<void> | undefined {
    const { presented, unit } = this.scope;
    if (presented.length === 0 || this.viewer.kind !== 'RECEPTION_CENTRE') return undefined;
    const key = `${store} ${presented.length}`;
    const told = this.#told.get(key) ?? this.engine.present(store, unit, [...presented]);
    if (told) this.#told.set(key, told);
    return told;
  }
}

/** Arguments of derived fields: the same for every row of a place. */
export function computedValues(
  selection: Selection,
  record: RecordModel,
  info: Pick<Info, 'schema' | 'variableValues'>,
): Values {
  if (selection.computed.length === 0) return {};
  const values: Record<string, unknown> = {};
  const type = info.schema.getType(record.name);
  for (const { field, node, property } of selection.computed) {
    const definition = type && 'getFields' in type ? type.getFields()[field.name] : undefined;
    if (!definition || !('args' in definition)) continue;
    for (const [name, value] of Object.entries(argumentsOf(definition, node, info.variableValues)))
      values[`${property}.${name}`] = value;
  }
  return values;
}
