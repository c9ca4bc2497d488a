import type { Sql } from 'postgres';
import { type DoingPlan, planDoing, transitionsFor } from '../../../src/contract/doing/doing-plan.ts';
import { mutationRules } from '../../../src/contract/doing/mutation-rules.ts';
import { noMatrix } from '../../../src/contract/doing/transition.ts';
import type { Model } from '../../../src/contract/model/record.ts';
import { enumValues } from '../../../src/contract/sdl/directives.ts';
import { doingStatements } from '../../../src/database/doing/doing-statements.ts';
import { standingFunction } from '../../../src/database/doing/standing.ts';
import { availableActions } from '../../../src/graph/doing/available-actions.ts';
import type { Standing } from '../../../src/graph/doing/read-standing.ts';
import { viewers } from '../../../src/identity/viewers.ts';
import { type Contract, productContract } from '../../../src/product-contract.ts';
import { ruleContract } from '../../../src/ruled-contract.ts';
import {
  changeFaults,
  guardFaults,
  inState,
  inside,
  inTransaction,
  legalRows,
  makingFaults,
  type Tally,
} from '../../doing/proving/by-role.ts';
import { type Asker, type Ground, type Machine, type Placed, roleAs } from '../../doing/proving/ground.ts';
import { missingOf } from '../../doing/proving/guards.ts';
import { type Actor, isOpen, leaves, makes, type Row } from '../../doing/reading/machines.ts';
import { isWithin } from '../../doing/reading/territory.ts';
import type { ContractMutant, Judgement } from './mutant.ts';

/** A copy of the district in which statements of a mutant stand for as long as it is judged. */
export interface DoingGround {
  readonly owner: Sql;
  readonly ownerName: string;
  readonly ground: Ground;
}

const rules = new WeakMap<Contract['sdl'], { model: Model; codes: (type: string) => readonly string[] }>();

function modelOf(contract: Contract) {
  const known = rules.get(contract.sdl);
  if (known) return known;
  const { model, document } = ruleContract(productContract());
  const made = { model, codes: (type: string) => enumValues(document, type) };
  rules.set(contract.sdl, made);
  return made;
}

/** @throws Error as the start does */
function planOf(contract: Contract): { plan: DoingPlan; model: Model } {
  const { model, codes } = modelOf(contract);
  return { plan: planDoing(contract.doing ?? noMatrix, model, contract.departments, codes), model };
}

/** Statements of the second wall for one record. */
function statementsOf(plan: DoingPlan, model: Model, type: string, ownerName: string): string[] {
  const done = plan.records.get(type);
  if (!done) return [];
  const stores = new Set([...model.values()].map(({ store }) => store));
  return doingStatements({ plan: { ...plan, records: new Map([[type, done]]) }, model }, stores, ownerName);
}

/** Whether a judgement is asked of a wall: the database knows nothing of what is needed and what awaits. */
const isOfProgramOnly = (name: string) => /^(.* not needed|not adverse|not awaited) at /.test(name);

