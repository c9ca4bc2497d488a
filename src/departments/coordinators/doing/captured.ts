import type { Fill, FillFault, Values } from '../../../contract/doing/department-doing.ts';
import { parsePhone } from '../../../identifiers/phone.ts';

const fault = (path: readonly string[], en: string, zh: string): FillFault => ({ path, en, zh });
const mostPersons = 30;
const needed = ['name', 'sex', 'birthDate', 'hukouDivision'] as const;

/** What does not fit of a person who was captured; the register would refuse it later, when nobody is there to mend it. */
function faultOf(captured: Values, n: number, today: string): FillFault | null {
  const at = (field: string) => ['arrivals', String(n), field];
  const missing = needed.find((field) => captured[field] == null || captured[field] === '');
  if (missing) return fault(at(missing), `${missing} is needed.`, `${missing} 为必填项。`);
  const { citizenIdNumber, documentKind, documentNumber, mobilePhone } = captured;
  if (citizenIdNumber != null && !/^[0-9]{17}[0-9X]$/.test(String(citizenIdNumber)))
    return fault(at('citizenIdNumber'), 'This is no identity number.', '公民身份号码格式不符。');
  if ((documentKind == null) !== (documentNumber == null))
    return fault(at('documentNumber'), 'Give kind and number of the document.', '请填写证件种类和号码。');
  if (documentNumber != null && !/^[0-9A-Z-]{4,30}$/.test(String(documentNumber)))
    return fault(at('documentNumber'), 'This is no number of a document.', '证件号码格式不符。');
  if (!/^(?!31)[0-9]{6}$/.test(String(captured.hukouDivision)))
    return fault(
      at('hukouDivision'),
      'Six digits of a place outside Shanghai.',
      '请填写外省市六位区划代码。',
    );
  if (mobilePhone != null && !parsePhone(String(mobilePhone)).ok)
    return fault(at('mobilePhone'), 'This is no telephone number.', '电话号码无效。');
  if (String(captured.name).length > 50)
    return fault(at('name'), 'A name has at most 50 characters.', '姓名不得超过50字。');
  const first = String(captured.birthDate);
  if (first > today || first < '1900-01-01')
    return fault(at('birthDate'), 'This is no birth date.', '出生日期无效。');
  if (captured.arrivedHereOn != null && String(captured.arrivedHereOn) > today)
    return fault(at('arrivedHereOn'), 'The day of moving in lies ahead.', '入住日期不得晚于今天。');
  return null;
}

/** Whom a visit captured, looked at before the visit is entered. */
export const checkCaptured: Fill = {
  sets: ['personsCaptured'],
  async fill({ given, today }, system) {
    const arrivals = (given.arrivals ?? []) as readonly Values[];
    const departures = (given.departureIds ?? []) as readonly string[];
    if (arrivals.length === 0 && departures.length === 0) return {};
    if (arrivals.length > mostPersons)
      return fault(
        ['arrivals'],
        `A visit captures at most ${mostPersons} persons.`,
        `一次上门最多采集${mostPersons}人。`,
      );
    const task = await system.row('CoordinatorTask', String(given.taskId));
    if (!task?.targetMigrantId && !task?.targetDwellingId)
      return fault(
        [arrivals.length > 0 ? 'arrivals' : 'departures'],
        'Persons are captured on visits to a person or a dwelling.',
        '只有以人员或房屋为对象的任务可采集人员。',
      );
    for (const [n, captured] of arrivals.entries()) {
      const found = faultOf(captured, n, today);
      if (found) return found;
    }
    return { personsCaptured: given.personsCaptured ?? arrivals.length };
  },
};
