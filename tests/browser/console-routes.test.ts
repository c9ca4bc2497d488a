import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { registerConsole } from '../../src/http/console.ts';
import { parseConsoleExample, readConsoleExamples } from '../../src/http/console-examples.ts';
import { productContract } from '../../src/product-contract.ts';

const header = '# title: Units\n# titleZh: 机构\n# as: HLR\n# domain: organisation\n';

describe('the routes of the console', () => {
  let folder: string;
  let app: FastifyInstance;
  const { purposes } = productContract();
  const options = () => ({ distDir: join(folder, 'dist'), examplesDir: join(folder, 'examples'), purposes });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'laihu-console-'));
    await mkdir(join(folder, 'dist/assets'), { recursive: true });
    await mkdir(join(folder, 'examples'));
    await writeFile(
      join(folder, 'examples/units.graphql'),
      `${header}# variables: {"first": 3}\n{ units { id } }\n`,
    );
    app = Fastify();
  });
  afterEach(async () => {
    await app.close();
    await rm(folder, { recursive: true });
  });

  async function writeBuild(): Promise<void> {
    await writeFile(join(folder, 'dist/index.html'), '<!doctype html><title>Laihu</title>');
    await writeFile(join(folder, 'dist/assets/app-1a2b3c.js'), 'plain');
    await writeFile(join(folder, 'dist/assets/app-1a2b3c.js.gz'), 'compressed');
  }

  it('serves the page with a policy that allows this host only, to be asked for again each time', async () => {
    await writeBuild();
    await registerConsole(app, options());
    const page = await app.inject('/');
    expect(page.statusCode).toBe(200);
    expect(page.headers['cache-control']).toBe('no-cache');
    expect(page.headers['content-security-policy']).toContain("default-src 'none'; script-src 'self';");
    expect(page.headers['content-security-policy']).not.toMatch(/https?:|\*|unsafe-eval/);
  });

  it('serves hashed assets for good, compressed to those who take it', async () => {
    await writeBuild();
    await registerConsole(app, options());
    const url = '/assets/app-1a2b3c.js';
    const compressed = await app.inject({ url, headers: { 'accept-encoding': 'gzip' } });
    expect(compressed.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(compressed.headers['content-encoding']).toBe('gzip');
    expect(compressed.headers.vary).toContain('accept-encoding');
    expect(compressed.headers['content-type']).toContain('javascript');
    expect((await app.inject(url)).body).toBe('plain');
  });

  it('leaves every other path to the server', async () => {
    await writeBuild();
    await registerConsole(app, options());
    app.get('/livez', () => 'alive');
    expect((await app.inject('/livez')).body).toBe('alive');
    expect((await app.inject('/assets/other.js')).statusCode).toBe(404);
  });

  it('says how to build the page when there is no build, and still lists the examples', async () => {
    await registerConsole(app, options());
    const page = await app.inject('/');
    expect(page.statusCode).toBe(503);
    expect(page.body).toContain('npm run build --workspace console');
    expect((await app.inject('/console/examples')).json()).toEqual([
      {
        name: 'units',
        title: 'Units',
        titleZh: '机构',
        as: 'HLR',
        unit: null,
        purpose: null,
        domain: 'organisation',
        colleague: false,
        variables: { first: 3 },
        document: '{ units { id } }',
        takes: [],
      },
    ]);
  });

  it('lists for each viewer the purposes that are open to it and the usual one', async () => {
    await registerConsole(app, options());
    const lists = (await app.inject('/console/purposes')).json();
    expect(lists).toHaveLength(26);
    const housing = lists.find((list: { code: string }) => list.code === 'HLR');
    expect(housing).toMatchObject({ viewer: 'HOUSING', usual: 'LEASE' });
    expect(housing.open).toContainEqual({
      purpose: 'LEASE',
      title: 'Leases and their filing',
      titleZh: '房屋租赁管理',
    });
  });

  it('names the file and the missing line of a malformed example', async () => {
    await writeFile(
      join(folder, 'examples/bad.graphql'),
      '# title: Units\n# titleZh: 机构\n{ units { id } }',
    );
    await expect(registerConsole(app, options())).rejects.toThrow(
      'examples/bad.graphql: write a line "# domain: …" at the top of the file',
    );
  });

  it('refuses an example that does not parse or whose variables are no JSON object', () => {
    expect(() => parseConsoleExample('x', `${header}{ units `)).toThrow('Syntax Error');
    expect(() => parseConsoleExample('x', `${header}# variables: first=3\n{ units }`)).toThrow(
      'one JSON object',
    );
    expect(() => parseConsoleExample('x', `${header}# variables: [3]\n{ units }`)).toThrow('# variables: …');
  });

  it('keeps a comment of the document that is no header line', () => {
    const { document } = parseConsoleExample('x', `${header}# Ask as a station too.\n{ units }\n`);
    expect(document).toBe('# Ask as a station too.\n{ units }');
  });

  it('reads what an example takes from the answer of another, and leaves it in the document', () => {
    const line = '# takes: input.id, input.version from units units.nodes[code=PT].{id,recordVersion}';
    const { takes, document } = parseConsoleExample('x', `${header}${line}\n{ units }\n`);
    expect(takes).toEqual([
      { to: 'input.id', from: 'units', path: 'units.nodes[code=PT].id' },
      { to: 'input.version', from: 'units', path: 'units.nodes[code=PT].recordVersion' },
    ]);
    expect(document).toBe(`${line}\n{ units }`);
    const single = parseConsoleExample('x', `${header}# takes: id from units units.nodes.0.id\n{ units }`);
    expect(single.takes).toEqual([{ to: 'id', from: 'units', path: 'units.nodes.0.id' }]);
    for (const wrong of ['# takes: id', '# takes: id from units units.{id,name}'])
      expect(() => parseConsoleExample('x', `${header}${wrong}\n{ units }`)).toThrow('must read');
  });

  it('reads who asks it where a second person must', () => {
    expect(parseConsoleExample('x', `${header}# colleague: yes\n{ units }`).colleague).toBe(true);
    expect(() => parseConsoleExample('x', `${header}# colleague: maybe\n{ units }`)).toThrow(
      '# colleague: …',
    );
  });

  it('reads every example of the repository', async () => {
    const examples = await readConsoleExamples(join(import.meta.dirname, '../../examples'));
    expect(examples.length).toBeGreaterThanOrEqual(3);
  });
});
