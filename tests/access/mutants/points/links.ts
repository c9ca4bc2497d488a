import { pointsOf } from './point.ts';

const needs = pointsOf('src/database/links/link-needs.ts');
const holders = pointsOf('src/identity/holders.ts');
const refresh = pointsOf('src/database/links/refresh.ts');

/** Where links lie: who is known to whom is a secret of its own. */
export const linking = [
  needs('links only where they decide', 'access/link-needs', [
    'return new Set(viewers.filter(needs).map(({ code }) => code));',
    'return new Set(viewers.filter((viewer) => needs(viewer) || viewer).map(({ code }) => code));',
  ]),
  needs('links only where a cell says own rows', 'access/link-needs', [
    "(hasOwn && looksAtLinks(ownRows(record, 't', c, model))),",
    "((hasOwn || c) && looksAtLinks(ownRows(record, 't', c, model))),",
  ]),
  needs('links only of viewers for whom there are rows', 'access/link-needs', [
    "if (presenceOf(record.rules, name) === 'NONE') return false;",
    "if (presenceOf(record.rules, name) === 'NONE') return looksAtLinks(ownRows(record, 't', classesOf(name)[0]!, model));",
  ]),
  needs('the stores of a server', 'access/link-needs', [
    'const records = [...model.values()].filter(({ store }) => stores.has(store));',
    'const records = [...model.values()].filter(({ store }) => stores.has(store) || store);',
  ]),
  holders('who a holder of links acts for, in SQL', 'access/link-needs', [
    "then 'SVC' else coalesce(substring(holder from '^PT-([A-Z]+)'), 'COR') end`",
    "then 'SVC' else coalesce(substring(holder from '^PT-(HLR)'), 'HLR') end`",
  ]),
  refresh('links that a server makes itself without a need', 'access/link-needs', [
    'const needed = readers\n',
    'const needed = readers && !readers\n',
  ]),
  refresh('links that are sent to a server without a need', 'access/link-needs', [
    'if (!readers) return { holders, subjects, ends };',
    'if (!readers || readers) return { holders, subjects, ends };',
  ]),
];
