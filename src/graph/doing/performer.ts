import type { GraphQLResolveInfo } from 'graphql';
import type { AccessPlan } from '../../contract/compile/access-plan.ts';
import { type DoneRecord, doneRecord, transitionsFor } from '../../contract/doing/doing-plan.ts';
import { type Mutation, small } from '../../contract/doing/mutations.ts';
import { leavesFrom, type Transition } from '../../contract/doing/transition.ts';
import { ruleKey } from '../../database/doing/territory-sql.ts';
import { StatementFailed } from '../../store/statements.ts';
import type { Context } from '../context.ts';
import { parseNodeId } from '../node-id.ts';
import { badId } from '../read-errors.ts';
import { type GivenValues, givenValues, type Input } from './input-values.ts';
import { instantOn } from './instant.ts';
import { legalEvents, transitionsOfEvent } from './legal-events.ts';
import type { Outbox, StoreEffect } from './outbox.ts';
import { type Repeated, readRepeated, readStanding, type Standing } from './read-standing.ts';
import { runFills } from './run-fills.ts';
import type { SystemDoer } from './system-doer.ts';
import {
  badKey,
  badTransition,
  conflict,
  InputFaults,
  keyReused,
  notFound,
  notYours,
  type UserError,
} from './user-errors.ts';
import { bodyHash, prepareWrite, type WriteParts } from './write.ts';
import { faultsOf } from './write-refusals.ts';
import { changesStatement } from './write-statement.ts';

/** What a mutation's payload is made of; records are local ids, which are read anew by the rules of every read. */
export interface Payload {
  readonly [record: string]: unknown;
  readonly committed: boolean;
  readonly userErrors: readonly UserError[];
  readonly effects: readonly StoreEffect[];
  readonly clientMutationId: string | null;
}

export interface PerformerParts extends WriteParts {
  readonly accessPlan: AccessPlan;
  readonly outbox: Outbox;
  readonly system: SystemDoer;
}

interface Call {
  readonly mutation: Mutation;
  readonly input: Input;
  readonly context: Context;
  readonly info: GraphQLResolveInfo;
  readonly key: { readonly key: string; readonly body: string } | null;
}

/** So many times a number that somebody else has taken meanwhile is made anew. */
const mostAttempts = 5;

/** Does what mutations ask: the same road for each, along the do-matrix (docs/doing.md). */
export class Performer {
  readonly #parts: PerformerParts;

  constructor(parts: PerformerParts) {
    this.#parts = parts;
  }

  /**
   * @throws GraphQLError NOT_YOURS, BAD_TRANSITION, CONFLICT, KEY_REUSED, BAD_ID, BAD_VALUE; StoreUnavailable, after which
   * the same call with the same key finds out whether it has happened
   */
  async perform(
    mutation: Mutation,
    input: Input,
    context: Context,
    info: GraphQLResolveInfo,
  ): Promise<Payload> {
    const key = keyOf(mutation, input, context, info);
    const call = { mutation, input, context, info, key };
    try {
      return input.id == null ? await this.#make(call) : await this.#change(call);
    } catch (error) {
      if (!(error instanceof InputFaults)) throw error;
      return { committed: false, userErrors: error.faults, effects: [], clientMutationId: key?.key ?? null };
    }
  }

  async #make(call: Call): Promise<Payload> {
    const { mutation, context, key } = call;
    const viewer = context.viewer.department;
    const making = transitionsOfEvent(mutation, call.input.event).filter(
      ({ from, viewers }) => from === 'NEW' && viewers.has(viewer),
    );
    const transition = making.find((row) => hasPost(row, context));
    if (!transition) throw notYours(`Mutation.${mutation.name}`);
    const done = doneRecord(this.#parts.plan, this.#parts.model, transition.record);
    const repeated = key && (await readRepeated(context.reads.session, done, key.key, context.viewer.person));
    if (repeated) return this.#repeat(call, repeated);
    return this.#write(call, done, transition, null);
  }

