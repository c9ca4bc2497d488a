import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { startTestServer } from '../http/test-server.ts';

/** A query whose answer differs: housing sees the rent, a station sees it withheld, labour is refused. */
export const probe = '{ leases(first: 1) { nodes { contractNo monthlyRent } } }';

/** Debian's Chromium; the browser tests are skipped where it is not installed. */
export const chromiumPath = '/usr/bin/chromium';
export const hasChromium = existsSync(chromiumPath);

export interface BrowserServer {
  url: string;
  close(): Promise<void>;
}

/** The server that the browser tests look at: the whole program before the shared district. */
export function startForBrowser(): Promise<BrowserServer> {
  return startTestServer();
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