/** Judges a changed do-matrix by each wall alone. A mutant that both should refuse must die at both. */
export async function judgeTransition(
  { kind, name, near, make, row }: ContractMutant,
  at: DoingGround,
  pristine: Contract,
): Promise<Judgement[]> {
  const [type = ''] = near.types ?? [];
  const killed = (wall: string, killedBy: Judgement['killedBy'], because: string): Judgement => ({
    kind,
    name: `${wall}: ${name}`,
    killedBy,
    because,
  });
  const walls = isOfProgramOnly(name) ? ['program'] : ['program', 'database'];
  const contract = make();
  let mutated: { plan: DoingPlan; model: Model };
  try {
    mutated = planOf(contract);
  } catch (error) {
    return walls.map((wall) => killed(wall, 'start-up', (error as Error).message));
  }
  const { model } = mutated;
  const was = statementsOf(planOf(pristine).plan, model, type, at.ownerName);
  const changes = difference(was, statementsOf(mutated.plan, model, type, at.ownerName));
  const nearest = (near.viewers ?? []).map(({ code }) => code);
  const machine = at.ground.machine(type);
  const branch = nearest.includes('SVC') ? ['SVB' as const] : [];
  const asked: readonly Actor[] = nearest.length > 0 ? [...nearest, ...branch] : ['SYSTEM'];
  const judgements: Judgement[] = [];
  await at.owner.unsafe('begin');
  inTransaction.add(at.owner);
  try {
    for (const change of changes) await at.owner.unsafe(change);
    for (const wall of walls) {
      const fault =
        wall === 'program'
          ? await programFault(contract, mutated, machine, at, asked)
          : await databaseFault(machine, at, asked);
      if (fault !== undefined) judgements.push(killed(wall, wall === 'program' ? 'verdicts' : 'rows', fault));
      else if (row && !(await decides(machine, at, asked, name, row)))
        judgements.push(killed(wall, 'idle', 'the district has no row on which it decides'));
      else judgements.push(killed(wall, null, ''));
    }
  } catch (error) {
    judgements.push(killed('both', null, `the mutant does not run: ${(error as Error).message}`));
  } finally {
    await at.owner.unsafe('rollback');
    inTransaction.delete(at.owner);
  }
  return judgements;
}

/** Whether the district has a row on which the changed row of the table decides, for one of the actors. */
async function decides(
  machine: Machine,
  { owner, ground }: DoingGround,
  asked: readonly Actor[],
  name: string,
  { where, guard }: NonNullable<ContractMutant['row']>,
): Promise<boolean> {
  const row = machine.rows.find((each) => each.where === where);
  if (!row) return true;
  // A stranger makes nothing along a row that asks for a place that it has not.
  if (makes(row))
    return (
      !/ added at /.test(name) || asked.some((actor) => inside(ground, row, actor as Asker) !== undefined)
    );
  for (const actor of asked) {
    if (actor === 'SYSTEM') {
      if (!guard && ground.placed(machine, actor).found.length > 0) return true;
      continue;
    }
    const viewer = ground.viewer(actor, row.posts);
    if (guard) {
      for (const { row: stored, within } of await ground.unready(machine, actor, owner)) {
        const missing = await missingOf(owner, ground, machine.type, stored.id, row.guards, viewer);
        if (within.has(row) && missing[0] === guard) return true;
      }
      continue;
    }
    const { found } = ground.placed(machine, actor);
    const scope = ground.scope(name.startsWith('any post') ? ground.viewer(actor, []) : viewer);
    const token = /^no territory (\w+)(?: (\w+))? at /.exec(name);
    const others = row.territory.filter(
      (rule) => rule.kind !== token?.[1] || rule.property !== (token[2] ?? ''),
    );
    const isIn = (territory: typeof row.territory, each: (typeof found)[number]) =>
      isWithin({ ...row, territory }, each.row, viewer, scope, ground.district);
    const seenElsewhere = new Set<(typeof found)[number]>();
    if (name.startsWith('from any state'))
      for (const each of found)
        if (await isSeenFromElsewhere(machine, { owner, ground }, row, each, actor)) seenElsewhere.add(each);
    const tells = found.some((each) => {
      const isSeen = Object.keys(each.crafted).length > 0 || scope.sees(machine.type, each.row.id);
      if (!isSeen) return false;
      if (name.startsWith('everywhere')) return !each.within.has(row);
      if (name.startsWith('from any state')) return each.within.has(row) && seenElsewhere.has(each);
      // A stranger must see a row on which the row of the table would let it act.
      if (/ added at /.test(name)) return isIn(row.territory, each);
      return each.within.has(row) && (!token || !isIn(others, each));
    });
    if (tells) return true;
  }
  return false;
}

