import * as t from '../src/departments/womens-federation/tables.ts';
import type { Seed } from './load.ts';
import { dateOf, dayNumber } from './world/dates.ts';
import { hash } from './world/random.ts';
import { type Person, personsBy, seedId, type World } from './world.ts';

const kinds = [
  'DOMESTIC_VIOLENCE',
  'MARRIAGE',
  'LABOUR_RIGHTS',
  'HARASSMENT',
  'CUSTODY',
  'PROPERTY',
  'OTHER',
];
const outcomes = ['SETTLED', 'COURT_DECISION', 'REFERRED', 'ADVISED'];

function* clients(world: World): Generator<Person> {
  for (const p of personsBy(world, 55, 8)) if (p.sex === 'FEMALE' && p.ageYears >= 18) yield p;
  // Some of those who are shielded are clients, others asked the registrar for another reason.
  for (const p of personsBy(world, 4000, 777))
    if (p.sex === 'FEMALE' && p.ageYears >= 18 && p.index % 55 !== 8) yield p;
}

function* caseRows(world: World) {
  const today = dayNumber(world.today);
  for (const p of clients(world)) {
    const x = hash(world.seed, 138, p.index, 1);
    const opened = today - 10 - (x % 300);
    const withdrawn = x % 13 === 0;
    const closed = !p.shielded && (withdrawn || (x >>> 8) % 3 === 0);
    yield {
      id: seedId('rightsCase', p.index),
      caseNo: `FL2007${String(p.index).padStart(6, '0')}`,
      clientId: p.id,
      kind: p.shielded ? 'DOMESTIC_VIOLENCE' : kinds[(x >>> 4) % kinds.length],
      services: (x >>> 12) % 2 === 0 ? ['ADVICE'] : ['ADVICE', 'EVIDENCE', 'REPRESENTATION'],
      safeContactName: x % 3 === 0 ? `${p.surname}某` : null,
      safeContactRelation: x % 3 === 0 ? 'NON_RELATIVE' : null,
      safeContactPhone: `1380000${String(x % 10_000).padStart(4, '0')}`,
      addressShield: p.shielded,
      openedOn: dateOf(opened),
      closedOn: closed ? dateOf(Math.min(opened + 40, today)) : null,
      status: closed
        ? withdrawn
          ? 'WITHDRAWN'
          : 'CLOSED'
        : (x >>> 16) % 2 === 0
          ? 'INVESTIGATING'
          : 'MEDIATING',
      outcome: closed ? (withdrawn ? 'WITHDRAWN' : outcomes[x % outcomes.length]) : null,
    };
  }
}

/** Fills the women's federation's store. */
export const seedWomensFederation: Seed = async (world, sink) => {
  await sink(t.womenRightsCases, caseRows(world));
};
