import { type SQL, sql } from 'drizzle-orm';
import type { Order } from '../reads/order.ts';
import type { ListContext } from '../reads/page.ts';
import { ref } from './facts.ts';

/** Parameter that begins the mark of a cursor; nobody can know it before, so no stored text holds one. */
export const nonceParameter = 'nonce';

const hex = (value: SQL): SQL => sql`encode(convert_to(${value}::text, 'UTF8'), 'hex')`;

/** JSON text that stands for the cursor of a row: cursors are made by this process alone. */
export function cursorMark(page: number, row: string, order: Order): SQL {
  const value = order.type === null ? sql`null` : ref(row, '$order');
  return sql`concat('"', ${sql.placeholder(nonceParameter)}::text, ${sql.raw(`'${page}:'`)}, ${hex(ref(row, 'id'))}, ':', coalesce(${hex(value)}, '-'), '"')`;
}

const plain = (text: string): string => Buffer.from(text, 'hex').toString('utf8');

/** The text with cursors in the places of their marks. @param listOf the list of a page, by its number */
export function withCursors(text: string, nonce: string, listOf: (page: number) => ListContext): string {
  if (!text.includes(nonce)) return text;
  const mark = new RegExp(`${nonce}(\\d+):([0-9a-f]*):(-|[0-9a-f]*)`, 'g');
  return text.replace(mark, (_, page: string, id: string, value: string) => {
    const { codec, list } = listOf(Number(page));
    return codec.encode(list, { id: plain(id), value: value === '-' ? null : plain(value) });
  });
}
