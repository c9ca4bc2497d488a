import { randomBytes } from 'node:crypto';
import { GraphQLError, type OperationDefinitionNode } from 'graphql';
import { getOrMake } from '../../common/get-or-make.ts';
import type { Context } from '../context.ts';
import { decodeNodeId } from '../node-id.ts';
import { argumentsOf } from '../place-arguments.ts';
import { type ReadList, readList } from '../reads/list.ts';
import type { PageArguments } from '../reads/page.ts';
import { follow } from '../reads/relation.ts';
import type { RequestReads } from '../reads/request-reads.ts';
import { computedValues, type ReadSession, type Values } from '../reads/session.ts';
import type { RequestReading } from '../request-reading.ts';
import { conditionVariables } from './condition-variables.ts';
import { nonceParameter, withCursors } from './cursor-marks.ts';
import { faultsColumn } from './facts.ts';
import { FusedText } from './fused-text.ts';
import { type FusibleGraph, type FusionPlan, planFusion } from './plan.ts';
import type { PagePlace } from './shape.ts';
import { idOfRoot, prefixOf } from './sources.ts';
import { type FusedStatement, fusedStatement } from './statement.ts';
import { type FactRow, sizeOf, tellLog } from './tell-log.ts';

/**
 * An operation is fused when it, and its filters, orders and sizes, have been asked for so often: making the statement
 * costs more than three executions.
 */
const hotAfter = 2;
/** So often it takes the other road after a fault of the store: what fails once often fails again. */
const coolFor = 20;
/** Plans of one operation: one a class of viewers and the conditions of @skip and @include. */
const mostPlans = 60;
/** Shapes of filters, orders and sizes of one plan that are counted: who sends ever new ones gets no statement made. */
const mostShapes = 100;

/** What is known of an operation. */
interface Heat {
  count: number;
  readonly conditions: readonly string[];
  readonly plans: Map<string, FusionPlan | null>;
}

/** What the statement has answered, and what is left for the other road. */
export interface FusedAnswer {
  readonly data: ReadonlyMap<string, FusedText>;
  /** All response names in their order. */
  readonly names: readonly string[];
  readonly rest: FusionPlan['rest'];
}

type Lists = ReadonlyMap<PagePlace, ReadList>;

/**
 * Operations that PostgreSQL answers with one statement, which makes the JSON. It is used where nothing is refused and
 * nothing fails; whatever fails is answered by the other road, from the beginning.
 */
export class FusedDocuments {
  readonly #graph: FusibleGraph;
  readonly #from: number;
  // Lives as long as the document does in the server's bounded document store.
  readonly #heat = new WeakMap<OperationDefinitionNode, Heat>();

  /** @param from the execution of an operation from which on it is fused */
  constructor(graph: FusibleGraph, from: number = hotAfter) {
    this.#graph = graph;
    this.#from = from;
  }

