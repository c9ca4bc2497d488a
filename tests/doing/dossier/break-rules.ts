import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { capital, small } from '../../../src/contract/doing/mutations.ts';
import type { Viewer } from '../../../src/identity/viewer.ts';
import { quotedTableOf } from '../../../src/store/table-name.ts';
import { type DistrictWork, openDistrictWork } from '../../support/district-work.ts';
import { badLinks } from './bad-links.ts';
import { type Rule, rulesOf } from './read-rules.ts';

/** A call that is right: it is accepted, unless something in its input is changed for the worse. */
export interface RightCall {
  readonly viewer: Viewer;
  readonly mutation: string;
  readonly record: string;
  /** The record to which it happens; without one it makes it. */
  readonly node?: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Values that a bad input names by `$name`. */
  readonly known?: Readonly<Record<string, unknown>>;
}

export type Calls = Readonly<Record<string, () => Promise<RightCall>>>;

interface Answered {
  readonly faults: readonly string[];
  readonly messages: readonly (readonly [english: string, chinese: string])[];
  readonly error: string | null;
  readonly committed: boolean;
  // biome-ignore lint/suspicious/noExplicitAny: the record is looked into by field.
  readonly record: any;
}

/**
 * Breaks each rule of the list that names a call of this file: the call is right but for one value, it is refused at the
 * path of that value, in two languages, and nothing has happened; and in the end the same call without it is done.
 */
export function breakRules(file: string, callsOf: (work: DistrictWork) => Calls): void {
  const opened = {} as DistrictWork;
  let close: () => Promise<void>;
  beforeAll(async () => {
    const district = await openDistrictWork();
    close = district.close;
    // The calls were named before there was a district.
    Object.setPrototypeOf(opened, Object.getPrototypeOf(district.work));
    Object.assign(opened, district.work);
  });
  afterAll(() => close?.());
  const calls = callsOf(opened);
  const rules = rulesOf(file);

  test('each rule of the list names a call of this file, and each call breaks some rule', () => {
    const named = new Set(rules.map(({ call }) => call.slice(file.length + 1)));
    expect([...named].sort()).toEqual(Object.keys(calls).sort());
  });

  describe.each(Object.keys(calls))('%s', (name) => {
    const own = rules.filter(({ call }) => call === `${file}.${name}`);
    const make = calls[name]!;
    let made: Promise<RightCall> | undefined;
    const prepared = () => {
      made ??= make();
      return made;
    };

    test.each(
      own
        .filter(({ kind }) => kind === 'refused')
        .map((rule) => [`${rule.entity}.${rule.field}: ${rule.text}`, rule] as const),
    )('%s', async (_, rule) => {
      const call = await prepared();
      const before = await happened(opened, call);
      for (const [n, bad] of rule.bad.entries()) {
        const answer = await ask(opened, call, changed(call, bad));
        expect(`${JSON.stringify(bad)}: ${said(answer)}`).toBe(
          `${JSON.stringify(bad)}: ${rule.expected[n] ?? rule.expected[0]}`,
        );
        for (const [english, chinese] of answer.messages) {
          expect(english, 'in English').toMatch(/^[^\p{Script=Han}]{3,}$/u);
          expect(chinese, 'in Chinese').toMatch(/\p{Script=Han}/u);
        }
      }
      expect(await happened(opened, call)).toEqual(before);
    });

    test('a link to nothing and one to what is not seen are refused alike', async () => {
      const call = await prepared();
      for (const [field, missing, unseen] of await badLinks(opened, call)) {
        const answers = [];
        for (const id of [missing, unseen].filter((one) => one !== undefined)) {
          const answer = await ask(opened, call, changed(call, { [field]: id }));
          answers.push(answer);
          expect(said(answer)).toBe(`NOT_FOUND ${field}`);
        }
        expect(answers.at(-1)).toEqual(answers[0]);
      }
    });

    test('it is done as it is', async () => {
      const call = await prepared();
      expect(said(await ask(opened, call, call.input))).toBe('done');
    });

    test.each(
      own
        .filter(({ kind }) => kind === 'warned' || kind === 'allowed')
        .map((rule) => [`${rule.entity}.${rule.field}: ${rule.text}`, rule] as const),
    )('%s', async (_, rule) => {
      for (const bad of rule.bad) await doneThough(opened, await make(), bad, rule);
    });
  });
}

