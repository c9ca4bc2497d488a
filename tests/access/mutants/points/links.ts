import { pointsOf } from './point.ts';

const needs = pointsOf('link-needs.ts');
const holders = pointsOf('holders.ts');
const refresh = pointsOf('refresh.ts');

/** Where links lie: who is known to whom is a secret of its own. */
export const linking = [
  needs('links only where they decide', 'access/link-needs', [
    'linkReaders',
    '$viewers.filter($needs)',
    '$viewers.filter((viewer) => $needs(viewer) || viewer)',
  ]),
  needs('links only where a cell says own rows', 'access/link-needs', [
    'linkReaders',
    "$hasOwn && $looksAtLinks($ownRows($record, 't', $c, $model))",
    "($hasOwn || $c) && $looksAtLinks($ownRows($record, 't', $c, $model))",
  ]),
  needs('links only of viewers for whom there are rows', 'access/link-needs', [
    'linkReaders',
    'false',
    "$looksAtLinks($ownRows($record, 't', $classesOf($name)[0]!, $model))",
    "$looksAtLinks($ownRows($record, 't', $c, $model))",
    '$classesOf($name)',
  ]),
  needs('the stores of a server', 'access/link-needs', [
    'linkReaders',
    '$stores.has($store)',
    '$stores.has($store) || $store',
  ]),
  holders('who a holder of links acts for, in SQL', 'access/link-needs', [
    'viewerOfHolderSql',
    "`…then 'SVC' else coalesce(substring(holder from '^PT-([A-Z]+)'), 'COR') end`",
    "`…then 'SVC' else coalesce(substring(holder from '^PT-(HLR)'), 'HLR') end`",
  ]),
  refresh('links that a server makes itself without a need', 'access/link-needs', [
    'replaceLinks',
    "$readers ? $sql` where ${$viewerOfHolderSql} = any(${$sql.$raw(`'{${[...$readers].join(',')}}'`)}::text[])` : $sql``",
    "$readers && !$readers ? $sql` where ${$viewerOfHolderSql} = any(${$sql.$raw(`'{${[...$readers].join(',')}}'`)}::text[])` : $sql``",
  ]),
  refresh('links that are sent to a server without a need', 'access/link-needs', [
    'linksFor',
    '!$readers',
    '!$readers || $readers',
  ]),
];