/** Whether an actor sees a record in a state from which no row of the table lets the event happen. */
async function isSeenFromElsewhere(
  machine: Machine,
  { owner, ground }: Pick<DoingGround, 'owner' | 'ground'>,
  row: Row,
  placed: Placed,
  actor: Asker,
): Promise<boolean> {
  const { role, settings } = roleAs(ground.viewer(actor, placed.posts));
  for (const was of machine.states) {
    if (legalRows(machine, placed, was, row.event, row.to).length > 0) continue;
    const seen = await inState(owner, ground, machine, placed, was, async () => {
      for (const [name, value] of Object.entries(settings))
        await owner.unsafe(`select set_config($1, $2, true)`, [`laihu.${name}`, value]);
      await owner.unsafe(`set local role ${role}`);
      return owner.unsafe(`select from ${ground.held(machine.type)} where id = $1`, [placed.row.id]);
    });
    if (seen.length > 0) return true;
  }
  return false;
}

async function databaseFault(
  machine: Machine,
  { owner, ground }: DoingGround,
  asked: readonly Actor[],
): Promise<string | undefined> {
  const tally: Tally = { legal: 0, illegal: 0, skipped: [] };
  for (const faults of [changeFaults, makingFaults, guardFaults]) {
    const [fault] = await faults(owner, ground, machine, tally, asked);
    if (fault) return fault;
  }
  return undefined;
}

/** What the program would let and tell, by the mutant's plan and its functions in the database. */
async function programFault(
  contract: Contract,
  { plan, model }: { plan: DoingPlan; model: Model },
  machine: Machine,
  { owner, ground }: DoingGround,
  asked: readonly Actor[],
): Promise<string | undefined> {
  const { type } = machine;
  const allowed = mutationRules(contract.doing ?? noMatrix, model);
  const names = new Set([...ground.mutations.keys(), ...allowed.keys()]);
  for (const name of names) {
    const should = new Set(ground.mutations.get(name)?.rows.flatMap((row) => row.viewers) ?? []);
    for (const { code, name: viewer } of viewers)
      if (should.has(code) !== (allowed.get(name)?.viewers.has(viewer) ?? false))
        return `${name} by ${code}: ${should.has(code) ? 'refused' : 'let through'} by the document check`;
  }
  const done = plan.records.get(type);
  const told = (rows: readonly object[]) =>
    rows
      .map((row) => JSON.stringify(row))
      .sort()
      .join();
  // Rows of the system and new records: what the plan holds of them.
  const rowsOf = machine.rows.filter((row) => makes(row) || row.viewers.length === 0);
  const should = rowsOf.map((row) => ({
    event: row.event,
    to: row.to || null,
    from: makes(row) ? '–' : row.from.join(),
    posts: row.posts,
    territory: row.territory.map(({ kind, property }) => `${kind} ${property}`.trim()),
    viewers: [...row.viewers].sort(),
    guards: row.guards,
    needs: row.input.filter(({ required }) => required).map(({ field }) => field),
  }));
  const codeOf = new Map(viewers.map(({ name, code }) => [name, code]));
  const is = (done?.transitions ?? [])
    .filter((row) => row.from === 'NEW' || row.bySystem)
    .map((row) => ({
      event: row.event,
      to: row.to,
      from: row.from === 'NEW' ? '–' : row.from === 'ANY' ? '*' : row.from.join(),
      posts: row.posts,
      territory: row.territory.map((rule) =>
        'property' in rule ? `${rule.kind} ${rule.property}` : rule.kind,
      ),
      viewers: [...row.viewers].map((name) => codeOf.get(name)).sort(),
      guards: row.guards,
      needs: row.input.filter(({ required }) => required).map(({ field }) => field),
    }));
  if (told(is) !== told(should)) return 'what makes a record, or happens by itself, is something else';
  for (const actor of asked)
    if (actor !== 'SYSTEM') {
      const fault = await actionFault(plan, machine, actor, owner, ground);
      if (fault) return fault;
    }
  return undefined;
}