  /** The answer, or undefined where the operation takes the other road. Nothing is counted or named then. */
  async answer(reading: RequestReading, { reads }: Context): Promise<FusedAnswer | undefined> {
    const heat = getOrMake(
      this.#heat,
      reading.operation,
      (): Heat => ({ count: 0, conditions: conditionVariables(reading), plans: new Map() }),
    );
    heat.count += 1;
    if (heat.count < this.#from) return undefined;
    const plan = this.#plan(heat, reading, reads.session);
    if (!plan) return undefined;
    try {
      return await this.#run(plan, reading, reads);
    } catch (error) {
      // The other road meets the same fault, and says what it is. One asker's bad cursor or id slows nobody else's down.
      if (!(error instanceof GraphQLError)) heat.count = this.#from - 1 - coolFor;
      return undefined;
    }
  }

  #plan({ conditions, plans }: Heat, reading: RequestReading, session: ReadSession): FusionPlan | null {
    const key = `${session.viewer.key}|${conditions.map((name) => String(reading.variables[name])).join()}`;
    const known = plans.get(key);
    if (known !== undefined) return known;
    if (plans.size >= mostPlans) plans.clear();
    const plan = planFusion(this.#graph, reading, session);
    plans.set(key, plan);
    return plan;
  }

  async #run(
    plan: FusionPlan,
    { variables }: RequestReading,
    reads: RequestReads,
  ): Promise<FusedAnswer | undefined> {
    const { session, sink, lookedFor, objects } = reads;
    const { engine } = session;
    if (plan.stores.some((store) => engine.isRefusing(store))) return undefined;
    const lists = await readLists(plan, variables, session);
    if (!lists) return undefined;
    const shapes = [...lists.values()].map(({ shape, size }) => `${shape}|${size}`).join('|');
    if (!this.#isHot(plan, shapes)) return undefined;
    const statement = session.statement(`fused|${plan.id}|${sink !== undefined}|${shapes}`, (context) =>
      fusedStatement(plan.stores[0]!, plan.roots, {
        engine,
        context,
        isShared: (name) => name in session.scope || name.includes('#'),
        lists,
        isNamed: (record, by) => sink?.namesRows(record, by) ?? false,
      }),
    );
    const nonce = randomBytes(12).toString('hex');
    const asked = idsOf(plan, variables);
    const values = {
      ...this.#computedValues(plan, variables),
      ...listValues(statement, lists),
      ...Object.fromEntries(asked.map(({ name, id }) => [idOfRoot(name), id])),
      [nonceParameter]: nonce,
    };
    const [rows] = await Promise.all([
      session.run<FactRow>(statement, values, plan.stores),
      ...[...lists.values()].map((list) => lookedFor?.asked(list.asked)),
    ]);
    const [row] = rows;
    if (!row || Number(row[faultsColumn] ?? 0) > 0) return undefined;
    // Also what a record that is not there is answered with is a matter of the other road.
    if (statement.roots.some(({ column }) => row[column] === null)) return undefined;
    const size = sizeOf(statement, row);
    if (Math.max(size.rows, size.objects) > objects.limit) return undefined;
    await tellLog(statement, row, lists, reads);
    objects.rows(size.rows, undefined);
    objects.add(size.objects, undefined);
    for (const { record, id } of asked) sink?.asked(record, id);
    const listOf = (page: number) => lists.get(statement.pages[page]!)!.context;
    const data = new Map(
      statement.roots.map(({ name, column }) => [
        name,
        new FusedText(withCursors(String(row[column]), nonce, listOf)),
      ]),
    );
    return { data, names: plan.names, rest: plan.rest };
  }

  #isHot({ seen }: FusionPlan, shapes: string): boolean {
    const count = (seen.get(shapes) ?? 0) + 1;
    if (seen.size >= mostShapes) seen.clear();
    seen.set(shapes, count);
    return count >= this.#from;
  }

  #computedValues({ places }: FusionPlan, variables: Values): Values {
    const info = { schema: this.#graph.schema, variableValues: variables as Record<string, unknown> };
    return Object.assign({}, ...places.map((place) => computedValues(place.selection, place.record, info)));
  }
}

/** The lists as the request wants them; undefined where one is read from its end. */
async function readLists(
  { pages }: FusionPlan,
  variables: Values,
  session: ReadSession,
): Promise<Lists | undefined> {
  const lists = new Map<PagePlace, ReadList>();
  for (const place of pages) {
    const args = argumentsOf(place.definition, place.node, variables) as PageArguments;
    const relation = place.field ? follow(session.engine, place.field).relation : null;
    const list = await readList(session, place.record, relation, args, false);
    if (list.reversed) return undefined;
    lists.set(place, list);
  }
  return lists;
}

function listValues({ pages }: FusedStatement, lists: Lists): Values {
  const values: Record<string, unknown> = {};
  pages.forEach((page, i) => {
    for (const [name, value] of Object.entries(lists.get(page)!.values)) values[prefixOf(i) + name] = value;
  });
  return values;
}

/** The records that root fields ask for. @throws BadId */
function idsOf({ roots }: FusionPlan, variables: Values) {
  return roots.flatMap((root) => {
    if (root.kind === 'page') return [];
    const { record } = root.place;
    const { id } = argumentsOf(root.definition, root.node, variables) as { id: string };
    return [{ name: root.name, record, id: decodeNodeId(id, record.name, record.keyType) }];
  });
}
