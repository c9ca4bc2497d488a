import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import {
  type BrowserServer,
  chromiumPath,
  hasChromium,
  launchChromium,
  openPage,
  probe,
  startForBrowser,
  type WatchedPage,
} from './support.ts';

const title = hasChromium
  ? 'the console in a browser'
  : `the console in a browser (skipped: no ${chromiumPath})`;

describe.skipIf(!hasChromium)(title, { timeout: 60_000 }, () => {
  let server: BrowserServer;
  let browser: Browser;
  let watched: WatchedPage;
  let page: Page;

  beforeAll(async () => {
    server = await startForBrowser();
    browser = await launchChromium();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
  beforeEach(async () => {
    watched = await openPage(browser);
    page = watched.page;
  });
  afterEach(() => page.close());

  const personaChooser = () => page.getByLabel('Sign in as');
  const identity = () => page.getByTestId('identity');
  const queryEditor = () => page.locator('.graphiql-query-editor .view-lines');
  const variableEditor = () =>
    page.locator('.graphiql-editor-tool .graphiql-editor:not(.hidden) .view-lines');
  const answer = () => page.locator('.result-window .view-lines');

  async function signIn(code: string): Promise<void> {
    await page.goto(server.url);
    await personaChooser().selectOption(code);
    await queryEditor().waitFor();
  }

  async function run(query: string): Promise<void> {
    await queryEditor().click();
    await page.keyboard.press('Control+A');
    // Typed over a selection, a brace would be put around it.
    await page.keyboard.press('Delete');
    await page.keyboard.insertText(query);
    await page.keyboard.press('Control+Enter');
  }

  it('shows the demonstration personas by kind before anybody is signed in, and no error', async () => {
    await page.goto(server.url);
    await page.getByRole('heading', { name: 'District departments 区级部门' }).waitFor();
    await page.getByRole('heading', { name: 'Police stations 派出所' }).waitFor();
    expect(await page.getByRole('button', { name: 'HLR Housing and Land' }).isVisible()).toBe(true);
    expect(await identity().textContent()).toContain('Not signed in');
    expect(await page.getByRole('alert').count()).toBe(0);
    expect(await page.title()).toBe('来沪 Laihu · GraphQL console');
  });

  it('signs in on choice and says who one is: person, department in both languages, unit, territory', async () => {
    await signIn('HLR');
    const text = await textOf(identity());
    for (const part of [
      'Housing and Land Administration Bureau',
      '区房地局',
      'acting for',
      'PT-HLR',
      'whole district',
    ]) {
      expect(text).toContain(part);
    }
    expect(await page.title()).toContain('区房地局');
  });

  it('lets a persona of several units choose the one it acts for', async () => {
    await signIn('SUB');
    await page.getByLabel('Acting unit').selectOption('PT-SUB-101');
    await eventually(identity()).toContain('PT-SUB-101');
    expect(await page.getByLabel('Acting unit').inputValue()).toBe('PT-SUB-101');
  });

  it('runs a query as the persona and shows data, errors and extensions as the server sent them', async () => {
    await signIn('LSS');
    await run('{ orgUnits(first: 1) { nodes { code } } leases(first: 1) { totalCount } }');
    await eventually(answer()).toContain('"code": "PT-');
    // The editor paints an answer from top to bottom; this stands last.
    await eventually(answer()).toContain('"owner": "HOUSING"');
    const text = await textOf(answer());
    expect(text).toContain('"leases": null');
    expect(text).toContain('"code": "FORBIDDEN"');
  });

  it('shows housing the rents of the leases, and a station the same leases with the rent withheld and said so', async () => {
    await signIn('HLR');
    await page.getByLabel('Example queries').selectOption('housing-leases-with-tenants');
    await eventually(queryEditor()).toContain('query LeasesWithTenants');
    await page.locator('.graphiql-execute-button').click();
    await eventually(answer()).toMatch(rentShown);
    expect(await textOf(answer())).toMatch(/"contractNo": "\w+"/);
    await run(probe);
    await eventually(answer()).toLack('totalCount');
    await personaChooser().selectOption('STN');
    await eventually(identity()).toContain('派出所');
    await page.locator('.graphiql-execute-button').click();
    await eventually(answer()).toContain('"monthlyRent": null');
    const withheld = await textOf(answer());
    expect(withheld).toMatch(/"contractNo": "\w+"/);
    expect(withheld).toContain('"coordinate": "Lease.monthlyRent"');
    expect(withheld).toContain('"masked"');
    // The example as it stands, too: nothing in it needs what a station sees masked.
    await page.getByLabel('Example queries').selectOption('housing-leases-with-tenants');
    await eventually(queryEditor()).toContain('query LeasesWithTenants');
    await page.locator('.graphiql-execute-button').click();
    await eventually(answer()).toContain('"totalCount"');
    expect(await textOf(answer())).toContain('"monthlyRent": null');
  });

  it('sends the usual purpose of the persona, and another one that was chosen or that an example is for', async () => {
    const sent = async (act: () => Promise<unknown>) => {
      const request = page.waitForRequest((r) => (r.postData() ?? '').includes('leases'));
      await act();
      return (await request).headers()['laihu-purpose'];
    };
    await signIn('SUB');
    expect(await sent(() => run(probe))).toBe('REGISTRATION');
    await page.getByLabel('Purpose').selectOption('LEASE');
    const again = () => page.locator('.graphiql-execute-button').click();
    expect(await sent(again)).toBe('LEASE');
    await personaChooser().selectOption('LSS');
    await eventually(identity()).toContain('区劳动保障局');
    expect(await sent(again)).toBe('EMPLOYMENT_SERVICE');
    await page.getByLabel('Example queries').selectOption('labour-arrears-due');
    expect(await page.getByLabel('Purpose').inputValue()).toBe('RIGHTS_PROTECTION');
  });

  it.each<[string, () => Promise<unknown>, string]>([
    ['another purpose', async () => page.getByLabel('Purpose').selectOption('LEASE'), 'monthlyRent'],
    [
      'another persona',
      async () => {
        await personaChooser().selectOption('STN');
        await eventually(identity()).toContain('派出所');
      },
      'monthlyRent',
    ],
    [
      'an example',
      async () => {
        await page.getByLabel('Example queries').selectOption('housing-leases-with-tenants');
        await eventually(queryEditor()).toContain('query LeasesWithTenants');
      },
      'query LeasesWithTenants',
    ],
  ])('runs at the first click after %s was chosen, while a query was under way', async (_, choose, text) => {
    await signIn('SUB');
    let isUnderWay = false;
    // The first one never comes to an end.
    await page.route('**/graphql', async (route) => {
      if (isUnderWay || !route.request().postData()?.includes('monthlyRent')) return route.continue();
      isUnderWay = true;
    });
    await run(probe);
    await until(() => isUnderWay);
    await choose();
    const request = page.waitForRequest((r) => (r.postData() ?? '').includes(text));
    await page.locator('.graphiql-execute-button').click();
    await request;
    await eventually(answer()).toContain('"leases"');
  });

  it('shows each persona in the editor’s documentation only what it may ever read', async () => {
    const fields = async (code: string) => {
      const introspection = page.waitForResponse(
        (r) => (r.request().postData() ?? '').includes('IntrospectionQuery') && r.ok(),
      );
      await personaChooser().selectOption(code);
      return (await (await introspection).text()).includes('"PoliceCase"');
    };
    await page.goto(server.url);
    expect(await fields('PSB')).toBe(true);
    expect(await fields('HLR')).toBe(false);
  });

  it('on change of persona removes the old answer, keeps the query and reads the schema anew', async () => {
    await signIn('HLR');
    await run(probe);
    await eventually(answer()).toMatch(rentShown);
    const introspection = page.waitForRequest((request) =>
      (request.postData() ?? '').includes('IntrospectionQuery'),
    );
    await personaChooser().selectOption('LSS');
    expect((await introspection).headers().authorization).toContain('Bearer ');
    await eventually(answer()).toBe('');
    expect(await textOf(queryEditor())).toContain(probe);
    await page.locator('.graphiql-execute-button').click();
    await eventually(answer()).toContain('"reason": "NOT_GRANTED"');
  });

  it('never shows an answer under the name of a persona who did not ask', async () => {
    await signIn('HLR');
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('monthlyRent')) await released;
      await route.continue().catch(() => {});
    });
    await run(probe);
    await personaChooser().selectOption('LSS');
    await eventually(identity()).toContain('区劳动保障局');
    release();
    await eventually(answer()).toContain('Run the query again');
    expect(await textOf(answer())).not.toMatch(rentShown);
  });

  it('opens an example with its variables and offers to sign in as its persona', async () => {
    await signIn('LSS');
    await page.getByLabel('Example queries').selectOption('housing-leases-with-tenants');
    await eventually(queryEditor()).toContain('query LeasesWithTenants');
    expect(await textOf(variableEditor())).toContain('"first": 10');
    await page.getByRole('button', { name: 'Sign in as HLR' }).click();
    await eventually(identity()).toContain('区房地局');
    expect(await textOf(queryEditor())).toContain('query LeasesWithTenants');
  });

  it('begins with an example in one click from the welcome page', async () => {
    await page.goto(server.url);
    await page.getByRole('button', { name: /Leases with their dwelling/ }).click();
    await eventually(queryEditor()).toContain('query LeasesWithTenants');
    expect(await textOf(identity())).toContain('区房地局');
  });

  it('asks to sign in again when the server no longer accepts the token, and keeps the query', async () => {
    await signIn('HLR');
    const refused = { status: 401, json: { errors: [{ message: 'The token has expired.' }] } };
    await page.route('**/graphql', (route) => route.fulfill(refused));
    await run(probe);
    const again = page.getByRole('button', { name: 'Sign in again as Housing' });
    await again.waitFor();
    await page.unroute('**/graphql');
    await again.click();
    await again.waitFor({ state: 'detached' });
    expect(await textOf(queryEditor())).toContain(probe);
  });

  it('survives a reload, and after sign-out keeps neither the token nor the identity', async () => {
    await signIn('HLR');
    await page.reload();
    await queryEditor().waitFor();
    expect(await textOf(identity())).toContain('区房地局');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Police stations' }).waitFor();
    const stored = await page.evaluate<string>(
      'JSON.stringify([{ ...sessionStorage }, { ...localStorage }])',
    );
    expect(stored).not.toContain('laihu:session');
    expect(stored).not.toContain('HLR');
  });

  it('asks for a bearer token where the server has no demonstration personas', async () => {
    await page.route('**/demo/personas', (route) => route.fulfill({ status: 404, json: {} }));
    await page.goto(server.url);
    await page.getByLabel('Bearer token').fill('not a token');
    await page.keyboard.press('Enter');
    expect(await page.getByRole('alert').textContent()).toContain('three parts');
    const claims = Buffer.from(JSON.stringify({ department: 'LSS', unit: 'PT-LSS' })).toString('base64url');
    await page.getByLabel('Bearer token').fill(`e30.${claims}.c2ln`);
    await page.keyboard.press('Enter');
    await eventually(identity()).toContain('PT-LSS');
  });

  it('sends no request to another host and breaks no rule of its content policy, all panels opened', async () => {
    await signIn('HLR');
    await run(probe);
    await eventually(answer()).toMatch(rentShown);
    await page.getByRole('button', { name: 'Prettify query' }).click();
    for (const [panel, content] of [
      [/Documentation Explorer/, '.graphiql-doc-explorer'],
      [/History/, '.graphiql-history'],
      [/GraphiQL Explorer/, '.docExplorerWrap'],
    ] as const) {
      await page.getByRole('button', { name: panel }).first().click();
      await page.locator(content).first().waitFor();
    }
    expect(watched.requests.length).toBeGreaterThan(10);
    expect(watched.requests.filter((url) => !url.startsWith(server.url) && !url.startsWith('data:'))).toEqual(
      [],
    );
    expect(watched.complaints).toEqual([]);
  });
});

/** What housing sees of the probe. */
const rentShown = /"monthlyRent": "\d+\.\d\d"/;

/** Waits until a text is as it should be. */
function eventually(element: Locator) {
  // While the page is drawn anew an element may be gone for a moment.
  const is = (isSo: (text: string) => boolean) =>
    until(
      () => textOf(element).catch(() => undefined),
      (text) => text !== undefined && isSo(text),
    );
  return {
    toBe: (wanted: string) => is((text) => text === wanted),
    toContain: (part: string) => is((text) => text.includes(part)),
    toLack: (part: string) => is((text) => !text.includes(part)),
    toMatch: (form: RegExp) => is((text) => form.test(text)),
  };
}

/** The text of an element; the editor draws spaces as no-break spaces. */
async function textOf(element: Locator): Promise<string> {
  return ((await element.textContent()) ?? '').replaceAll('\u00a0', ' ').trim();
}