const said = ({ committed, error, faults }: Answered): string =>
  committed ? 'done' : (error ?? faults.join(', '));

async function doneThough(work: DistrictWork, call: RightCall, bad: object, rule: Rule): Promise<void> {
  const warnings = rule.expected.map((warning) => warning.split(' '));
  const fields = warnings.map(([field]) => field).join(' ');
  const answer = await ask(work, call, changed(call, bad), fields);
  expect(said(answer)).toBe('done');
  for (const [field = '', value = ''] of warnings)
    expect([answer.record[field]].flat().map(String)).toContain(value);
}

/** The call's input with changes; a null takes a value away, `$name` is a value that the call knows. */
function changed({ input, known = {} }: RightCall, change: object): Record<string, unknown> {
  const resolved = (value: unknown): unknown => {
    if (typeof value === 'string' && value.startsWith('$')) {
      if (!(value.slice(1) in known)) throw new Error(`The call knows no ${value}.`);
      return known[value.slice(1)];
    }
    const [, text, times] = /^(.+)\*(\d+)$/.exec(typeof value === 'string' ? value : '') ?? [];
    return text && times ? text.repeat(Number(times)) : value;
  };
  const merge = (was: unknown, by: unknown): unknown => {
    if (Array.isArray(by)) return by.map((one) => merge(undefined, one));

    if (by === null || typeof by !== 'object') return resolved(by);
    const base = was !== null && typeof was === 'object' && !Array.isArray(was) ? was : {};
    const merged: Record<string, unknown> = { ...base };
    for (const [name, value] of Object.entries(by)) merged[name] = merge(merged[name], value);
    return merged;
  };
  return merge(input, change) as Record<string, unknown>;
}

/** @param fields what is read of the record */
async function ask(
  work: DistrictWork,
  call: RightCall,
  changedInput: object,
  fields = '',
): Promise<Answered> {
  const { mutation, record } = call;
  // What is wrong may be the record, or who acts.
  const {
    $node: node = call.node,
    $viewer: viewer = call.viewer,
    ...given
  } = changedInput as {
    readonly $node?: string;
    readonly $viewer?: Viewer;
  };
  const version = node && (await work.row(record, node)).recordVersion;
  const input = node ? { id: node, expectedVersion: version, ...given } : given;
  const { data, errors } = await work.graph.ask(
    viewer,
    `mutation($input: ${capital(mutation)}Input!) { done: ${mutation}(input: $input) {
      committed userErrors { path code message messageZh } record: ${small(record)} { id ${fields} } } }`,
    { input },
  );
  const done = data?.done;
  const userErrors: { path: string[]; code: string; message: string; messageZh: string }[] =
    done?.userErrors ?? [];
  return {
    faults: userErrors.map(({ path, code }) => `${code} ${path.join('.')}`.trim()),
    messages: userErrors.map(({ message, messageZh }) => [message, messageZh] as const),
    error: errors.length > 0 ? `${errors[0]?.extensions.code ?? ''} ${errors[0]?.message}` : null,
    committed: done?.committed ?? false,
    record: done?.record,
  };
}

/** How many events there are, and rows of the type: each write needs an event. */
async function happened({ owner, graph }: DistrictWork, { record }: RightCall) {
  const table = quotedTableOf(graph.graph.model.get(record)!.source.table);
  const [events] = await owner`select count(*)::int as n from access.record_events`;
  const [rows] = await owner.unsafe(`select count(*)::int as n from ${table}`);
  return { events: events?.n, rows: rows?.n };
}
