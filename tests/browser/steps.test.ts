import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import {
  type BrowserServer,
  chromiumPath,
  hasChromium,
  launchChromium,
  openPage,
  startForBrowser,
} from './support.ts';

const title = hasChromium
  ? 'the steps of a question in a browser'
  : `the steps of a question in a browser (skipped: no ${chromiumPath})`;

// The shared district may not be changed: steps that write are opened, and not run.
describe.skipIf(!hasChromium)(title, { timeout: 60_000 }, () => {
  let server: BrowserServer;
  let browser: Browser;
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
    ({ page } = await openPage(browser));
    await page.goto(server.url);
  });
  afterEach(() => page.close());

  const identity = () => textOf(page.getByTestId('identity'));
  const variables = () =>
    textOf(page.locator('.graphiql-editor-tool .graphiql-editor:not(.hidden) .view-lines'));
  const query = () => textOf(page.locator('.graphiql-query-editor .view-lines'));
  const answer = () => textOf(page.locator('.result-window .view-lines'));
  const notices = async () => (await page.locator('.notice').allTextContents()).join('\n');
  const choose = (name: string) => page.getByLabel('Example queries').selectOption(name);
  const begin = async () => {
    await page.getByRole('button', { name: /^1\. A man shows his card/ }).click();
    // Signing in opens the editor first, and the example in it a moment later: before, nothing would be run.
    await until(query, (shown) => shown.includes('query CardAtTheWindow'));
    await page.locator('.graphiql-execute-button').click();
    await until(answer, (shown) => shown.includes('"migrantByCitizenId"'));
  };

  it('follow from the question with its ids and versions, for whom each is written', async () => {
    await begin();
    await page.getByRole('button', { name: 'Then: 1a.' }).click();
    await until(variables, (shown) => /"id":\s"\w{20}/.test(shown) && shown.includes('"expectedVersion": 1'));
    expect(await notices()).toContain('filled from the answer to “1. A man shows his card');
    expect(await notices()).not.toContain('Sign in as');
    await page.getByRole('button', { name: 'Then: 1b.' }).click();
    await until(notices, (shown) => shown.includes('Then: 1c.'));
    await choose('doing-01-d-opinion-employment');
    await until(notices, (shown) => shown.includes('Sign in as LSS'));
    expect(await notices()).toContain('Run “1c. Accept it');
  });

  it('are filled after a reload and for the next to sign in, and forgotten at the end of the session', async () => {
    await begin();
    await page.reload();
    await choose('doing-01-h-look');
    await until(variables, (shown) => /"id":\s"\w{20}/.test(shown));
    await page.getByRole('button', { name: 'Sign in as PSB' }).click();
    await until(identity, (shown) => shown.includes('PT-PSB'));
    expect(await variables()).toMatch(/"id":\s"\w{20}/);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('Sign in as').selectOption('PSB');
    await choose('doing-01-h-look');
    await until(notices, (shown) => shown.includes('Run “1c. Accept it'));
    await until(variables, (shown) => /"id":\s""/.test(shown));
  });

  it('ask for a second person where an act needs two', async () => {
    await page.getByLabel('Sign in as').selectOption('PSB');
    await until(identity, (shown) => shown.includes('陈示例'));
    await choose('doing-16-e-approve-too');
    await until(notices, (shown) => shown.includes('a second person'));
    await page.getByRole('button', { name: 'Sign in as PSB' }).click();
    await until(identity, (shown) => shown.includes('陈示范'));
    await page.getByLabel('Person').selectOption('self');
    await until(identity, (shown) => shown.includes('陈示例'));
  });
});

/** The editor shows spaces as no-break spaces. */
const textOf = async (locator: Locator): Promise<string> =>
  ((await locator.textContent()) ?? '').replaceAll('\u00a0', ' ');
