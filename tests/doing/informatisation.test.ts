import type { Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeNodeId } from '../../src/graph/node-id.ts';
import type { Viewer } from '../../src/identity/viewer.ts';
import { connectTo } from '../../src/store/connect.ts';
import { act, actor, readFor } from '../support/acting.ts';
import { createTestDatabase } from '../support/database.ts';
import { createTestGraph, type TestGraph, viewerOf } from '../support/graph.ts';

const itc = viewerOf('ITC');
const psb = actor('PSB', 'PT-PSB');
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let owner: Sql;
let graph: TestGraph;

beforeAll(async () => {
  database = await createTestDatabase('district');
  owner = connectTo(database.url, { max: 1 });
  graph = createTestGraph(database.url);
});
afterAll(async () => {
  await graph.close();
  await owner.end();
  await database.drop();
});

const change = async (
  viewer: Viewer,
  mutation: string,
  type: string,
  id: string,
  input: Record<string, unknown> = {},
  read = '',
) => act(graph, viewer, mutation, { ...(await readFor(graph, viewer, type, id)), ...input }, read);

describe('a monthly batch', () => {
  const build = (period: string) =>
    act(
      graph,
      psb,
      'buildImportBatch',
      { period },
      'registrationImportBatch { id status rowsSent rowsAccepted sentByUnit { id } }',
    );
  const load = (id: string, event: string, more: Record<string, unknown> = {}) =>
    change(
      itc,
      'loadImportBatch',
      'RegistrationImportBatch',
      id,
      { event, ...more },
      'registrationImportBatch { status loadedAt }',
    );

  it('is built once of a month that has ended, sent, checked, loaded', async () => {
    expect((await build('2007-03')).faults).toEqual(['period VALIDATION']);
    expect((await build('2007-02')).faults).toEqual(['period VALIDATION']);
    const [month] =
      await owner`select to_char(captured_at at time zone 'Asia/Shanghai', 'YYYY-MM') as period, count(*)::int as rows from public_security.residence_registrations where captured_at < '2006-01-01' group by 1 order by 2 desc limit 1`;
    const { record } = await build(String(month?.period));
    expect(record).toMatchObject({
      status: 'BUILT',
      rowsSent: month?.rows,
      rowsAccepted: 0,
      sentByUnit: { id: encodeNodeId('OrgUnit', 'PT-PSB') },
    });
    expect((await build(String(month?.period))).faults).toEqual(['period VALIDATION']);
    const send = await change(
      psb,
      'submitImportBatch',
      'RegistrationImportBatch',
      record.id,
      {},
      'registrationImportBatch { status sentAt }',
    );
    expect(send.record).toMatchObject({ status: 'SENT', sentAt: expect.any(String) });
    expect((await change(psb, 'submitImportBatch', 'RegistrationImportBatch', record.id)).code).toBe(
      'BAD_TRANSITION',
    );
    const checked = {
      rowsAccepted: month?.rows - 1,
      rowsRejected: 1,
      rejectReasons: [{ code: 'ID_CHECKSUM', count: 1 }],
      timelinessRate: 0.9,
      accuracyRate: 0.9,
    };
    expect((await load(record.id, 'VALIDATE', { ...checked, rowsRejected: 2 })).faults).toEqual([
      'rowsAccepted VALIDATION',
      'rowsRejected VALIDATION',
    ]);
    expect((await load(record.id, 'VALIDATE', checked)).record).toMatchObject({ status: 'VALIDATED' });
    expect((await load(record.id, 'LOAD')).faults).toEqual(['NOT_READY']);
    expect((await load(record.id, 'LOAD_PARTLY')).record).toMatchObject({
      status: 'PARTLY_LOADED',
      loadedAt: expect.any(String),
    });
  });

  it('fails, and is built anew', async () => {
    const { record } = await build('2005-01');
    await change(psb, 'submitImportBatch', 'RegistrationImportBatch', record.id);
    expect((await load(record.id, 'FAIL')).record).toMatchObject({ status: 'FAILED' });
    expect((await build('2005-01')).committed).toBe(true);
  });
});

