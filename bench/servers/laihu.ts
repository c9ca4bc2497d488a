import { join } from 'node:path';
import { openAuditLog } from '../../src/audit/log.ts';
import type { Cell, Matrix } from '../../src/contract/tables/matrix.ts';
import { viewerLogin } from '../../src/database/wall/login.ts';
import { createAuthenticate } from '../../src/identity/authenticate.ts';
import { createDemoIssuer } from '../../src/identity/demo-issuer.ts';
import { viewers } from '../../src/identity/viewers.ts';
import { createGraph, productContract } from '../../src/schema.ts';
import { createServer } from '../../src/server.ts';
import { createPools } from '../../src/store/pools.ts';
import { createRunner } from '../../src/store/statements.ts';

/**
 * This server, put together as the product does, with what its arguments name: `wall`, connections of the viewers'
 * own roles, behind the database's policy, instead of the owner's; `audit`, every read recorded; `off`, every cell
 * of the matrix F, so that nothing is denied, masked or bounded to own rows: the same program without policy.
 */
const modes = new Set(process.argv.slice(2));
const contract = productContract();
const graph = createGraph(modes.has('off') ? { ...contract, matrix: open(contract.matrix) } : contract);
const url = process.env.DATABASE_URL ?? '';
const dataDir = process.env.LAIHU_DATA ?? '.laihu';
const pools = createPools({
  urls: () => url,
  statementTimeoutMs: 10_000,
  ...(modes.has('wall') ? { login: viewerLogin } : {}),
});
const demo = await createDemoIssuer(dataDir);
const audit = modes.has('audit')
  ? await openAuditLog({
      ownerUrl: url,
      keyFile: join(dataDir, 'audit-key.pem'),
      makesKey: true,
      sealsFile: join(dataDir, 'audit-seals.jsonl'),
      timeoutMs: 2000,
      onFault: (fault, error) => console.error(fault, error),
    })
  : undefined;
const server = await createServer({
  graph,
  pools,
  runner: createRunner(pools, { deadlineMs: 10_000 }),
  authenticate: createAuthenticate({ verifiers: new Map([[demo.issuer, demo.verifier]]) }),
  cursorSecret: 'a secret of the bench',
  today: () => '2007-03-01',
  logLevel: 'warn',
  audit,
});
const address = await server.app.listen({ port: 0, host: '127.0.0.1' });
console.log(`listening ${address}/graphql`);
process.on(
  'SIGTERM',
  () =>
    void server
      .drain()
      .then(() => audit?.close())
      .then(() => pools.close())
      .then(() => process.exit(0)),
);

function open(matrix: Matrix): Matrix {
  const all: ReadonlyMap<(typeof viewers)[number]['name'], Cell> = new Map(
    viewers.map((v) => [v.name, { value: 'F', own: false, clause: '-' }]),
  );
  return new Map([...matrix].map(([name, group]) => [name, { ...group, secret: false, cells: all }]));
}
