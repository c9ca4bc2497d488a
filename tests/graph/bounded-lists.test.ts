import { parse } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase } from '../support/database.ts';
import { createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';

/** What the contract says of `ResidencePermit.events`. */
const atMost = 100;

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let graph: TestGraph;
let permit: string;

beforeAll(async () => {
  database = await createTestDatabase('district');
  graph = createTestGraph(database.url);
  const sql = graph.pools.ownerOf('permits');
  const [row] = await sql`select permit_id as id from permits.permit_events order by permit_id limit 1`;
  permit = row?.id;
  await fill(atMost);
});
afterAll(async () => {
  await graph?.close();
  await database?.drop();
});

/** Copies one of the permit's events until there are so many. */
async function fill(events: number): Promise<void> {
  const sql = graph.pools.ownerOf('permits');
  const [count] = await sql`select count(*)::int as n from permits.permit_events where permit_id = ${permit}`;
  const columns = await sql`
    select column_name as name from information_schema.columns
    where table_schema = 'permits' and table_name = 'permit_events' and is_generated = 'NEVER' and column_name <> 'id'`;
  const list = columns.map(({ name }) => `"${name}"`).join(', ');
  await sql.unsafe(
    `insert into permits.permit_events (id, ${list})
     select gen_random_uuid(), ${list} from (select * from permits.permit_events where permit_id = $1 limit 1) e, generate_series(1, $2)`,
    [permit, events - (count?.n ?? 0)],
  );
}

test('a list without pages is answered whole, or not at all and says so; siblings survive', async () => {
  const document = parse('query($id: ID!) { permit(id: $id) { permitNo events { id } } }');
  const variables = { id: Buffer.from(`ResidencePermit:${permit}`).toString('base64url') };
  const ask = () => graph.askDocument(viewerOf('PSB'), { document, variables });
  for (let i = 0; i < 4; i++) {
    const { data, errors } = await ask();
    expect([errors, new Set(data.permit.events.map((e: { id: string }) => e.id)).size]).toEqual([[], atMost]);
  }
  await fill(atMost + 1);
  for (let i = 0; i < 4; i++) {
    const { data, errors } = await ask();
    expect(data.permit).toEqual({ permitNo: expect.any(String), events: null });
    expect(errors).toHaveLength(1);
    expect(errors[0]?.path).toEqual(['permit', 'events']);
    expect(errors[0]?.extensions).toEqual({
      code: 'LIST_TOO_LONG',
      coordinate: 'ResidencePermit.events',
      limit: atMost,
    });
  }
});
