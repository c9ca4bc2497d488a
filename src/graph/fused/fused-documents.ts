import { randomBytes } from 'node:crypto';
import { type GraphQLSchema, Kind, type OperationDefinitionNode, visit } from 'graphql';
import { reachable } from '../../access/operation.ts';
import { presenceOf } from '../../access/sight.ts';
import { getOrMake } from '../../store/get-or-make.ts';
import type { Context } from '../context.ts';
import type { Model } from '../model/record.ts';
import { decodeNodeId } from '../node-id.ts';
import { argumentsOf } from '../place-arguments.ts';
import type { ReadList } from '../reads/list.ts';
import { readList } from '../reads/list.ts';
import type { PageArguments } from '../reads/page.ts';
import { follow } from '../reads/relation.ts';
import type { RequestReads } from '../reads/request-reads.ts';
import { computedValues } from '../reads/session.ts';
import type { RequestReading } from '../request-reading.ts';
import { FusedText } from './fused-text.ts';
import { type FusibleGraph, type FusionPlan, planFusion } from './plan.ts';
import type { PagePlace } from './shape.ts';
import {
  type FusedStatement,
  faultsColumn,
  fusedStatement,
  idOfRoot,
  nonceParameter,
  prefixOf,
} from './statement.ts';

/** An operation is fused when it has been executed so often: making the statement costs more than one execution. */
const hotAfter = 2;
/** So often it takes the other road after a fault: what fails once often fails again. */
const coolFor = 20;
/** Statements of one operation and class of viewers: one a shape of its filters, orders and cursors. */
const mostShapes = 20;

interface Plans {
  count: number;
  readonly conditions: readonly string[];
  readonly byConditions: Map<string, FusionPlan | null>;
  readonly statements: Map<string, FusedStatement>;
}

/** What the statement has answered, and what is left for the other road. */
export interface FusedAnswer {
  readonly data: ReadonlyMap<string, FusedText>;
  readonly names: readonly string[];
  readonly rest: FusionPlan['rest'];
}

type FactRow = Readonly<Record<string, string | number | null>>;

/**
 * Operations that PostgreSQL answers with one statement, which makes the JSON. It is used where nothing is refused and
 * nothing fails; whatever fails is answered by the other road, from the beginning.
 */
export class FusedDocuments {
  readonly #graph: FusibleGraph;
  // Lives as long as the document does in the server's bounded document store.
  readonly #plans = new WeakMap<OperationDefinitionNode, Plans>();

  /** @param written the fields that departments answer with resolvers of their own, as `Type.field` */
  constructor(schema: GraphQLSchema, model: Model, written: ReadonlySet<string>) {
    this.#graph = { schema, model, written };
  }

  /** The answer, or undefined where the operation takes the other road. Nothing is counted or named then. */
  async answer(reading: RequestReading, { reads }: Context): Promise<FusedAnswer | undefined> {
    const plans = getOrMake(
      this.#plans,
      reading.operation,
      (): Plans => ({
        count: 0,
        conditions: conditionsIn(reading),
        byConditions: new Map(),
        statements: new Map(),
      }),
    );
    plans.count += 1;
    if (plans.count < hotAfter) return undefined;
    const plan = this.#plan(plans, reading, reads);
    if (!plan) return undefined;
    try {
      return await this.#run(plans, plan, reading, reads);
    } catch (e) {
      if (process.env.FUSED_DEBUG) console.error(e);
      // The other road meets the same fault, and says what it is.
      plans.count = hotAfter - 1 - coolFor;
      return undefined;
    }
  }

  #plan(plans: Plans, reading: RequestReading, { session }: RequestReads): FusionPlan | undefined {
    const key = keyOf(plans, reading, session.viewer.key);
    const known = plans.byConditions.get(key);
    if (known !== undefined) return known ?? undefined;
    const { engine, viewer } = session;
    const plan = planFusion(this.#graph, reading, viewer.viewer, (a, b) => engine.sameServer(a, b));
    plans.byConditions.set(key, plan ?? null);
    return plan;
  }

