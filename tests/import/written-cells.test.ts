import { expect, it } from 'vitest';
import { rowOf, writeFile } from './files.ts';
import { createStores, importPath } from './support.ts';
import { headings } from './synthetic-rows.ts';

it('a cell that cannot be read takes nothing away, and its text is kept in the table of each department', async () => {
  const { pools, close } = await createStores();
  try {
    const query = (text: string) => pools.ownerOf('public_security').unsafe(text);
    const send = (kind: 'public-security' | 'housing' | 'labour', cells: Record<string, string>) =>
      importPath(
        pools,
        kind,
        writeFile(kind, [[...rowOf(kind, cells), '某证']], { head: [...headings[kind], '证件类型'] }),
      );
    await importPath(pools, 'public-security', writeFile('public-security', [rowOf('public-security')]));
    await send('public-security', { 联系电话: '打不通', 登记时间: '2006-04-01 08:15' });
    await send('housing', {});
    await send('labour', {});
    const kind = { column: '证件类型', text: '某证' };
    const [known] = await query(`select m.mobile_phone, r.as_written from public_security.migrants m
      join public_security.residence_registrations r on r.id = m.current_registration_id`);
    expect(known?.mobile_phone).toBe('13800001234');
    expect(known?.as_written).toHaveLength(2);
    expect(known?.as_written).toEqual(expect.arrayContaining([{ column: '联系电话', text: '打不通' }, kind]));
    expect(await query('select as_written from housing.leases')).toEqual([{ as_written: [kind] }]);
    expect(await query('select as_written from labour.employments')).toEqual([{ as_written: [kind] }]);
    // The next report that can be read puts it right.
    await importPath(
      pools,
      'public-security',
      writeFile('public-security', [rowOf('public-security', { 登记时间: '2006-05-01 08:15' })]),
    );
    expect(await query('select as_written from public_security.residence_registrations')).toEqual([
      { as_written: null },
    ]);
  } finally {
    await close();
  }
});
