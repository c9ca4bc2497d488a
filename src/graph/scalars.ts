import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { isCalendarDate, isCalendarMonth } from '../identifiers/calendar-date.ts';
import { parseCitizenId } from '../identifiers/citizen-id.ts';
import { districtToday } from '../identifiers/district-day.ts';
import { parseDivisionCode } from '../identifiers/division-code.ts';
import { parseOrganisationCode } from '../identifiers/organisation-code.ts';
import { parseRegistrationNumber } from '../identifiers/registration-number.ts';
import { readInstant } from './instants.ts';
import { misreadOf } from './misread.ts';

/** The fault of an input value. It says what is expected and never repeats what was given. */
const badValue = (expected: string, nodes?: ValueNode) =>
  new GraphQLError(`A value is not ${expected}.`, { nodes, extensions: { code: 'BAD_VALUE' } });

interface Form {
  readonly name: string;
  /** Completes "A value is not …". */
  readonly expected: string;
  /** The same in Chinese, completes "应为…". */
  readonly zh: string;
  /** The value in its inner form, or undefined when it is not valid. */
  readonly read: (text: string) => string | number | undefined;
  /** Values of the store are trusted: most go out as they are. */
  readonly write?: (value: unknown) => unknown;
}

function scalar({ name, expected, zh, read, write = (value) => value }: Form): GraphQLScalarType {
  const parse = (value: unknown, node?: ValueNode) => {
    const inner = typeof value === 'string' ? read(value) : undefined;
    if (inner === undefined) throw badValue(expected, node);
    return inner;
  };
  const type = new GraphQLScalarType({
    name,
    serialize: write,
    parseValue(value) {
      const inner = typeof value === 'string' ? read(value) : undefined;
      return inner ?? misreadOf(value, expected, zh) ?? parse(value);
    },
    parseLiteral: (node: ValueNode) => parse(node.kind === Kind.STRING ? node.value : undefined, node),
  });
  // The SDL has the description; an empty one here would replace it.
  delete (type as { description?: unknown }).description;
  return type;
}

const matching = (form: RegExp) => (text: string) => (form.test(text) ? text : undefined);
const moneyForm = /^(-?\d{1,12})(?:\.(\d{1,2}))?$/;

/** "592.00" yuan → 59200 fen. */
function readFen(text: string): number | undefined {
  const match = moneyForm.exec(text);
  if (!match) return undefined;
  const fen = Number(match[1]) * 100;
  const cents = Number((match[2] ?? '').padEnd(2, '0'));
  return text.startsWith('-') ? fen - cents : fen + cents;
}

/** 59200 fen → "592.00" yuan. */
export function writeYuan(value: unknown): string {
  const fen = Number(value);
  const text = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${text.slice(0, -2)}.${text.slice(-2)}`;
}

const scalarsOn = (today: () => string): readonly GraphQLScalarType[] => [
  scalar({
    name: 'Date',
    expected: 'a calendar date, YYYY-MM-DD',
    zh: '日期（YYYY-MM-DD）',
    read: (t) => (isCalendarDate(t) ? t : undefined),
  }),
  scalar({
    name: 'DateTime',
    expected: 'an instant, such as 2007-03-01T08:00:00Z',
    zh: '时间（如 2007-03-01T08:00:00Z）',
    read: readInstant,
  }),
  scalar({
    name: 'Month',
    expected: 'a month, YYYY-MM',
    zh: '月份（YYYY-MM）',
    read: (t) => (isCalendarMonth(t) ? t : undefined),
  }),
  scalar({
    name: 'Money',
    expected: 'an amount in yuan with at most two decimals, such as "592.00"',
    zh: '金额（元，最多两位小数）',
    read: readFen,
    write: writeYuan,
  }),
  scalar({
    name: 'Decimal',
    expected: 'a decimal number as a string',
    zh: '数字',
    read: matching(/^-?\d{1,15}(\.\d{1,6})?$/),
  }),
  scalar({
    name: 'CitizenId',
    expected: 'a citizen identity number with a right check digit',
    zh: '校验正确的公民身份号码',
    read: (t) => {
      const checked = parseCitizenId(t, { asOf: today() });
      return checked.ok ? checked.value.number : undefined;
    },
  }),
  scalar({
    name: 'DivisionCode',
    expected: 'a division code of 6, 9 or 12 digits',
    zh: '6位、9位或12位行政区划代码',
    read: (t) => {
      const checked = parseDivisionCode(t);
      return checked.ok ? checked.value.code : undefined;
    },
  }),
  scalar({
    name: 'OrgCode',
    expected: 'an organisation code with a right check character',
    zh: '校验正确的组织机构代码',
    read: (t) => {
      const checked = parseOrganisationCode(t);
      return checked.ok ? checked.value : undefined;
    },
  }),
  scalar({
    name: 'RegNo',
    expected: 'a registration number of 13 or 15 digits',
    zh: '13位或15位工商注册号（15位须校验正确）',
    read: (t) => {
      const checked = parseRegistrationNumber(t);
      return checked.ok ? checked.value.number : undefined;
    },
  }),
];

/** Any JSON value, taken as it is. The code that reads it checks what is in it. */
const json = new GraphQLScalarType({ name: 'JSON' });
delete (json as { description?: unknown }).description;

/**
 * Resolvers of the scalars that `schema/base.graphql` declares.
 * @param today the district's calendar day; an identity number with a later birth date is refused
 */
export const scalarResolversOn = (today: () => string): Readonly<Record<string, GraphQLScalarType>> =>
  Object.fromEntries([...scalarsOn(today), json].map((type) => [type.name, type]));

/** The same by the clock of the machine. */
export const scalarResolvers = scalarResolversOn(districtToday);
