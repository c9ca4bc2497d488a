import { afterAll, beforeAll, expect, test } from 'vitest';
import { viewers } from '../../src/identity/viewers.ts';
import { openSetting, recordTypes, type Setting } from '../access/asking/setup.ts';
let s: Setting;
beforeAll(async () => { s = await openSetting(); });
afterAll(() => s.graph.close());
test('rows', async () => {
  const out: string[] = [];
  for (const type of recordTypes) {
    const cells: string[] = [];
    for (const { code } of viewers) {
      const p = s.oracle.presence(code, type);
      if (p === 'NONE') continue;
      const e = s.expect(code);
      const n = s.district.rows(type).filter((r) => e.scope.sees(type, r.id)).length;
      if (n === 0) cells.push(`${code}(${p})`);
    }
    if (cells.length) out.push(`${type} of ${s.district.rows(type).length}: ${cells.join(' ')}`);
  }
  console.log(out.join('\n'));
});
