import { describe, expect, it } from 'vitest';
import { isFloor, readDoorNumber } from '../../src/identifiers/door-number.ts';

const written = (digits: string, chinese: string) => [
  digits,
  `0${digits}`,
  ` ${digits} `,
  `　${digits}`,
  digits.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
  chinese,
  `${digits}\u200b`,
  `第${digits}`,
];
const units = { lane: ['', '弄', ' 弄'], building: ['', '号', '号楼', '#', '＃', '幢', '栋', '座', '楼', ' 号'], room: ['', '室', ' 室', '号', '#'] } as const; // biome-ignore format: a table

describe('numbers of lanes, buildings and rooms meet', () => {
  for (const part of ['lane', 'building', 'room'] as const)
    it.each(
      [
        [written('8', '八'), '8'],
        [written('27', '二十七'), '27'],
        [written('603', '六〇三'), '603'],
        [written('110', '一百一十'), '110'],
      ].flatMap(([texts, number]) =>
        (texts as string[]).flatMap((text) =>
          units[part].map((unit) => [text + unit, number as string] as const),
        ),
      ),
    )(`as ${part}: %j is %s`, (text, number) => expect(readDoorNumber(text, part)).toBe(number));

  it.each(['无', '没有', '/', '-', '—', '0', '', ' '])('%j says that there is none', (text) =>
    expect(readDoorNumber(text, 'lane')).toBe(''),
  );
  it.each([
    ['27甲', '27甲'],
    ['27号甲', '27甲'],
    ['603a', '603A'],
    ['603 A室', '603A'],
    ['27-2', '27-2'],
    ['27－2号', '27-2'],
    ['亭子间', '亭子间'],
    ['三层阁', '三层阁'],
    ['前 客堂', '前客堂'],
    ['6楼603室', '603'],
    ['六楼603', '603'],
  ])('%j is room %s', (text, room) => expect(readDoorNumber(text, 'room')).toBe(room));
});

describe('a floor is no room', () => {
  it.each([
    ['6楼', '6楼'],
    ['六楼', '6楼'],
    ['６层', '6楼'],
    ['6F', '6楼'],
    ['第6层', '6楼'],
    ['底楼', '1楼'],
    ['一楼', '1楼'],
    ['顶楼', '顶楼'],
    ['地下1层', '地下1楼'],
  ])('%j is floor %s', (text, floor) => {
    expect(readDoorNumber(text, 'room')).toBe(floor);
    expect(isFloor(floor)).toBe(true);
  });
  it('and a building is none either', () => {
    expect(readDoorNumber('27楼', 'building')).toBe('27');
    expect(['603', '6', '亭子间', '前楼', ''].filter(isFloor)).toEqual([]);
  });
});
