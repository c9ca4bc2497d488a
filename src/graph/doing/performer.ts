import type { GraphQLResolveInfo } from 'graphql';
import type { AccessPlan } from '../../contract/compile/access-plan.ts';
import { type DoneRecord, doneRecord, followingOf, transitionsFor } from '../../contract/doing/doing-plan.ts';
import { type Mutation, small } from '../../contract/doing/mutations.ts';
import { leavesFrom, type Transition } from '../../contract/doing/transition.ts';
import type { CarryAtOnce } from '../../database/copies/carry-at-once.ts';
import type { Context } from '../context.ts';
import type { ExportReader } from '../exports/export-reader.ts';
import { parseNodeId } from '../node-id.ts';
import { badId } from '../read-errors.ts';
import { type Call, keyOf } from './call.ts';
import { filledRows, givenRows } from './call-rows.ts';
import { changingRows, isMine, makingRow } from './choose-row.ts';
import { reasonOf } from './event-reason.ts';
import { asGiven } from './input-paths.ts';
import type { Input } from './input-values.ts';
import { instantOn } from './instant.ts';
import { legalEvents, notReady } from './legal-events.ts';
import type { Outbox, StoreEffect } from './outbox.ts';
import { presentAt } from './present-at.ts';
import { type Repeated, readRepeated, readStanding } from './read-standing.ts';
import { seesState } from './seen-state.ts';
import { storedFaults } from './stored-faults.ts';
import type { SystemDoer } from './system-doer.ts';
import { badTransition, InputFaults, keyReused, notYours, type UserError } from './user-errors.ts';
import { newId, prepareWrite, type WriteParts, type WrittenRow } from './write.ts';
import { conflictOf, isTakenNumber, refusalOf, staleOf } from './write-failures.ts';

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
  /** Reads documents that are to be taken out as files. */
  readonly exports: ExportReader;
  readonly outbox: Outbox;
  readonly system: SystemDoer;
  readonly carryAtOnce?: CarryAtOnce | undefined;
  /** Told of each record that a mutation has written. */
  readonly onDone?: ((record: string, id: string) => void) | undefined;
}

type Target = WrittenRow['target'];

/** So many times a number that somebody else has taken meanwhile is made anew. */
const mostAttempts = 5;

/** Does what mutations ask: the same road for each, along the do-matrix (docs/doing.md). */
export class Performer {
  readonly #parts: PerformerParts;

  constructor(parts: PerformerParts) {
    this.#parts = parts;
  }

  /** What reads and does in the name of the system, for fields that departments write themselves. */
  get system(): SystemDoer {
    return this.#parts.system;
  }

  /** The same for fields that departments write themselves: by the mutation's name. */
  performNamed(name: string, input: Input, context: Context, info: GraphQLResolveInfo): Promise<Payload> {
    const mutation = this.#parts.plan.mutations.get(name);
    if (!mutation) throw new Error(`The do-matrix has no mutation ${name}.`);
    return this.perform(mutation, input, context, info);
  }

