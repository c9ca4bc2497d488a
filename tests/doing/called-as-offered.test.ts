import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, type GraphQLInputObjectType, getNamedType, isEnumType } from 'graphql';
import { expect, test } from 'vitest';
import { planDoing } from '../../src/contract/doing/doing-plan.ts';
import { enumValues } from '../../src/contract/sdl/directives.ts';
import { ruleKey } from '../../src/database/doing/territory-sql.ts';
import { type AvailableAction, availableActions } from '../../src/graph/doing/available-actions.ts';
import { viewers } from '../../src/identity/viewers.ts';
import { productContract } from '../../src/product-contract.ts';
import { ruleContract } from '../../src/ruled-contract.ts';
import { bySystem, enumOf, leaves, makes, readTables } from './reading/machines.ts';
import { readMutations } from './reading/mutations.ts';

// A client takes from availableActions what it sends: the mutation, and what its input holds. For every row of the tables
// by which a record changes, against the schema as it is printed.

const schema = buildSchema(readFileSync(join(import.meta.dirname, '../graph/schema.graphql'), 'utf8'));
const contract = productContract();
const { model, document } = ruleContract(contract);
const plan = planDoing(contract.doing!, model, contract.departments, (type) => enumValues(document, type));
const tables = readTables();
const mutations = readMutations(tables);

/** What is offered of a record in a state, to a viewer on whose rows every territory rule holds, with every post. */
function offered(record: string, code: string, state: string | null): readonly AvailableAction[] {
  const done = plan.records.get(record)!;
  const viewer = viewers.find((each) => each.code === code)!.name;
  const open = done.transitions.filter((row) => row.viewers.has(viewer) && row.from !== 'NEW');
  const yours = open.flatMap(({ territory }) => territory.map(ruleKey));
  const posts = open.flatMap((row) => row.posts);
  return availableActions(plan, done, open, { state, version: 1, yours, missing: [], due: {} }, posts);
}

/** The fields of a mutation's input, by the printed schema. */
function inputOf(mutation: string) {
  const field = schema.getMutationType()?.getFields()[mutation];
  return (getNamedType(field?.args[0]?.type) as GraphQLInputObjectType | undefined)?.getFields();
}

test.each([...tables])('what is offered of %s is what its mutations take', (record, rows) => {
  const faults: string[] = [];
  for (const row of rows.filter((each) => !makes(each) && !bySystem(each)))
    for (const code of row.viewers)
      for (const from of row.from) {
        const state = from === '*' ? null : from;
        expect(leaves(row, state)).toBe(true);
        const action = offered(record, code, state).find(({ event }) => event === row.event);
        const input = inputOf(row.mutation);
        const events = input?.event && getNamedType(input.event.type);
        const values: readonly (string | null)[] = isEnumType(events)
          ? events.getValues().map(({ name }) => name)
          : [null];
        const says = `${row.where} ${code} in ${from}`;
        if (action?.mutation !== row.mutation) faults.push(`${says}: by ${action?.mutation}`);
        if (!values.includes(action?.inputEvent ?? null)) faults.push(`${says}: with ${action?.inputEvent}`);
        if (action?.inputEvent !== (mutations.get(row.mutation)?.choosesEvent ? enumOf(row.event) : null))
          faults.push(`${says}: ${row.event} as ${action?.inputEvent}`);
        for (const needed of action?.needs ?? [])
          if (!input?.[needed]) faults.push(`${says}: needs ${needed}, which ${row.mutation} does not take`);
      }
  expect(faults).toEqual([]);
});

test('several of the mutations take an event', () => {
  expect([...mutations.values()].filter(({ choosesEvent }) => choosesEvent).length).toBeGreaterThan(20);
});
