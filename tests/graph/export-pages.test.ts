import { GraphQLError } from 'graphql';
import { expect, test } from 'vitest';
import { type ExportParts, exportPages } from '../../src/graph/exports/export-pages.ts';
import type { ReadExport } from '../../src/graph/exports/export-reader.ts';
import { createViewer } from '../../src/identity/viewer.ts';

const viewer = createViewer({ department: 'HLR', unit: 'PT-HLR', sub: 'clerk' });
const request = {
  status: 'APPROVED',
  validUntil: '2007-03-04',
  rows: 3,
  purpose: 'LEASE',
  decidedBy: 'second',
};

/** Takes a list whose store fails so many times before its second page. @returns what came, and the sizes asked for */
async function taken(failures: number) {
  const sizes: number[] = [];
  let left = failures;
  const parts = {
    engine: { today: () => '2007-03-01', personViewers: new Set(), postViewers: new Set() },
    system: { row: async (type: string) => (type === 'ExportRequest' ? request : null) },
    executor: {
      read: ({ variables }: { variables: object }) => variables,
      execute: async ({ reading }: { reading: { first: number; after: string | null } }) => {
        sizes.push(reading.first);
        if (reading.after !== null && left-- > 0)
          return { errors: [new GraphQLError('gone', { extensions: { code: 'STORE_UNAVAILABLE' } })] };
        const page = reading.after === null ? ['a', 'b'] : ['c'];
        const pageInfo = { endCursor: 'b', hasNextPage: reading.after === null };
        return { data: { page: { nodes: page.map((id) => ({ id })), pageInfo } } };
      },
    },
    recorder: undefined,
    budget: null,
  } as unknown as ExportParts;
  const read = { pageSize: 2000, objectsPerRecord: 1 } as ReadExport;
  const came: unknown[] = [];
  const pages = exportPages(parts, { id: 'x', read, viewer: async () => viewer, after: undefined });
  for await (const records of pages) came.push(...records.map(({ id }) => id));
  return { came, sizes };
}

test('a page that fails is asked for again, in parts, and the file is whole', async () => {
  const { came, sizes } = await taken(2);
  expect(came).toEqual(['a', 'b', 'c']);
  expect(sizes).toEqual([2000, 2000, 500, 125]);
});