  /** What a record type's events need; for fields that departments write themselves. */
  doneRecord(type: string): DoneRecord {
    return doneRecord(this.#parts.plan, this.#parts.model, type);
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
    const { schema } = info;
    const call: Call = { mutation, input, context, schema, key: keyOf(mutation, input, context, info) };
    try {
      await presentAt(input, context);
      return input.id == null ? await this.#make(call) : await this.#change(call);
    } catch (error) {
      if (!(error instanceof InputFaults)) throw error;
      const { key } = call;
      const userErrors = error.faults.map((fault) => ({ ...fault, path: asGiven(fault.path, input) }));
      return { committed: false, userErrors, effects: [], clientMutationId: key?.key ?? null };
    }
  }

  async #make(call: Call): Promise<Payload> {
    const { mutation, context, key } = call;
    const transition = makingRow(call, mutation.records[0]!);
    const done = doneRecord(this.#parts.plan, this.#parts.model, transition.record);
    const repeated = key && (await readRepeated(context.reads.session, done, key.key, context.viewer.person));
    return repeated ? this.#repeat(call, repeated) : this.#write(call, done, transition, null);
  }

  async #change(call: Call): Promise<Payload> {
    const { mutation, input, context, key } = call;
    const { type, key: id } = parseNodeId(String(input.id));
    if (!mutation.records.includes(type)) throw badId();
    const done = doneRecord(this.#parts.plan, this.#parts.model, type);
    context.reads.sink?.asked(done.record, id);
    const viewer = context.viewer.department;
    const candidates = changingRows(call, type);
    const refused = () => notYours(`Mutation.${mutation.name}`);
    if (candidates.length === 0) throw refused();
    const { session } = context.reads;
    const { standing, repeated } = await readStanding(
      session,
      done,
      id,
      key?.key ?? null,
      context.viewer.person,
    );
    if (repeated) return this.#repeat(call, repeated);
    const mine = standing ? candidates.filter((row) => isMine(row, standing, context)) : [];
    if (!standing || mine.length === 0) throw refused();
    const { state, version } = standing;
    if (input.expectedVersion !== version)
      throw await conflictOf(call, done, id, version, this.#parts.accessPlan);
    const transition = mine.find((row) => leavesFrom(row, state));
    if (!transition)
      throw badTransition(
        candidates[0]!.event,
        seesState(done, this.#parts.accessPlan, viewer) ? state : null,
        legalEvents(transitionsFor(done, viewer), standing, context.viewer.posts),
      );
    const missing = transition.guards.filter((guard) => standing.missing.includes(guard));
    const faults = [
      ...missing.map((name) => notReady(done, name)),
      ...(await storedFaults(done, transition, id, context, this.#parts.system)),
    ];
    if (faults.length > 0) throw new InputFaults(faults);
    return this.#write(call, done, transition, { id, version, state });
  }

  async #write(call: Call, done: DoneRecord, transition: Transition, target: Target): Promise<Payload> {
    const { context, key, mutation } = call;
    const { viewer, reads } = context;
    const { session } = reads;
    const id = target?.id ?? newId();
    const { today } = session.scope;
    const place = { subdistrictCode: viewer.subdistrict, stationCode: viewer.station };
    const { unit, person, department } = viewer;
    const actor = { unit, person, viewer: department, today, now: instantOn(today) };
    const reason = await reasonOf(call, done, transition, target?.id);
    const making = (record: string) => makingRow(call, record);
    const given = await givenRows(this.#parts, call, { done, transition, id }, making);
    for (let attempt = 1; ; attempt++) {
      const rows = await filledRows(this.#parts, call, given, target, id);
      const write = prepareWrite(
        this.#parts,
        { rows, actor, viewerClass: session.viewer, reason, key, place },
        (shape, make) => session.statement(shape, make),
      );
      try {
        const [row] = await session.run<{ written: number }>(write.statement, write.values);
        if (row?.written === 1) {
          const following = rows.map((each) =>
            followingOf(each.done, each.transition.event, each.target?.state ?? null),
          );
          return await this.#payload(call, done, { id, version: write.version, following });
        }
      } catch (error) {
        if (isTakenNumber(error, rows) && attempt < mostAttempts) continue;
        throw await refusalOf(error, call, given, target, this.#parts.accessPlan);
      }
      const repeated = key && (await readRepeated(session, done, key.key, person));
      if (repeated) return this.#repeat(call, repeated);
      if (target) throw await staleOf(call, done, target.id, this.#parts.accessPlan);
      throw new Error(`${mutation.name} wrote nothing, and nothing says why.`);
    }
  }

  async #repeat(call: Call, repeated: Repeated): Promise<Payload> {
    if (repeated.body !== call.key?.body) throw keyReused();
    const done = doneRecord(this.#parts.plan, this.#parts.model, repeated.record_type);
    return this.#payload(call, done, { id: repeated.record_id, version: repeated.version });
  }

  /** @param made which record at which version, and what follows where it was done now */
  async #payload(
    { key, context }: Call,
    done: DoneRecord,
    {
      id,
      version,
      following,
    }: { readonly id: string; readonly version: number; readonly following?: readonly (readonly string[])[] },
  ): Promise<Payload> {
    const { record } = done;
    if (version === 1 && isPerson(done)) context.reads.session.scope.presented.push(id);
    context.reads.sink?.asked(record, id);
    const followed = await this.#parts.outbox.follow(record, id, version, following);
    const waiting = (await this.#parts.carryAtOnce?.(record, id)) ?? [];
    const effects = [
      ...followed,
      ...waiting.map((store): StoreEffect => ({ effect: 'carryCopies', store, state: 'QUEUED' })),
    ];
    this.#parts.onDone?.(record.name, id);
    const shared = { committed: true, userErrors: [], effects, clientMutationId: key?.key ?? null };
    return { ...shared, [small(record.name)]: id };
  }
}

/** Whether the rows are persons: who is registered at a window stands there, as one who has presented a number. */
const isPerson = ({ record }: DoneRecord): boolean =>
  (record.source.scope.subjects ?? []).includes(record.columns.id!);