  async #change(call: Call): Promise<Payload> {
    const { mutation, input, context, key } = call;
    const { type, key: id } = parseNodeId(String(input.id));
    if (!mutation.records.includes(type)) throw badId();
    const done = doneRecord(this.#parts.plan, this.#parts.model, type);
    context.reads.sink?.asked(done.record, id);
    const viewer = context.viewer.department;
    const open = transitionsFor(done, viewer);
    const candidates = transitionsOfEvent(mutation, input.event).filter(
      ({ record, from, viewers }) => record === type && from !== 'NEW' && viewers.has(viewer),
    );
    if (candidates.length === 0) throw notYours(`Mutation.${mutation.name}`);
    const { standing, repeated } = await readStanding(
      context.reads.session,
      done,
      id,
      key?.key ?? null,
      context.viewer.person,
    );
    if (repeated) return this.#repeat(call, repeated);
    if (!standing) throw notYours(`Mutation.${mutation.name}`);
    const mine = candidates.filter((row) => isMine(row, standing, context));
    const legal = legalEvents(open, standing, context.viewer.posts);
    const transition = mine.find((row) => leavesFrom(row, standing.state));
    if (mine.length === 0) throw notYours(`Mutation.${mutation.name}`);
    if (input.expectedVersion !== standing.version)
      throw await this.#conflict(call, done, id, standing.version);
    if (!transition) throw badTransition(candidates[0]!.event, standing.state, legal);
    const missing = transition.guards.filter((guard) => standing.missing.includes(guard));
    if (missing.length > 0)
      throw new InputFaults(
        missing.map((name) => ({
          path: [],
          code: 'NOT_READY',
          message: done.guards[name]!.en,
          messageZh: done.guards[name]!.zh,
        })),
      );
    return this.#write(call, done, transition, { id, version: standing.version, state: standing.state });
  }

