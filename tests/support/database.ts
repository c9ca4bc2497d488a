import { randomBytes } from 'node:crypto';
import type postgres from 'postgres';
import { inject } from 'vitest';
import { connectTo } from '../../src/store/connect.ts';
import { districtName, emptyName, templateName } from './district-names.ts';

// Files are copied, not page by page through the log: it takes a third of the time.
const copyOf = (name: string) => `template ${name} strategy file_copy`;
const templates = { district: copyOf(templateName), tables: copyOf(emptyName), nothing: '' };

/** The district that tests may read but not change. */
export function sharedDatabaseUrl(): string {
  return urlOfDatabase(districtName);
}

/**
 * A database of the test's own.
 * @param from `district`: a copy of the synthetic district; `tables`: migrated and empty; `nothing`: no tables either
 */
export async function createTestDatabase(
  from: keyof typeof templates,
): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `laihu_test_${randomBytes(6).toString('hex')}`;
  await onServer((server) => server.unsafe(`create database ${name} ${templates[from]}`));
  // A copy has the rights of a new database, whatever was closed in its model.
  if (from === 'district')
    await onServer((server) => server.unsafe(`revoke temporary on database ${name} from public`));
  return {
    url: urlOfDatabase(name),
    async drop() {
      await onServer((server) => server.unsafe(`drop database if exists ${name} with (force)`));
    },
  };
}

function urlOfDatabase(name: string): string {
  const url = new URL(inject('serverUrl'));
  url.pathname = `/${name}`;
  return url.href;
}

async function onServer(work: (server: postgres.Sql) => Promise<unknown>): Promise<void> {
  const server = connectTo(inject('serverUrl'), { max: 1, onnotice: () => {} });
  try {
    await work(server);
  } finally {
    await server.end();
  }
}
