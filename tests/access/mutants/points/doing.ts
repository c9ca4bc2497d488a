import { pointsOf } from './point.ts';

const performer = pointsOf('performer.ts');
const choose = pointsOf('choose-row.ts');
const legal = pointsOf('legal-events.ts');
const actions = pointsOf('available-actions.ts');
const work = pointsOf('my-work.ts');
const input = pointsOf('input-values.ts');
// Judged over the viewers' roles: what is fetched has to be printed first, and the owner prints nothing.
const issued = pointsOf('issued-documents.ts', 'database');
const plan = pointsOf('access-plan.ts');
const checkRow = pointsOf('check-row.ts', 'database');
const events = pointsOf('event-functions.ts', 'database');
const apart = pointsOf('told-apart.ts', 'database');
const policies = pointsOf('doing-policies.ts', 'database');
const statements = pointsOf('doing-statements.ts', 'database');
const rights = pointsOf('write-rights.ts', 'database');
const rules = pointsOf('territory-sql.ts', 'database');

const program = ['doing/every-mutation', 'doing/actions-and-work'];
const asRole = ['doing/every-transition', 'doing/write-wall'];

/** The program's wall of writing (docs/doing.md, The road of a mutation). */
const byProgram = [
  choose('the post of who makes a record', program, [
    'makingRow',
    "$row.$from === 'NEW' && ($row.$record === $record || $mutation.$parts.length === 0) && $row.$viewers.has($context.$viewer.$department) && $hasPost($row, $context)",
    "$row.$from === 'NEW' && ($row.$record === $record || $mutation.$parts.length === 0) && $row.$viewers.has($context.$viewer.$department)",
  ]),
  choose('the post of who changes a record', program, [
    'isMine',
    '$hasPost($row, $context) && $row.$territory.some(($rule) => $yours.includes($ruleKey($rule)))',
    '$row.$territory.some(($rule) => $yours.includes($ruleKey($rule)))',
  ]),
  choose('the territory of who changes a record', program, [
    'isMine',
    '$hasPost($row, $context) && $row.$territory.some(($rule) => $yours.includes($ruleKey($rule)))',
    '$hasPost($row, $context)',
  ]),
  performer('the state of the record', program, [
    '#change',
    '$mine.find(($row) => $leavesFrom($row, $state))',
    '$mine[0]',
  ]),
  performer('guards', 'doing/actions-and-work', [
    '#change',
    '$transition.$guards.filter(($guard) => $standing.$missing.includes($guard))',
    '$transition.$guards.filter(($guard) => $standing.$missing.includes($guard) && false)',
  ]),
  performer('the version that was read', 'doing/two-writers', [
    '#change',
    '$input.$expectedVersion !== $version',
    '$input.$expectedVersion === null',
  ]),
  input('what is needed', 'doing/every-mutation', [
    'givenValues',
    'if ($isRequired && $number == null) $faults.push($required($name));',
    'if ($isRequired && $number === undefined && $faults.length < 0) $faults.push($required($name));',
  ]),
  legal('the state of what can be done', 'doing/actions-and-work', [
    'legalRows',
    '$leavesFrom($row, $state) && ($row.$posts.length === 0 || $row.$posts.some(($post) => $posts.includes($post))) && $row.$territory.some(($rule) => $yours.includes($ruleKey($rule)))',
    '($row.$posts.length === 0 || $row.$posts.some(($post) => $posts.includes($post))) && $row.$territory.some(($rule) => $yours.includes($ruleKey($rule)))',
  ]),
  legal('the post of what can be done', 'doing/actions-and-work', [
    'legalRows',
    '$leavesFrom($row, $state) && ($row.$posts.length === 0 || $row.$posts.some(($post) => $posts.includes($post))) && $row.$territory.some(($rule) => $yours.includes($ruleKey($rule)))',
    '$leavesFrom($row, $state) && $row.$territory.some(($rule) => $yours.includes($ruleKey($rule)))',
  ]),
  legal('the territory of what can be done', 'doing/actions-and-work', [
    'legalRows',
    '$leavesFrom($row, $state) && ($row.$posts.length === 0 || $row.$posts.some(($post) => $posts.includes($post))) && $row.$territory.some(($rule) => $yours.includes($ruleKey($rule)))',
    '$leavesFrom($row, $state) && ($row.$posts.length === 0 || $row.$posts.some(($post) => $posts.includes($post)))',
  ]),
  actions('what is missing', 'doing/actions-and-work', [
    'availableActions',
    '$row.$guards.filter(($name) => $standing.$missing.includes($name))',
    '$row.$guards.filter(($name) => !$standing.$missing.includes($name))',
  ]),
  work('the territory of what awaits', 'doing/actions-and-work', [
    'workStatement',
    '`…where w."yours" && m."rules" and not w."missing" && m."guards"…`',
    '`…where not w."missing" && m."guards"…`',
  ]),
  work('the guards of what awaits', 'doing/actions-and-work', [
    'workStatement',
    '`…where w."yours" && m."rules" and not w."missing" && m."guards"…`',
    '`…where w."yours" && m."rules"…`',
  ]),
  issued('who may fetch a printed document', 'doing/printing/printing', [
    'fetchIssued',
    'Object.hasOwn($done.$papers, $event) && $viewers.has($viewer.$department)',
    'Object.hasOwn($done.$papers, $event) && $viewers.size > 0',
  ]),
  issued('the bytes that were printed', 'doing/printing/what-is-printed', [
    'fetchIssued',
    '$printed?.$sha256 === $found.$sha256',
    '$printed?.$sha256.length === $found.$sha256.length',
  ]),
  work('the post of whom it awaits', 'doing/actions-and-work', [
    'myWork',
    '$row.$posts.length === 0 || $row.$posts.some(($post) => $posts.includes($post))',
    '$row.$posts.length === 0 || $row.$posts.length > 0',
  ]),
];

