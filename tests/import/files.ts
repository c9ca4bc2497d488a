import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { departments } from '../../src/departments/index.ts';
import { kindsOf } from '../../src/import/monthly-file.ts';
import { encodeGb18030 } from './gb18030.ts';
import { type FileKind, headings } from './synthetic-rows.ts';

export const fileKinds = kindsOf(departments);
export const kindOf = (name: FileKind) => fileKinds.find((kind) => kind.name === name)!;

/** A folder that is gone when the test has finished. */
export function createFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'laihu-import-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const valid: Readonly<Record<FileKind, Readonly<Record<string, string>>>> = {
  'public-security': {
    登记编号: 'PT200703000001',
    姓名: '王芳',
    性别: '男',
    民族: '汉',
    公民身份号码: '349999198506120039',
    出生日期: '1985-06-12',
    户籍地区划代码: '349999',
    户籍地址: '安徽省示例县示例镇',
    婚姻状况: '未婚',
    文化程度: '初中',
    联系电话: '13800001234',
    居委会代码: '310107005003',
    道路: '示例路',
    弄: '8',
    楼: '27',
    室: '603',
    派出所编号: 'PT-STN-005-1',
    来沪日期: '2004-02-01',
    入住日期: '2006-02-01',
    居住事由: '务工',
    居住处所: '租赁房屋',
    登记来源: '受理窗口',
    登记时间: '2006-03-01 08:15',
  },
  housing: {
    合同备案号: 'HL200703000001',
    公民身份号码: '349999198506120039',
    承租人: '王芳',
    区划街镇代码: '310107005',
    道路: '示例路',
    弄: '8',
    楼: '27',
    室: '603',
    出租人: '黄某',
    建筑面积: '43.00',
    月租金: '592.00',
    起租日: '2006-01-21',
    止租日: '2008-01-20',
    备案状态: '已备案',
  },
  labour: {
    单位代码: 'PDY00001-X',
    单位名称: '示例企业0001有限公司',
    公民身份号码: '349999198506120039',
    姓名: '王芳',
    工种: '制造',
    合同起: '2005-03-01',
    合同止: '',
    月工资: '1672.00',
    参保: '是',
    缴费月份: '2007-03',
  },
};

/** A valid row with some cells changed. */
export function rowOf(kind: FileKind, cells: Readonly<Record<string, string>> = {}): string[] {
  return headings[kind].map((heading) => cells[heading] ?? valid[kind][heading]!);
}

/** A file of rows as a department writes it; @returns its path */
export function writeFile(
  kind: FileKind,
  rows: readonly (readonly string[])[],
  {
    name = `${kind}-2007-03.csv`,
    head = headings[kind],
    folder = createFolder(),
    utf8 = false,
  }: FileOptions = {},
): string {
  const path = join(folder, name);
  const lines = [head, ...rows].map((cells) => cells.map(quoted).join(','));
  const text = `${lines.join('\r\n')}\r\n`;
  writeFileSync(path, utf8 ? text : encodeGb18030(text));
  return path;
}

interface FileOptions {
  readonly name?: string;
  readonly head?: readonly string[];
  readonly folder?: string;
  /** For characters that have no two bytes in GB18030. */
  readonly utf8?: boolean;
}

const quoted = (text: string) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
