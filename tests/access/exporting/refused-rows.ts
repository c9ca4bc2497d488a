import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ViewerCode } from '../../../src/identity/viewers.ts';
import type { Pools } from '../../../src/store/pools.ts';
import { rowOf, writeFile } from '../../import/files.ts';
import { importPath } from '../../import/support.ts';
import type { FileKind } from '../../import/synthetic-rows.ts';
import { run } from '../../program/laihu-process.ts';

/** The file of a department: whose it is, a row of it that is refused, and texts that stand nowhere but in that row. */
export const files: Readonly<
  Record<
    FileKind,
    { code: ViewerCode; canaries: readonly string[]; refused: Readonly<Record<string, string>> }
  >
> = {
  'public-security': {
    code: 'PSB',
    canaries: ['金丝雀甲', '13912340001'],
    refused: { 登记编号: 'PT200703000901', 姓名: '金丝雀甲', 联系电话: '13912340001', 入住日期: '某日' },
  },
  housing: {
    code: 'HLR',
    canaries: ['金丝雀乙', '金丝雀房东'],
    refused: { 合同备案号: 'HL200703000901', 承租人: '金丝雀乙', 出租人: '金丝雀房东', 月租金: '面议' },
  },
  labour: {
    code: 'LSS',
    canaries: ['金丝雀丙', '金丝雀有限公司'],
    refused: { 姓名: '金丝雀丙', 单位名称: '金丝雀有限公司', 月工资: '面议' },
  },
};

export const kinds = Object.keys(files) as FileKind[];

/** What went in and what came out of the command line. */
export interface Exported {
  /** The cells of the file. */
  readonly sent: string;
  /** What the import said of it. */
  readonly said: string;
  readonly listed: string;
  readonly csv: string;
  /** Permissions of the exported file. */
  readonly mode: number;
}

/**
 * Imports a file of each department with two rows, of which one is taken and one, about a person of the district, is
 * refused; then takes the refused rows out in each way that there is.
 */
export async function importAndExport(
  citizenId: string,
  databaseUrl: string,
  pools: Pools,
): Promise<ReadonlyMap<FileKind, Exported>> {
  const folder = mkdtempSync(join(tmpdir(), 'laihu-export-'));
  const command = async (...args: string[]) => {
    const { stdout, stderr } = await run('src/commands/import.ts', {
      args,
      env: { DATABASE_URL: databaseUrl },
    });
    return stdout + stderr;
  };
  const exported = new Map<FileKind, Exported>();
  try {
    const said = new Map<FileKind, string>();
    const rowsOf = (kind: FileKind) => [
      rowOf(kind),
      rowOf(kind, { ...files[kind].refused, 公民身份号码: citizenId }),
    ];
    for (const kind of kinds) {
      const file = writeFile(kind, rowsOf(kind), { folder });
      // What a command says of a file is the same sentence for each department; a process takes two seconds.
      const report = kind === 'housing' ? undefined : await importPath(pools, kind, file);
      said.set(kind, report ? JSON.stringify(report) : await command(kind, file));
    }
    // Afterwards, so that the newest file is another department's for all but one.
    for (const kind of kinds) {
      const path = join(folder, `refused-${kind}.csv`);
      // One stands there already, for everybody to read.
      if (kind === 'labour') writeFileSync(path, '', { mode: 0o644 });
      const listed = await command(kind, '--list-refused', '--export-refused', path);
      exported.set(kind, {
        sent: rowsOf(kind).flat().join('\n'),
        said: said.get(kind)!,
        listed,
        csv: readFileSync(path, 'utf8'),
        mode: statSync(path).mode & 0o777,
      });
    }
    return exported;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