/** PostgreSQL's wall of writing: judged by the roles of the viewers. */
const byDatabase = [
  checkRow('the state before a change', asRole, [
    'checkRow',
    "`…else m.was = '*' or m.was = ${$was} end…`",
    '`…else ${$was} is null or true end…`',
  ]),
  checkRow('the state after a change', asRole, [
    'checkRow',
    "`…and case when m.now is null then tg_op = 'INSERT' or ${$now} is not distinct from ${$was} else m.now = ${$now} end\n      and (m.posts…`",
    '`…and (${$now} is null or ${$was} is null or true)\n      and (m.posts…`',
  ]),
  checkRow('the role of a row of the machine', asRole, [
    'checkRow',
    '`…where m.role = current_user\n      and case tg_op…`',
    '`…where true\n      and case tg_op…`',
  ]),
  checkRow('the declared event', asRole, [
    'checkRow',
    '$ofEvent.flatMap($rowsOf)',
    'transitions.flatMap($rowsOf)',
  ]),
  checkRow('the post', asRole, [
    'checkRow',
    "`…and (m.posts is null or m.posts && string_to_array(current_setting('laihu.posts', true), ','))…`",
    '`…and true…`',
  ]),
  checkRow('the columns of each event', 'doing/write-wall', [
    'checkRow',
    '`…and not m.barred && ${$changedColumns($done)};…`',
    '`…and ${$changedColumns($done)} is not null;…`',
  ]),
  apart('the event that was declared', 'doing/write-wall', ['toldApart', '[...$told].sort()', '[]']),
  checkRow('the territory of each event', asRole, ['ownRules', '$keys.size < 2', '$keys.size < 1000']),
  events('the event of a change', 'doing/write-wall', [
    'demandEvent',
    '`…and e.record_id = new.id::text and e.version = new.record_version…`',
    '`…and e.record_id = new.id::text…`',
  ]),
  events('whose event it is', 'doing/write-wall', [
    'demandEvent',
    '`…on m.role = current_user and m.event = e.event…`',
    '`…on m.role = current_user…`',
  ]),
  events('the change of an event', 'doing/write-wall', [
    'checkEvent',
    '`…if held is null or held < new.version then…`',
    '`…if held is null then…`',
  ]),
  checkRow('the target of a link', 'doing/write-wall', [
    'linkChecks',
    "`if current_user <> '${$systemRole}' and new.${$held} is not null and (tg_op…`",
    "`if false and current_user <> '${$systemRole}' and new.${$held} is not null and (tg_op…`",
  ]),
  policies('the rows that a role may change or make', asRole, [
    'territoryOf',
    "$all.includes('true')",
    "$all.includes('true') || true",
  ]),
  statements('the keys of others', 'doing/write-wall', [
    'accessPolicies',
    '`unit = ${$ownUnit}`',
    '`${$ownUnit} is not null`',
  ]),
  statements('the events of records that are not seen', 'doing/write-wall', [
    'accessPolicies',
    '`acting_unit = ${$ownUnit} or sealed.sees_record(record_type, record_id)`',
    '`${$ownUnit} is not null`',
  ]),
  statements('the events of others', 'doing/write-wall', [
    'accessPolicies',
    "`acting_unit = ${$ownUnit} and 'laihu_' || lower(viewer) = current_user`",
    '`${$ownUnit} is not null`',
  ]),
  rights('the columns of a viewer', 'doing/write-wall', [
    'writeColumns',
    "$open.filter(({ $from }) => $from !== 'NEW')",
    '$open',
  ]),
  rules('everywhere for those who have a place', asRole, [
    'territorySql',
    "$viewer.$kind === 'DISTRICT' || $viewer.$wholeSociety ? $sql`true` : $sql`false`",
    '$sql`true`',
  ]),
];

/** What can be done is what the do-matrix says. */
export const doings = [
  plan('who may use a mutation', 'doing/every-mutation', [
    '#decide',
    '$mutation.$viewers.has($viewer)',
    '$mutation.$viewers.size > 0',
  ]),
  ...byProgram,
  ...byDatabase,
];