describe('a system', () => {
  it('is registered, runs, exchanges, and ends when nothing hangs on it', async () => {
    const made = await act(
      graph,
      itc,
      'registerInformationSystem',
      { name: '示例系统', owner: encodeNodeId('OrgUnit', 'PT-EDU') },
      'informationSystem { id status }',
    );
    expect(made.record.status).toBe('PLANNED');
    const { id } = made.record;
    const set = (event: string) =>
      change(itc, 'setSystemStatus', 'InformationSystem', id, { event }, 'informationSystem { status }');
    expect((await set('DEGRADE')).code).toBe('BAD_TRANSITION');
    expect((await set('RUN')).record).toEqual({ status: 'RUNNING' });
    expect(
      (
        await change(itc, 'changeInformationSystem', 'InformationSystem', id, {
          endpoint: 'https://user:secret@example.invalid',
        })
      ).faults,
    ).toEqual(['endpoint VALIDATION']);
    const [other] =
      await owner`select id from informatisation.information_systems where status = 'RUNNING' and owner_id = 'PT-PSB' limit 1`;
    const plan = (more: Record<string, unknown> = {}) =>
      act(
        graph,
        itc,
        'upsertDataExchangeJob',
        {
          fromSystem: id,
          toSystem: encodeNodeId('InformationSystem', String(other?.id)),
          schedule: '0 2 1 * *',
          ...more,
        },
        'dataExchangeJob { id }',
      );
    expect((await plan({ schedule: 'daily' })).faults).toEqual(['schedule VALIDATION']);
    const job = (await plan()).record.id;
    const [held] =
      await owner`select owner_codes as codes from informatisation.data_exchange_jobs order by created_at desc limit 1`;
    expect([...held!.codes].sort()).toEqual(['PT-EDU', 'PT-PSB']);
    const run = (lastRunAt: string) =>
      change(
        itc,
        'recordExchangeRun',
        'DataExchangeJob',
        job,
        { lastRunAt, rows: 7, result: 'SUCCEEDED' },
        'dataExchangeJob { rows }',
      );
    expect((await run('2007-03-02T00:00:00+08:00')).faults).toEqual(['NOT_READY']);
    expect((await run('2007-02-28T00:00:00+08:00')).record).toEqual({ rows: 7 });
    expect((await set('RETIRE')).faults).toEqual(['NOT_READY']);
    const lonely = await act(
      graph,
      itc,
      'registerInformationSystem',
      { name: '示例系统二', owner: encodeNodeId('OrgUnit', 'PT-EDU') },
      'informationSystem { id }',
    );
    const retired = await change(
      itc,
      'setSystemStatus',
      'InformationSystem',
      lonely.record.id,
      { event: 'RETIRE' },
      'informationSystem { status }',
    );
    expect(retired.record).toEqual({ status: 'RETIRED' });
    expect((await plan({ toSystem: lonely.record.id })).faults).toEqual(['NOT_READY']);
    expect(
      (
        await act(graph, psb, 'registerInformationSystem', {
          name: 'x',
          owner: encodeNodeId('OrgUnit', 'PT-PSB'),
        })
      ).code,
    ).toBe('NOT_YOURS');
  });
});

describe('data quality', () => {
  it('is counted once a rule of a store, and counted again', async () => {
    const report = (more: Record<string, unknown> = {}) =>
      act(
        graph,
        itc,
        'upsertDataQualityIssue',
        {
          store: 'education',
          rule: 'STALE',
          count: 3,
          ownerUnit: encodeNodeId('OrgUnit', 'PT-EDU'),
          ...more,
        },
        'dataQualityIssue { id count }',
      );
    await owner`delete from informatisation.data_quality_issues where store = 'education'`;
    expect((await report({ count: -1 })).faults).toEqual(['count VALIDATION']);
    const { record } = await report();
    expect((await report()).faults).toEqual(['store VALIDATION', 'rule VALIDATION']);
    expect(
      (
        await change(
          itc,
          'upsertDataQualityIssue',
          'DataQualityIssue',
          record.id,
          { count: 2 },
          'dataQualityIssue { count }',
        )
      ).record,
    ).toEqual({ count: 2 });
  });

  it('an unsure match is looked at by the department whose key it is', async () => {
    const [row] =
      await owner`select id from informatisation.migrant_crosswalks where store = 'housing' and confidence < 0.95 and reviewed_by is null limit 1`;
    const [sure] =
      await owner`select id from informatisation.migrant_crosswalks where store = 'housing' and confidence >= 0.95 limit 1`;
    const housing = viewerOf('HLR');
    const review = (id: unknown, viewer = housing) =>
      change(
        viewer,
        'reviewCrosswalk',
        'MigrantCrosswalk',
        String(id),
        { event: 'CONFIRM' },
        'migrantCrosswalk { needsReview }',
      );
    expect((await review(sure?.id)).faults).toEqual(['NOT_READY']);
    expect((await review(row?.id)).record).toEqual({ needsReview: false });
    expect((await review(row?.id)).faults).toEqual(['NOT_READY']);
  });
});
