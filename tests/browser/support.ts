import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { buildSchema, GraphQLError, graphql } from 'graphql';
import { type Browser, chromium, type Page } from 'playwright-core';
import { registerConsole } from '../../src/http/console.ts';

const root = join(import.meta.dirname, '../..');

/** A query that this server answers for every persona, with one field that only housing sees. */
export const probe = '{ viewer monthlyRent }';

/** Debian's Chromium; the browser tests are skipped where it is not installed. */
export const chromiumPath = '/usr/bin/chromium';
export const hasChromium = existsSync(chromiumPath);

export interface BrowserServer {
  url: string;
  close(): Promise<void>;
}

/** The server that the browser tests look at: the real console before a small graph and a demonstration issuer. */
export async function startForBrowser(): Promise<BrowserServer> {
  const app = Fastify({ forceCloseConnections: true });
  const tokens = new Map<string, string>();
  registerIssuer(app, tokens);
  registerGraph(app, tokens);
  await registerConsole(app, { distDir: join(root, 'console/dist'), examplesDir: join(root, 'examples') });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return { url, close: () => app.close() };
}

/** Starts Chromium without any of its own network traffic. */
export function launchChromium(): Promise<Browser> {
  const quiet = [
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ];
  return chromium.launch({
    executablePath: chromiumPath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', ...quiet],
  });
}

/** A page, every address that it asked for, and every error it wrote (a policy violation is one). */
export interface WatchedPage {
  page: Page;
  requests: string[];
  complaints: string[];
}

/** A page in a fresh browser profile, of the size the console is designed for. */
export async function openPage(browser: Browser): Promise<WatchedPage> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  return { page, requests, complaints };
}

const subDistricts = ['005', '014', '015', '016', '017', '020', '101', '102', '103'].map(
  (code) => `PT-SUB-${code}`,
);

function persona(code: string, kind: string, title: string, titleZh: string, unitName: string, name: string) {
  const units = code === 'SUB' ? subDistricts : [code === 'STN' ? 'PT-STN-015-1' : `PT-${code}`];
  const unit = code === 'SUB' ? 'PT-SUB-015' : units[0]!;
  return { code, viewer: code, kind, title, titleZh, unit, unitName, person: `demo-${code}`, name, units };
}

const personas = [
  persona(
    'HLR',
    'DISTRICT',
    'Housing and Land Administration Bureau',
    '区房地局',
    'Housing Bureau',
    'Shen Ruihua',
  ),
  persona(
    'LSS',
    'DISTRICT',
    'Labour and Social Security Bureau',
    '区劳动保障局',
    'Labour Bureau',
    'Gu Minjie',
  ),
  persona('PSB', 'DISTRICT', 'Public Security Sub-bureau', '区公安分局', 'Public Security', 'Zhou Weiguo'),
  persona('SUB', 'SUBDISTRICT', 'Sub-district office', '街道办事处', 'Changshou Road Sub-district', 'Xu Lan'),
  persona('STN', 'POLICE_STATION', 'Police station', '派出所', 'Changshou Road Station 1', 'He Jun'),
  persona(
    'CAC',
    'RECEPTION_CENTRE',
    'Community affairs centre',
    '社区事务受理中心',
    'Changshou Road Centre',
    'Tao Li',
  ),
  persona(
    'SVC',
    'SOCIETY',
    'Coordinator Service Society',
    '社区综合协管服务社',
    'Service Society',
    'Ma Hong',
  ),
  persona('COR', 'COORDINATOR', 'Coordinator', '社区综合协管员', 'Changshou Road Branch', 'Wu Ping'),
];

function registerIssuer(app: FastifyInstance, tokens: Map<string, string>): void {
  app.get('/demo/personas', () => personas);
  app.post<{ Body: { code: string; unit: string } }>('/demo/token', ({ body }) => {
    const token = `${body.code}.${body.unit}.${tokens.size}`;
    tokens.set(token, body.code);
    return { token, expiresAt: new Date(Date.now() + 8 * 3_600_000).toISOString() };
  });
}

const schema = buildSchema(`
  "The viewer's own view of the district (本人视图)."
  type Query {
    "The viewer code of the token (当前身份)."
    viewer: String
    "Rent of a lease; housing only (月租金)."
    monthlyRent: Int
  }
`);

function registerGraph(app: FastifyInstance, tokens: Map<string, string>): void {
  app.post<{ Body: { query: string; operationName?: string } }>(
    '/graphql',
    async ({ body, headers }, reply) => {
      const viewer = tokens.get(headers.authorization?.replace('Bearer ', '') ?? '');
      if (viewer === undefined) return refuseToken(reply);
      const rootValue = {
        viewer,
        monthlyRent: () => (viewer === 'HLR' ? 1850 : new GraphQLError('The rent is not shown.', forbidden)),
      };
      const { query: source, operationName } = body;
      return {
        ...(await graphql({ schema, source, operationName, rootValue })),
        extensions: { access: { masked: [] } },
      };
    },
  );
}

const forbidden = { extensions: { code: 'FORBIDDEN', coordinate: 'Query.monthlyRent' } };

function refuseToken(reply: FastifyReply): FastifyReply {
  const errors = [{ message: 'Sign in again.', extensions: { code: 'UNAUTHENTICATED' } }];
  return reply.code(401).send({ errors });
}