/** What is offered of each row in each state. */
async function actionFault(
  plan: DoingPlan,
  machine: Machine,
  actor: Asker,
  owner: Sql,
  ground: Ground,
): Promise<string | undefined> {
  const { type, states } = machine;
  const done = plan.records.get(type);
  const { found } = ground.placed(machine, actor);
  const more = await ground.unready(machine, actor, owner);
  for (const placed of [...found, ...more])
    for (const was of states) {
      const viewer = ground.viewer(actor, placed.posts);
      const open = done ? transitionsFor(done, viewer.department) : [];
      const legal = machine.rows.filter(
        (row) => leaves(row, was) && isOpen(row, actor, placed.posts) && placed.within.has(row),
      );
      let standing: Standing | undefined;
      let missing: readonly (readonly string[])[] = [];
      try {
        await inState(owner, ground, machine, placed, was, async () => {
          for (const [name, value] of Object.entries(roleAs(viewer).settings))
            await owner.unsafe(`select set_config($1, $2, true)`, [`laihu.${name}`, value]);
          if (open.some(({ from }) => from !== 'NEW'))
            [standing] = await owner.unsafe<Standing[]>(
              `select * from ${standingFunction(type, viewer.department)}($1)`,
              [placed.row.id],
            );
          const asked: (readonly string[])[] = [];
          for (const { guards } of legal)
            asked.push(await missingOf(owner, ground, type, placed.row.id, guards, viewer));
          missing = asked;
        });
      } catch (error) {
        if (!/^23/.test(String((error as { code?: string }).code))) throw error;
        continue;
      }
      const actions = done && standing ? availableActions(plan, done, open, standing, viewer.posts) : [];
      const told = (rows: readonly object[]) =>
        rows
          .map((row) => JSON.stringify(row))
          .sort()
          .join();
      const should = legal.map(({ event, to, input, awaited, adverse }, i) => ({
        event,
        to: to || null,
        needs: input.filter(({ required }) => required).map(({ field }) => field),
        awaited,
        adverse,
        missing: missing[i]?.length ?? 0,
      }));
      const is = actions.map(({ event, to, needs, awaited, adverse, missing }) => ({
        event,
        to,
        needs,
        awaited,
        adverse,
        missing: missing.length,
      }));
      if (told(is) !== told(should))
        return `${type} in ${was} for ${actor} (${placed.posts}): offers ${told(is)}, should ${told(should)}`;
    }
  return undefined;
}

/** What makes the statements of one wall those of another. */
export function difference(was: readonly string[], is: readonly string[]): string[] {
  const [old, made] = [new Set(was), new Set(is)];
  const gone = was.filter((statement) => !made.has(statement));
  const come = is.filter((statement) => !old.has(statement));
  const out: string[] = [];
  for (const statement of gone) {
    const [, policy, table] = /^create policy "([^"]+)" on (\S+)/.exec(statement) ?? [];
    if (policy) out.push(`drop policy if exists "${policy}" on ${table}`);
    const [, trigger, on] = /^create (?:constraint )?trigger "([^"]+)" .*? on (\S+)/s.exec(statement) ?? [];
    if (trigger) out.push(`drop trigger if exists "${trigger}" on ${on}`);
    const [, granted, role] = /^grant .* on (\S+) to ("[^"]+")$/.exec(statement) ?? [];
    if (granted) out.push(`revoke insert, update on ${granted} from ${role}`);
  }
  // A role whose rights were taken gets again what stays.
  const regained = is.filter((statement) => {
    const [, granted, role] = /^grant .* on (\S+) to ("[^"]+")$/.exec(statement) ?? [];
    return (
      granted !== undefined &&
      old.has(statement) &&
      out.includes(`revoke insert, update on ${granted} from ${role}`)
    );
  });
  for (const statement of [...come, ...regained]) {
    const [, policy, table] = /^create policy "([^"]+)" on (\S+)/.exec(statement) ?? [];
    if (policy) out.push(`drop policy if exists "${policy}" on ${table}`);
    const [, trigger, on] = /^create (?:constraint )?trigger "([^"]+)" .*? on (\S+)/s.exec(statement) ?? [];
    if (trigger) out.push(`drop trigger if exists "${trigger}" on ${on}`);
    out.push(statement.replace(/^create function/, 'create or replace function'));
  }
  return out;
}