  async #run(
    plans: Plans,
    plan: FusionPlan,
    reading: RequestReading,
    reads: RequestReads,
  ): Promise<FusedAnswer | undefined> {
    const { variables } = reading;
    const { session, sink, lookedFor, objects } = reads;
    const { engine } = session;
    const stores = [...new Set([...plan.records].map(({ store }) => store))];
    if (stores.some((store) => engine.isRefusing(store))) return undefined;
    const lists = new Map<PagePlace, ReadList>();
    for (const place of plan.pages) {
      const args = argumentsOf(place.definition, place.node, variables) as PageArguments;
      const relation = place.field ? follow(engine, place.field).relation : null;
      const list = await readList(session, place.record, relation, args, false);
      if (list.reversed) return undefined;
      lists.set(place, list);
    }
    const shapes = [...lists.values()].map(({ shape, size }) => `${shape}|${size}`).join('|');
    const key = `${keyOf(plans, reading, session.viewer.key)}|${shapes}`;
    const statement = boundedGet(plans.statements, key, () =>
      fusedStatement(stores[0]!, plan.roots, {
        engine,
        context: session.context,
        isShared: (name) => name in session.scope || name.includes('#'),
        lists,
        isNamed: (record, by) => sink?.namesRows(record, by) ?? false,
      }),
    );
    const nonce = randomBytes(12).toString('hex');
    const values: Record<string, unknown> = { [nonceParameter]: nonce };
    for (const place of plan.places)
      Object.assign(
        values,
        computedValues(place.selection, place.record, {
          schema: this.#graph.schema,
          variableValues: variables,
        }),
      );
    statement.pages.forEach((page, i) => {
      const list = lists.get(page)!;
      const prefix = prefixOf(i);
      for (const [name, value] of Object.entries(list.values)) values[prefix + name] = value;
    });
    const asked: { readonly record: (typeof plan.places)[number]['record']; readonly id: string }[] = [];
    for (const root of plan.roots) {
      if (root.kind !== 'one') continue;
      const { record } = root.place;
      const { id } = argumentsOf(root.definition, root.node, variables) as { id: string };
      const local = decodeNodeId(id, record.name, record.keyType);
      values[idOfRoot(root.name)] = local;
      asked.push({ record, id: local });
    }
    const [rows] = await Promise.all([
      session.run<FactRow>(statement, values, stores),
      ...[...lists.values()].map((list) => lookedFor?.asked(list.asked)),
    ]);
    const [row] = rows;
    if (!row || Number(row[faultsColumn] ?? 0) > 0) return undefined;
    if (statement.roots.some(({ column }) => row[column] === null)) return undefined;
    await tell(statement, row, lists, reads);
    for (const { record, id } of asked) sink?.asked(record, id);
    objects.rows(rowsOf(statement, row), undefined);
    const data = new Map(
      statement.roots.map(({ name, column }) => {
        const text = withCursors(String(row[column]), nonce, statement.pages, lists);
        return [name, new FusedText(text)];
      }),
    );
    return { data, names: plan.names, rest: plan.rest };
  }
}

/** A plan holds for one class of viewers and the conditions of the document. */
const keyOf = ({ conditions }: Plans, { variables }: RequestReading, viewer: string): string =>
  `${viewer}|${conditions.map((name) => String(variables[name])).join()}`;

/** Tells the access log what was read, as the loaders do. */
async function tell(
  { places, filtered }: FusedStatement,
  row: FactRow,
  lists: ReadonlyMap<PagePlace, ReadList>,
  { session, sink, lookedFor }: RequestReads,
): Promise<void> {
  if (!sink || !lookedFor) return;
  for (const list of lists.values()) {
    const isThere = presenceOf(list.record.rules, session.viewer.viewer) !== 'NONE';
    if (!list.asked.isBlind && isThere) sink.answered();
  }
  for (const { record, by, count, ids } of places) {
    const found = ids === undefined ? [] : linesOf(row[ids]);
    sink.readRows(record, count === undefined ? new Set(found).size : Number(row[count] ?? 0), found, by);
  }
  await Promise.all(
    filtered.map(({ page, parents, more }) => {
      const list = lists.get(page)!;
      const isWhole = Number(row[more] ?? 0) === 0 && !list.fromCursor;
      if (parents === undefined || !page.field) return lookedFor.matched(list.asked, isWhole);
      const keys = linesOf(row[parents]);
      if (keys.length === 0) return undefined;
      const { relation } = follow(session.engine, page.field);
      const of = { column: relation.column, by: page.field.by, keys: [...new Set(keys)] };
      return lookedFor.matched({ ...list.asked, parents: of }, isWhole);
    }),
  );
}

const linesOf = (text: string | number | null | undefined): string[] =>
  text === null || text === undefined ? [] : String(text).split('\n');

const rowsOf = ({ places }: FusedStatement, row: FactRow): number =>
  places.reduce((sum, { count, ids }) => {
    if (count !== undefined) return sum + Number(row[count] ?? 0);
    return sum + (ids === undefined ? 0 : linesOf(row[ids]).length);
  }, 0);

/** The text with its cursors, which only this process can make, in the places that the statement has marked. */
function withCursors(
  text: string,
  nonce: string,
  pages: readonly PagePlace[],
  lists: ReadonlyMap<PagePlace, ReadList>,
): string {
  if (!text.includes(nonce)) return text;
  const mark = new RegExp(`${nonce}(\\d+):([0-9a-f]*):(-|[0-9a-f]*)`, 'g');
  const plain = (hex: string) => Buffer.from(hex, 'hex').toString('utf8');
  return text.replace(mark, (_, page: string, id: string, value: string) => {
    const { codec, list } = lists.get(pages[Number(page)]!)!.context;
    return codec.encode(list, { id: plain(id), value: value === '-' ? null : plain(value) });
  });
}

/** The variables of @skip and @include: they decide what the answer looks like. */
function conditionsIn({ document, operation }: RequestReading): readonly string[] {
  const names = new Set<string>();
  for (const definition of reachable(document, operation))
    visit(definition, {
      Directive: ({ name, arguments: args = [] }) => {
        if (name.value !== 'skip' && name.value !== 'include') return;
        for (const { value } of args) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
      },
    });
  return [...names];
}

/** The statement of a key, made on first use; the oldest go. */
function boundedGet<T>(known: Map<string, T>, key: string, make: () => T): T {
  const found = known.get(key);
  if (found) return found;
  const made = make();
  const oldest = known.size >= mostShapes ? known.keys().next().value : undefined;
  if (oldest !== undefined) known.delete(oldest);
  known.set(key, made);
  return made;
}
