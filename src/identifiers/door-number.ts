import { chineseNumerals, readChineseNumber } from './chinese-number.ts';
import { withoutInvisible } from './invisible.ts';

/** The parts of an address that are numbers: lane 弄, building 楼, room 室. */
export type DoorPart = 'lane' | 'building' | 'room';

/** A plain number, as nearly all are. */
const clean = /^[1-9]\d*$/;
/** What clerks write for nothing. */
const none = /^(?:无|没有|暂无|未知|不详|无弄|无号|无室|NULL|N\/?A|[-/\\.*#]+|0+)$/;
/** Numbers with a letter, a character of the old count or a further number: 27, 27A, 27甲, 27-2, 27之2. */
const number = String.raw`[A-Z]?\d+(?:[A-Z]|[甲乙丙丁戊己庚辛]|[-/之]\d+|[-/][A-Z])*`;
const prefix = String.raw`(?:第|NO\.?|#)?`;
const unitsOf: Readonly<Record<DoorPart, string>> = {
  lane: '弄|衖|巷|号|號|#',
  building: '号楼|號樓|号房|#楼|号|號|#|幢|栋|棟|座|楼|樓',
  room: '号室|号房|室|房间|房|号|號|#',
};
const patterns = Object.fromEntries(
  Object.entries(unitsOf).map(([part, units]) => [
    part,
    new RegExp(`^${prefix}(${number})(?:${units})?([甲乙丙丁戊己庚辛]|[A-Z](?=室?$))?室?$`),
  ]),
) as Readonly<Record<DoorPart, RegExp>>;
const floor = /^第?(地下|负|B|-)?(\d+|底|顶)(?:楼|樓|层|層|F)$/;
/** The room's number begins with its floor's: 6楼603室. */
const floorBefore = /^第?(\d{1,2})(?:楼|樓|层|層|F)-?(\1\d\d[A-Z]?)室?$/;

/**
 * One spelling for the number of a lane, building or room, so that addresses meet: `27#`, `27号`, `27号楼`, `２７`, `027`
 * and `二十七` are `27`. Empty where the text says that there is none (无, /, 0). A floor is no room: `六层` as a room is
 * `6楼`, which `isFloor` tells. Words (亭子间, 前客堂) stay as they are.
 * @param part of which the number is; `27楼` is building 27, and as a room floor 27
 */
export function readDoorNumber(text: string, part: DoorPart = 'room'): string {
  if (clean.test(text)) return text;
  const plain = withoutInvisible(text)
    .normalize('NFKC')
    .replace(/[\s'"`“”‘’]+/g, '')
    .toUpperCase()
    .replace(/[‐‑‒–—―−~_]/g, '-')
    .replace(/[○]/g, '〇')
    .replace(/[＃﹟]/g, '#');
  if (plain === '' || none.test(plain)) return '';
  const arabic = plain.replace(chineseNumerals, (run) => readChineseNumber(run) ?? run);
  const door = withoutZeros(arabic);
  if (part === 'room') {
    const onFloor = floorBefore.exec(door);
    if (onFloor) return onFloor[2]!;
    const level = floor.exec(door);
    if (level) return floorName(level[1], level[2]!);
  }
  const read = patterns[part].exec(door);
  if (read) return read[1]! + (read[2] ?? '');
  // Words with a numeral in them (三层阁) are words.
  return /\d/.test(plain) ? door : plain;
}

/** Whether a room as `readDoorNumber` gives it is a whole floor. */
export function isFloor(room: string): boolean {
  return /^(?:地下)?(?:\d+|顶)楼$/.test(room);
}

/** In Shanghai the floor on the ground is 底楼 and 1楼. */
function floorName(below: string | undefined, level: string): string {
  return `${below ? '地下' : ''}${level === '底' ? '1' : level}楼`;
}

function withoutZeros(text: string): string {
  return text.replace(/(?<![\d.])0+(?=\d)/g, '');
}
