import type { DocumentNode } from 'graphql';
import type { AccessPlan } from '../../contract/compile/access-plan.ts';
import { type Answer, plannedCoordinates } from '../../contract/compile/planned-coordinates.ts';
import type { DoMatrix, Transition } from '../../contract/doing/transition.ts';
import type { Model } from '../../contract/model/record.ts';
import { expandSdl } from '../../contract/sdl/expand.ts';
import type { GrantLimits } from '../../contract/tables/grant-limits.ts';
import type { Matrix } from '../../contract/tables/matrix.ts';
import type { Purposes } from '../../contract/tables/purposes.ts';
import type { WriterException } from '../../contract/tables/writers.ts';
import { getViewer, type ViewerName, viewers } from '../../identity/viewers.ts';
import type { ColumnPlan } from '../columns/column-plan.ts';
import { rowLines } from './row-lines.ts';

/** Everything that decides what a viewer may see. */
export interface LockParts {
  readonly sdl: readonly DocumentNode[];
  readonly matrix: Matrix;
  readonly purposes: Purposes;
  readonly writerExceptions?: readonly WriterException[];
  readonly grantLimits: GrantLimits;
  readonly explainsOthers: readonly ViewerName[];
  readonly accessPlan: AccessPlan;
  readonly model: Model;
  readonly plan: ColumnPlan;
  readonly doing?: DoMatrix | undefined;
}

const head = [
  '# The whole policy in one text, printed by `npm run -s policy:lock > policy.lock` and compared by a test.',
  '# A change of policy is a difference here; nothing reads this file. docs/access.md says what the words mean.',
];

/**
 * The policy as sorted lines: groups and their writers, purposes, publication, the rows of each record type,
 * and what each viewer gets at each coordinate and may do with each argument.
 */
export function printLock(parts: LockParts): string {
  const { types } = expandSdl(parts.sdl);
  const answers = plannedCoordinates(parts.accessPlan, types).map(
    ({ surface, coordinate, groups, answerOf }) => {
      const word = (viewer: ViewerName) =>
        wordOf(answerOf(viewer), surface, parts.plan.sealedFor(coordinate, viewer) !== undefined);
      return `${surface} ${coordinate} [${groups.map(({ code }) => code).join(' ')}] ${byAnswer(word)}`;
    },
  );
  const lines = [
    ...answers,
    ...rowLines(parts.model),
    ...[...parts.matrix.values()].map(
      (group) =>
        `group ${group.name} [${group.code}] ${byAnswer((viewer) => {
          const cell = group.cells.get(viewer);
          return cell ? `${cell.value}${cell.own ? 'o' : ''}` : null;
        })}${group.secret ? ' | secret' : ''}${group.masked === 'companions' ? ' | companions' : ''}${group.k ? ` | k ${group.k}` : ''}`,
    ),
    ...[...parts.matrix.values()].map(({ name, code, writer }) => `write ${name} [${code}] ${writer}`),
    ...(parts.writerExceptions ?? []).map(
      ({ groups, viewers: excepted, records, clause }) =>
        `write also ${[...groups].map((group) => `[${parts.matrix.get(group)?.code}]`).join(' ')} ${[...excepted].map(codeOf).join(' ')} | ${[...records].join(' ')} | ${clause}`,
    ),
    ...[...parts.purposes.rows.values()].map(
      ({ purpose, openTo }) => `purpose ${purpose} ${[...openTo.keys()].map(codeOf).join(' ')}`,
    ),
    ...(parts.doing?.transitions ?? []).flatMap(doLines),
    ...[...parts.grantLimits.rows.values()].map(
      ({ group, never, needsConsent }) =>
        `grant ${group} [${parts.matrix.get(group)?.code}] ${byAnswer((viewer) => (never.has(viewer) ? 'never' : null))}${needsConsent ? 'with consent of the client' : ''}`,
    ),
    `explain others ${parts.explainsOthers.map(codeOf).join(' ')}`,
  ];
  return `${[...head, ...lines.sort()].join('\n')}\n`;
}

/** A row of the do-matrix, one line a state that it leaves. */
function doLines(row: Transition): string[] {
  const from = row.from === 'NEW' ? ['–'] : row.from === 'ANY' ? ['*'] : row.from;
  const rules = row.territory.map((rule) =>
    'property' in rule ? `${rule.kind} ${rule.property}` : rule.kind,
  );
  const input = row.input.map(({ field, required }) => (required ? `${field}!` : field));
  const parts = [
    `who ${row.bySystem ? 'SYSTEM' : [...row.viewers].map(codeOf).join(' ')}`,
    row.posts.length > 0 && `post ${row.posts.join(' ')}`,
    rules.length > 0 && `rows ${rules.join(', ')}`,
    input.length > 0 && `gives ${input.join(' ')}`,
    row.guards.length > 0 && `if ${row.guards.join(' ')}`,
    row.adverse && 'adverse',
  ];
  return from.map(
    (was) => `do ${row.record} ${was} ${row.event} ${row.to ?? '='} | ${parts.filter(Boolean).join(' | ')}`,
  );
}

const words: Readonly<Record<Exclude<Answer['kind'], 'OPEN' | 'MASKED' | 'ROWS'>, string>> = {
  NO_ROWS: 'no-rows',
  COUNTS: 'counts',
  REFUSED: 'refused',
  SILENT: 'silent',
};

/**
 * `clear`, `NAME`, `null-own`, `rows-published`, `open`, `refused`; `-sealed`: read through a `sealed.*`
 * function.
 */
function wordOf({ kind, mask, own, published }: Answer, surface: string, sealed: boolean): string {
  if (kind !== 'OPEN' && kind !== 'MASKED' && kind !== 'ROWS') return words[kind];
  const shown = mask === 'NULL' ? 'null' : (mask ?? (surface === 'output' ? 'clear' : 'open'));
  const what = kind === 'ROWS' ? 'rows' : shown;
  return [what, published && 'published', own && 'own', sealed && 'sealed'].filter(Boolean).join('-');
}

const codeOf = (viewer: ViewerName): string => getViewer(viewer).code;

/** `clear HLR CAC | refused PSB …`, in the order of the matrix; null is left out. */
function byAnswer(answerOf: (viewer: ViewerName) => string | null): string {
  const groups = Map.groupBy(viewers, ({ name }) => answerOf(name));
  return [...groups]
    .filter(([answer]) => answer !== null)
    .map(
      ([answer, those]) =>
        `${answer} ${those.length === viewers.length ? 'everybody' : those.map((v) => v.code).join(' ')}`,
    )
    .sort()
    .join(' | ');
}
