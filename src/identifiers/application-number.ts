import { fromCompactDate, isCalendarDate } from './calendar-date.ts';
import { toHalfWidth } from './half-width.ts';
import { accepted, type Checked, refused } from './result.ts';

/** A permit application number (居住证申请编号): 310107, unit, day, serial; 21 digits (dossier B.4). */
export interface ApplicationNumber {
  readonly number: string;
  /** Three digits: the sub-district or town of the reception centre, e.g. `015`. */
  readonly unit: string;
  /** `YYYY-MM-DD` */
  readonly acceptedOn: string;
  /** 1 to 9999 within the unit and the day. */
  readonly serial: number;
}

export type ApplicationNumberFault = 'APPLICATION_NO_FORMAT' | 'APPLICATION_NO_DATE';

/** Checks a permit application number and takes it apart. */
export function parseApplicationNumber(text: string): Checked<ApplicationNumber, ApplicationNumberFault> {
  const number = toHalfWidth(text);
  const parts = /^310107(\d{3})(\d{8})(\d{4})$/.exec(number);
  if (!parts || parts[3] === '0000') {
    return refused(
      'APPLICATION_NO_FORMAT',
      'An application number has 21 digits: 310107, unit, day, serial from 0001.',
    );
  }
  const acceptedOn = fromCompactDate(parts[2]!);
  if (!isCalendarDate(acceptedOn)) {
    return refused('APPLICATION_NO_DATE', 'Digits 10 to 17 of the application number are no calendar date.');
  }
  return accepted({ number, unit: parts[1]!, acceptedOn, serial: Number(parts[3]) });
}

/**
 * Makes the application number of a unit's n-th application of a day.
 * @throws RangeError when a part does not fit its place.
 */
export function formatApplicationNumber(parts: Omit<ApplicationNumber, 'number'>): string {
  const serial = String(parts.serial).padStart(4, '0');
  const number = `310107${parts.unit}${parts.acceptedOn.replaceAll('-', '')}${serial}`;
  const checked = parseApplicationNumber(number);
  if (!checked.ok) throw new RangeError(checked.message);
  return number;
}
