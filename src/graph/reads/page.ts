import type { Row } from '../../contract/model/record.ts';
import { badPage, pageTooLarge } from '../read-errors.ts';
import type { CursorCodec } from './cursors.ts';
import type { Order } from './order.ts';

export const maxPageSize = 100;
export const defaultPageSize = 20;

/** The arguments of a connection. */
export interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
  readonly filter?: Readonly<Record<string, unknown>> | null;
  readonly orderBy?: { readonly field: string; readonly direction?: string | null } | null;
}

/**
 * Size, direction and starting cursor of a page.
 * @param most records of a page
 * @throws PageTooLarge, BadPage.
 */
export function pageBounds(
  args: PageArguments,
  most: number = maxPageSize,
): { size: number; reversed: boolean; cursor: string | null } {
  const { first, last, after, before } = args;
  const backward = last != null || (before != null && first == null);
  if ((first != null && last != null) || (backward ? after != null : before != null)) throw badPage();
  const size = first ?? last ?? defaultPageSize;
  if (size < 0) throw badPage();
  if (size > most) throw pageTooLarge(most);
  return { size, reversed: backward, cursor: (backward ? before : after) ?? null };
}

/** What all pages of one list in a request share. */
export interface ListContext {
  readonly codec: CursorCodec;
  /** Names the list, the viewer and the acting unit; part of each cursor. */
  readonly list: string;
  readonly order: Order;
  readonly count: (parent: string | null) => Promise<number>;
}

/** How a page was asked for. */
export interface PageList {
  readonly size: number;
  readonly reversed: boolean;
  readonly fromCursor: boolean;
  readonly context: ListContext;
}

/** A page of a list; edges and cursors are made only when asked for. */
export class Page {
  readonly nodes: readonly Row[];
  /** Every row of the list stands on the page. */
  readonly isWhole: boolean;
  readonly #list: ListContext;
  readonly #parent: string | null;
  readonly #more: boolean;
  readonly #reversed: boolean;
  readonly #fromCursor: boolean;

  /** @param rows in reading direction, one more than `size` when the list goes on. */
  constructor(rows: readonly Row[], list: PageList, parent: string | null) {
    const { size, reversed, fromCursor, context } = list;
    this.#more = rows.length > size;
    this.isWhole = !this.#more && !fromCursor;
    const shown = this.#more ? rows.slice(0, size) : rows;
    this.nodes = reversed ? [...shown].reverse() : shown;
    this.#reversed = reversed;
    this.#fromCursor = fromCursor;
    this.#list = context;
    this.#parent = parent;
  }

  get edges() {
    return this.nodes.map((node) => ({ node, cursor: this.#cursor(node) }));
  }

  get pageInfo() {
    const first = this.nodes[0];
    const last = this.nodes.at(-1);
    return {
      hasNextPage: this.#reversed ? this.#fromCursor : this.#more,
      hasPreviousPage: this.#reversed ? this.#more : this.#fromCursor,
      startCursor: first ? this.#cursor(first) : null,
      endCursor: last ? this.#cursor(last) : null,
    };
  }

  /** How many records match in the viewer's scope; one statement for all pages of the list. */
  countAll(): Promise<number> {
    return this.#list.count(this.#parent);
  }

  #cursor(row: Row): string {
    const value = this.#list.order.type === null ? null : ((row.$order ?? null) as string | null);
    return this.#list.codec.encode(this.#list.list, { id: row.id, value });
  }
}