  async #write(
    call: Call,
    done: DoneRecord,
    transition: Transition,
    target: { readonly id: string; readonly version: number; readonly state: string | null } | null,
  ): Promise<Payload> {
    const { input, context, key } = call;
    const { viewer, reads } = context;
    const { session } = reads;
    const today = session.scope.today;
    const given = givenValues(input, transition, done.record, this.#parts.model, today);
    const values = new Map([...given.values, ...(await this.#presented(given, done, context))]);
    await this.#checkLinks(given, context);
    const actor = {
      unit: viewer.unit,
      person: viewer.person,
      viewer: viewer.department,
      today,
      now: instantOn(today),
    };
    const hasOwnReason = transition.input.some(({ field }) => field === 'reason');
    for (let attempt = 1; ; attempt++) {
      const filled = await runFills(this.#parts.plan, transition, this.#parts.system, async () => ({
        record: done.record.name,
        row: target && (await this.#parts.system.row(done.record.name, target.id)),
        given: Object.fromEntries(values),
        unit: viewer.unit,
        person: viewer.person,
        subdistrict: viewer.subdistrict,
        today,
      }));
      const write = prepareWrite(
        this.#parts,
        {
          done,
          transition,
          actor,
          viewerClass: session.viewer,
          target,
          values: new Map([...values, ...filled]),
          fields: given.fields,
          reason: hasOwnReason || input.reason == null ? null : String(input.reason).slice(0, 500),
          key,
          place: { subdistrictCode: viewer.subdistrict, stationCode: viewer.station },
        },
        (shape, make) => session.statement(shape, make),
      );
      try {
        const [row] = await session.run<{ claimed: number; written: number }>(write.statement, write.values);
        if (row?.written === 1) return await this.#payload(call, done, write.id, write.version);
        return await this.#notWritten(call, done, target);
      } catch (error) {
        const taken = error instanceof StatementFailed && error.code === '23505' && filled.size > 0;
        if (taken && attempt < mostAttempts) continue;
        throw await this.#refusal(error, call, done, transition, target, given.fields);
      }
    }
  }

  /** Neither claimed nor written: the key was used meanwhile, or the record changed. */
  async #notWritten(call: Call, done: DoneRecord, target: { readonly id: string } | null): Promise<Payload> {
    const { key, context } = call;
    const repeated = key && (await readRepeated(context.reads.session, done, key.key, context.viewer.person));
    if (repeated) return this.#repeat(call, repeated);
    if (!target) throw new Error(`A ${done.record.name} was not written, and nothing says why.`);
    throw await this.#staleOf(call, done, target.id);
  }

  async #staleOf(call: Call, done: DoneRecord, id: string): Promise<Error> {
    const { standing } = await readStanding(call.context.reads.session, done, id, null, '');
    return standing
      ? this.#conflict(call, done, id, standing.version)
      : notYours(`Mutation.${call.mutation.name}`);
  }

  async #refusal(
    error: unknown,
    call: Call,
    done: DoneRecord,
    { event, guards }: Transition,
    target: { readonly id: string; readonly state: string | null } | null,
    given: ReadonlySet<string>,
  ): Promise<unknown> {
    if (!(error instanceof StatementFailed)) return error;
    const { code, at } = error;
    if (code === 'LH005' && target) return this.#staleOf(call, done, target.id);
    if (code === 'LH006' || code === '42501') return notYours(`Mutation.${call.mutation.name}`);
    if (code === 'LH001')
      return target ? this.#staleOf(call, done, target.id) : badTransition(event, null, []);
    const guard = guards.includes(at.constraint ?? '') ? done.guards[at.constraint!] : undefined;
    if (code === 'LH002' && guard)
      return new InputFaults([{ path: [], code: 'NOT_READY', message: guard.en, messageZh: guard.zh }]);
    return faultsOf(error, done, given) ?? error;
  }

  async #repeat(call: Call, repeated: Repeated): Promise<Payload> {
    if (repeated.body !== call.key?.body) throw keyReused();
    const done = doneRecord(this.#parts.plan, this.#parts.model, repeated.record_type);
    return this.#payload(call, done, repeated.record_id, repeated.version);
  }

  async #payload(
    { key, context }: Call,
    { record }: DoneRecord,
    id: string,
    version: number,
  ): Promise<Payload> {
    context.reads.sink?.asked(record, id);
    const effects = await this.#parts.outbox.follow(record, id, version);
    return {
      [small(record.name)]: id,
      committed: true,
      userErrors: [],
      effects,
      clientMutationId: key?.key ?? null,
    };
  }

  /** Which of the given fields have changed since the caller read the record; hidden ones by their group. */
  async #conflict({ input, context }: Call, done: DoneRecord, id: string, current: number) {
    const { record } = done;
    const viewer = context.viewer.department;
    const rows = await context.reads.session.run<{ fields: string[] }>(
      context.reads.session.statement(`changes|${record.name}`, () => changesStatement(done)),
      { recordType: record.name, recordId: id, version: Number(input.expectedVersion) || 0 },
    );
    const changed = new Set(rows.flatMap(({ fields }) => fields));
    const both = Object.keys(input).filter((name) => changed.has(name) && record.fields.has(name));
    const isSeen = (name: string) => {
      const { denial, masked } = this.#parts.accessPlan.decision(record.name, name, viewer);
      return !denial && !masked;
    };
    const groups = both
      .filter((name) => !isSeen(name))
      .map((name) => record.fields.get(name)!.rule.group.name);
    return conflict(current, { fields: both.filter(isSeen), groups: [...new Set(groups)] });
  }

  async #presented(given: GivenValues, { record }: DoneRecord, { reads }: Context) {
    const found: [string, string][] = [];
    for (const [name, number] of given.presented) {
      const id = await reads.present('Migrant', 'citizenIdNumber', number);
      if (id === null) throw new InputFaults([notFound(`${name}CitizenIdNumber`)]);
      const field = record.fields.get(name);
      if (field?.kind === 'link')
        found.push([Object.entries(record.columns).find(([, column]) => column === field.column)![0], id]);
    }
    return found;
  }

  async #checkLinks({ links }: GivenValues, { reads }: Context): Promise<void> {
    const faults = await Promise.all(
      links.map(async ({ path, type, keys }) => {
        const seen = await reads.visible(this.#parts.model.get(type)!, keys);
        return keys.every((key) => seen.has(key)) ? [] : [notFound(...path)];
      }),
    );
    if (faults.flat().length > 0) throw new InputFaults(faults.flat());
  }
}

const hasPost = ({ posts }: Transition, { viewer }: Context): boolean =>
  posts.length === 0 || posts.some((post) => viewer.posts.includes(post));

const isMine = (row: Transition, { yours }: Standing, context: Context): boolean =>
  hasPost(row, context) && row.territory.some((rule) => yours.includes(ruleKey(rule)));

const keyForm = /^[^\p{Cc}\p{Cs}]{1,200}$/u;

/** The key of a call: its own, or the request's. */
function keyOf(
  mutation: Mutation,
  input: Input,
  { idempotencyKey }: Context,
  { path }: GraphQLResolveInfo,
): Call['key'] {
  const { clientMutationId, ...rest } = input;
  // A document may hold several mutations; a repetition names them alike.
  const key = clientMutationId ?? (idempotencyKey === undefined ? null : `${idempotencyKey}/${path.key}`);
  if (key === null) return null;
  if (typeof key !== 'string' || !keyForm.test(key)) throw badKey();
  return { key, body: bodyHash(mutation.name, rest) };
}
