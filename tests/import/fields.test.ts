import { describe, expect, it } from 'vitest';
import { lastDayOf, readDate, readInstant, readMonth } from '../../src/import/fields/dates.ts';
import { readArea, readFen } from '../../src/import/fields/numbers.ts';

describe('dates', () => {
  it.each([
    '2007-02-01',
    '2007/2/1',
    '2007.2.1',
    '20070201',
    '2007年2月1日',
    '２００７－０２－０１',
    ' 2007/02/01 ',
    '2007-02-01 00:00:00',
    '2007-02-01 00:00:00.000',
    '2007-02-01T00:00:00',
    '2007/2/1 0:00',
    '2007-02-01 08:15',
    '2007年2月1号',
    '二〇〇七年二月一日',
  ])('reads %s as 2007-02-01', (text) => expect(readDate(text)).toBe('2007-02-01'));
  it.each([
    '',
    '1985-02-30',
    '2007-13-01',
    '2007/2-1',
    '07-02-01',
    '2007-2',
    '1899-12-31',
    '20070231',
    'abc',
  ])('takes "%s" for no date', (text) => expect(readDate(text)).toBeUndefined());
  it('reads a time of day as an instant of Shanghai', () => {
    expect(readInstant('2006/12/17 8:01')).toEqual({
      date: '2006-12-17',
      instant: '2006-12-17T08:01:00+08:00',
    });
    expect(readInstant('2006-12-17 24:01')).toBeUndefined();
  });
  // Times that clerks, spreadsheets and databases write for one minute after eight in the morning.
  const days = [
    '2006-12-17',
    '2006/12/17',
    '2006.12.17',
    '20061217',
    '2006年12月17日',
    '２００６－１２－１７',
  ];
  const times = ['8:01', '08:01', '08:01:00', '08:01:00.0', '08:01:00.000', '08:01:00,000', '08:01:00.0000000', '8时1分', '8时01分00秒', '8点01分', '上午8:01', '上午 08:01:00', '8:01 AM', '08:01:00 am', '８：０１']; // biome-ignore format: a list
  it.each(
    days.flatMap((day) => [
      ...times.flatMap((time) =>
        (day.endsWith('日') ? [' ', ''] : [' ', 'T', '  ']).map((gap) => day + gap + time),
      ),
    ]),
  )('reads %j', (text) =>
    expect(readInstant(text)).toEqual({ date: '2006-12-17', instant: '2006-12-17T08:01:00+08:00' }),
  );
  it.each([
    ['20061217080100', '2006-12-17T08:01:00+08:00'],
    ['200612170801', '2006-12-17T08:01:00+08:00'],
    ['20061217080100.000', '2006-12-17T08:01:00+08:00'],
    ['2006-12-17 08:01:00.123', '2006-12-17T08:01:00.123+08:00'],
    ['2006-12-17 下午3:05', '2006-12-17T15:05:00+08:00'],
    ['2006-12-17 03:05:00 PM', '2006-12-17T15:05:00+08:00'],
    ['2006-12-17 12:05 AM', '2006-12-17T00:05:00+08:00'],
    ['2006-12-17 中午12:05', '2006-12-17T12:05:00+08:00'],
    ['2006-12-17T08:01:00+08:00', '2006-12-17T08:01:00+08:00'],
    ['2006-12-17T08:01:00+0800', '2006-12-17T08:01:00+08:00'],
    ['2006-12-17T00:01:00.000Z', '2006-12-17T00:01:00+00:00'],
    ['二〇〇六年十二月十七日8时1分', '2006-12-17T08:01:00+08:00'],
    ['2006-12-17', '2006-12-17T00:00:00+08:00'],
  ])('reads %j as %s', (text, instant) => expect(readInstant(text)?.instant).toBe(instant));
  it('knows the day in Shanghai of an instant with an offset', () => {
    expect(readInstant('2006-12-16T20:00:00Z')?.date).toBe('2006-12-17');
  });
  it.each([
    '2006-12-17 25:01',
    '2006-12-17 08:61',
    '2006-02-30 08:01',
    '2006-12-17 8',
    '8:01',
    '12/17/2006 8:01',
    '2006121708',
  ])('takes %j for no instant', (text) => expect(readInstant(text)).toBeUndefined());
  it('knows real months only, and the last day of each', () => {
    expect([readMonth('2007-02'), readMonth('200702'), readMonth('2007年2月')]).toEqual([
      '2007-02',
      '2007-02',
      '2007-02',
    ]);
    expect([readMonth('2007-13'), readMonth('2007-00'), readMonth('')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect([lastDayOf('2007-02'), lastDayOf('2008-02'), lastDayOf('2007-12')]).toEqual([
      '2007-02-28',
      '2008-02-29',
      '2007-12-31',
    ]);
  });
});

describe('amounts', () => {
  it.each([
    ['3802.00', '380200'],
    ['3,802.00', '380200'],
    ['1,003,802.5', undefined],
    ['3802', '380200'],
    ['￥3,802元', '380200'],
    ['３８０２．５', '380250'],
    ['0', '0'],
  ])('reads %s yuan as %s fen', (text, fen) => expect(readFen(text)).toBe(fen));
  it.each(['面议', '-500', '', '1,20.00', '12.345', '1e3', '.5', 'NaN'])('takes "%s" for no amount', (text) =>
    expect(readFen(text)).toBeUndefined(),
  );
  it('reads an area above nothing and up to 10,000 square metres', () => {
    expect([readArea('43'), readArea('43.5㎡'), readArea('10000')]).toEqual(['43.00', '43.50', '10000.00']);
    expect([readArea('0'), readArea('-1'), readArea('10000.01'), readArea('')]).toEqual(
      Array(4).fill(undefined),
    );
  });
});
