import { postFunctions } from '../../identity/viewer.ts';
import { viewers } from '../../identity/viewers.ts';

/** What a line of the table may say. */
export type Part =
  | 'territory'
  | 'subjects'
  | 'serves'
  | 'concerns'
  | 'concerned'
  | 'units'
  | 'persons'
  | 'former'
  | 'window'
  | 'task'
  | 'asked'
  | 'onRequest'
  | 'parent'
  | 'post'
  | 'shield'
  | 'published'
  | 'everywhere'
  | 'others';

/** The values of a part, and how a fault says them. */
interface PartForm {
  readonly takes: (value: string) => boolean;
  readonly says: string;
  /** A type may have the part several times, with different values. */
  readonly several?: true;
}

const isViewer = (code: string): boolean => viewers.some((viewer) => viewer.code === code);
const nothing: PartForm = { takes: (value) => value === '', says: 'nothing' };
const days: PartForm = { takes: (value) => /^[1-9]\d?$/.test(value), says: 'days, such as 30' };
const viewer: PartForm = { takes: isViewer, says: 'the code of a viewer, such as PSB' };
/** Whether the record type exists is checked later, when the table meets the departments. */
const isTypeName = (value: string): boolean => /^[A-Z]\w+$/.test(value);
const levels = ['subdistrict', 'station', 'neighbourhood'];

/** Every part, in the order in which sentences list them. */
export const parts: ReadonlyMap<Part, PartForm> = new Map<Part, PartForm>([
  ['territory', { takes: (value) => levels.includes(value), says: levels.join(', '), several: true }],
  ['subjects', nothing],
  ['serves', nothing],
  ['concerns', nothing],
  ['concerned', nothing],
  ['units', nothing],
  ['persons', nothing],
  ['former', days],
  ['window', days],
  ['task', days],
  ['asked', { takes: isTypeName, says: 'a record type', several: true }],
  ['onRequest', viewer],
  ['parent', { takes: isTypeName, says: 'a record type' }],
  [
    'post',
    {
      takes: (value) => {
        const [code = '', duty = '', ...more] = value.split(' ');
        return isViewer(code) && (postFunctions as readonly string[]).includes(duty) && more.length === 0;
      },
      says: 'the code of a viewer and a function, such as LAO AUDITOR',
    },
  ],
  [
    'shield',
    {
      takes: (value) => value.split(' ').every((text) => isViewer(text.replace(/o$/, ''))),
      says: 'the codes of the viewers who see shielded rows, with o for their own, such as PSB WOFo',
    },
  ],
  ['published', { takes: (value) => ['ALL_ROWS', 'BY_DAY'].includes(value), says: 'ALL_ROWS or BY_DAY' }],
  ['everywhere', nothing],
  ['others', { ...viewer, several: true }],
]);
