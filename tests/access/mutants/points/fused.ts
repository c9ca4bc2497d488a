import { pointsOf } from './point.ts';

const rowText = pointsOf('src/graph/fused/row-text.ts');
const tellLog = pointsOf('src/graph/fused/tell-log.ts');
const documents = pointsOf('src/graph/fused/fused-documents.ts');

const roads = 'graph/runs/by-one-statement';
const log = 'audit/looked-for-by-one-statement';

/** Where one statement answers in the place of loaders. */
export const fused = [
  rowText('one statement: relations that may not be followed', roads, [
    "if (columns.get(key) === noKey) return 'null';",
    'if (columns.get(key) === noKey) columns = new Map();',
  ]),
  rowText('one statement: relations that are followed in own rows only', roads, [
    "const parent = ref(row, columns.has(key) ? key : 'id');",
    "const parent = ref(row, 'id');",
  ]),
  tellLog('one statement: the subjects of the access log', roads, [
    'const ids = place.ids === undefined ? [] : linesOf(row[place.ids]);',
    'const ids: string[] = [];',
  ]),
  tellLog('one statement: whom a list tells of by its filter', log, [
    'if (parents === undefined || !page.field) return lookedFor.matched(list.asked, isWhole);',
    'if (parents === undefined || !page.field) return undefined;',
  ]),
  tellLog('one statement: whom nested lists tell of by their filters', log, [
    'return lookedFor.matched({ ...list.asked, parents: of }, isWhole);',
    'return of && undefined;',
  ]),
  documents('one statement: whom a filter names', log, [
    '...[...lists.values()].map((list) => lookedFor?.asked(list.asked)),',
    '',
  ]),
];
