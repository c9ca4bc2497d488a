import { hash } from './random.ts';

const surnames = [
  '王',
  '李',
  '张',
  '刘',
  '陈',
  '杨',
  '赵',
  '黄',
  '周',
  '吴',
  '徐',
  '孙',
  '胡',
  '朱',
  '高',
  '林',
  '何',
  '郭',
  '马',
  '罗',
  '司马',
  '欧阳',
];
const maleNames = ['伟', '强', '磊', '军', '勇', '杰', '涛', '明', '超', '刚', '平', '辉'];
const femaleNames = ['芳', '娜', '敏', '静', '丽', '艳', '娟', '霞', '秀', '桂', '英', '玲'];

export const surnameOf = (n: number): string => surnames[n % surnames.length] ?? '王';

/** A name of an invented list: a surname and one or two characters. */
export function nameOf(seed: number, index: number, male: boolean): { surname: string; name: string } {
  const h = hash(seed, 1, index, 1);
  const list = male ? maleNames : femaleNames;
  const surname = surnameOf(h);
  const first = list[(h >>> 8) % list.length] ?? '';
  const second = (h >>> 16) % 3 === 0 ? '' : (list[(h >>> 20) % list.length] ?? '');
  return { surname, name: surname + first + second };
}
