import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ViewerCode, viewers } from '../../src/identity/viewers.ts';
import { leaks } from './asking/access-report.ts';
import { globalId } from './asking/expectation.ts';
import { expectNoProblems } from './asking/no-problems.ts';
import { openSetting, type Setting } from './asking/setup.ts';

// `provenance` beside the fields it comes from, asked one by one: it may say what they say, and nothing else.

let setting: Setting;
beforeAll(async () => {
  setting = await openSetting();
});
afterAll(() => setting?.graph.close());

type Json = Readonly<Record<string, unknown>>;

/** Dossier §8.3: where a value stands, the authority first; and the fields by which the register itself has it. */
const table: Readonly<
  Record<string, { readonly own: readonly [string, string][]; readonly by: readonly [string, Find][] }>
> = {
  name: {
    own: [['Migrant', 'name']],
    by: [
      ['public_security', (m) => [m.name]],
      ['labour', (m) => nodes(m.employments).map((e) => e.employeeName)],
      ['housing', (m) => nodes(m.leases).map((l) => (l.tenant as Json | null)?.name)],
      ['commerce', (m) => nodes(m.businessLicences).map((l) => l.operatorName)],
    ],
  },
  citizenIdNumber: {
    own: [['Migrant', 'citizenIdNumber']],
    by: [
      ['public_security', (m) => [m.citizenIdNumber]],
      ['labour', (m) => nodes(m.employments).map((e) => e.employeeIdentityNumber)],
      ['housing', (m) => nodes(m.leases).map((l) => (l.tenant as Json | null)?.identityNumber)],
    ],
  },
  mobilePhone: {
    own: [['Migrant', 'mobilePhone']],
    by: [
      ['public_security', (m) => [m.mobilePhone]],
      [
        'housing',
        (m) =>
          nodes(m.leases)
            .filter(inForce)
            .map((l) => (l.tenant as Json | null)?.phone),
      ],
    ],
  },
  maritalStatus: {
    own: [['Migrant', 'maritalStatus']],
    by: [
      [
        'civil_affairs',
        (m) => [...nodes(m.marriagesAsPartyA), ...nodes(m.marriagesAsPartyB)].map((r) => r.maritalStatus),
      ],
      ['public_security', (m) => [m.maritalStatus]],
    ],
  },
  dwelling: {
    own: [
      ['Migrant', 'currentRegistration'],
      ['ResidenceRegistration', 'dwelling'],
    ],
    by: [
      ['public_security', (m) => [idOf((m.currentRegistration as Json | null)?.dwelling)]],
      [
        'permits',
        (m) =>
          nodes(m.permits)
            .filter((p) => p.status === 'ACTIVE')
            .map((p) => idOf(p.registeredDwelling)),
      ],
      [
        'housing',
        (m) =>
          nodes(m.leases)
            .filter(inForce)
            .map((l) => idOf(l.dwelling)),
      ],
    ],
  },
};

type Find = (migrant: Json) => readonly unknown[];
const nodes = (found: unknown): readonly Json[] =>
  Array.isArray(found) ? found : ((found as { nodes?: Json[] } | null)?.nodes ?? []);
const inForce = (lease: Json) => lease.status === 'IN_FORCE';
const idOf = (found: unknown) => (found as Json | null)?.id;

const one = (field: string, value: string) =>
  `${field} { ${value} source { store } flags claimed { ${value} source { store } } }`;
const provenance = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Migrant { id provenance {
  ${Object.keys(table)
    .map((field) => one(field, field === 'dwelling' ? 'value { id }' : 'value'))
    .join(' ')} } } } }`;
const direct = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Migrant { id name citizenIdNumber mobilePhone
  maritalStatus currentRegistration { dwelling { id } }
  employments(first: 5) { nodes { employeeName employeeIdentityNumber } }
  leases(first: 5) { nodes { status tenant { name identityNumber phone } dwelling { id } } }
  businessLicences { operatorName }
  permits(first: 5) { nodes { status registeredDwelling { id } } }
  marriagesAsPartyA(first: 5) { nodes { maritalStatus } } marriagesAsPartyB(first: 5) { nodes { maritalStatus } } } } }`;

const told = new Map<string, Set<string>>();

describe.each(viewers.map((v) => v.code))('%s', (code: ViewerCode) => {
  it('learns from provenance what each field tells it, and nothing else', async () => {
    const { oracle, graph } = setting;
    const expectation = setting.expect(code);
    if (oracle.presence(code, 'Migrant') === 'NONE') {
      const { data } = await graph.ask(expectation.asking, `{ migrants { nodes { id } } }`);
      expect(data).toEqual({ migrants: null });
      return;
    }
    const seen = setting.district.rows('Migrant').filter((row) => expectation.scope.sees('Migrant', row.id));
    const rows = [...setting.samples(expectation, 'Migrant'), ...seen.slice(0, 80)].slice(0, 90);
    const ids = [...new Set(rows.map((row) => globalId('Migrant', row.id)))];
    const [got, said] = [
      await graph.ask(expectation.asking, provenance, { ids }),
      await graph.ask(expectation.asking, direct, { ids }),
    ];
    const refused = Object.entries(table).flatMap(([field, { own }]) => {
      const denied = own.some(([type, name]) => {
        const coordinate = oracle.type(type).fields.get(name);
        return coordinate && oracle.sight(code, coordinate).kind === 'DENIED';
      });
      return denied ? [`MigrantProvenance.${field}`] : [];
    });
    expect(got.denied.map((d) => d.coordinate).sort()).toEqual(refused.sort());

    const problems: string[] = [];
    for (const [i, node] of (got.data.nodes as readonly Json[]).entries()) {
      const plain = said.data.nodes[i] as Json;
      for (const [field, { own, by }] of Object.entries(table)) {
        const held = (node.provenance as Json)[field] as Json | null;
        const claims = held ? [held, ...(held.claimed as Json[])] : [];
        const stores = claims.map((c) => String((c.source as Json).store));
        for (const [k, claim] of claims.entries()) {
          const find = by.find(([store]) => store === stores[k])?.[1];
          const value = field === 'dwelling' ? idOf(claim.value) : claim.value;
          if (!find?.(plain).includes(value))
            problems.push(`${field} of ${stores[k]} is told by provenance only`);
          told.set(field, (told.get(field) ?? new Set()).add(stores[k] ?? ''));
        }
        const known = by
          .filter(([, find]) => find(plain).some((value) => value != null))
          .map(([store]) => store);
        const isHidden = own.some(([type, name]) => {
          const coordinate = oracle.type(type).fields.get(name);
          const sight = coordinate && oracle.sight(code, coordinate);
          return (
            sight?.kind === 'NULL' ||
            (sight && 'own' in sight && sight.own && oracle.presence(code, type) !== 'OWN')
          );
        });
        const isMute =
          refused.includes(`MigrantProvenance.${field}`) || (isHidden && !known.includes('public_security'));
        const expected = isMute ? [] : known;
        if (stores.join() !== expected.join())
          problems.push(
            `${field} comes from ${stores.join() || 'nobody'}, expected ${expected.join() || 'nobody'}`,
          );
      }
    }
    for (const row of rows) expectation.withhold('Migrant', row);
    expectation.allowed.add(JSON.stringify(said.data));
    expectNoProblems(problems, leaks(got, expectation));
  });
});

it('every holder was told to somebody, or nothing was proved', () => {
  for (const [field, { by }] of Object.entries(table))
    expect([...(told.get(field) ?? [])].sort(), field).toEqual(by.map(([store]) => store).sort());
});
