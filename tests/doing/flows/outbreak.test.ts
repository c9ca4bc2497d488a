import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeNodeId } from '../../../src/graph/node-id.ts';
import { Flow } from './flow.ts';
import { type Official, official } from './officials.ts';

// Flow (d) of dossier 7.3: an outbreak at a site, from the report card to the end, with a grant for a contact.

const hlt = official('HLT');
const psb: readonly Official[] = ['psb-1', 'psb-2'].map((person) => ({ ...official('PSB'), person }));
const contact = '{ migrant(id: $id) { mobilePhone } }';

/** @param outage the organisation's store, which keeps the grants, answers nobody while the outbreak is closed */
async function outbreak(flow: Flow, { outage = false } = {}) {
  const site = await flow.find(
    'ConstructionSite',
    `select id from construction.construction_sites where status = 'ACTIVE' order by id limit 1`,
  );
  const report = await flow.make(hlt, 'fileInfectiousReport', 'InfectiousReport', {
    patientSnapshot: { name: '示例患者', sex: 'MALE', birthDate: '1980-01-01' },
    patientOrigin: 'OTHER_PROVINCE',
    disease: 'MEASLES',
    caseType: 'CLINICAL',
    onsetOn: '2007-02-25',
    diagnosedAt: '2007-02-28T02:00:00Z',
    reportingUnit: '示例医院',
  });
  const place = { kind: 'CONSTRUCTION_SITE', name: '示例工地' };
  const visit = await flow.make(hlt, 'recordSiteVisit', 'EpidemicSiteVisit', {
    place,
    site,
    visitedOn: '2007-03-01',
    officers: ['示例甲', '示例乙'],
    findings: ['WATER'],
    rectifyBy: '2007-03-20',
  });
  const response = await flow.make(hlt, 'openOutbreakResponse', 'OutbreakResponse', {
    disease: 'MEASLES',
    place,
    site,
    openedOn: '2007-03-01',
    measures: ['INFORM'],
  });
  // Somebody who lived beside the patient, and of whom the bureau of health knows nothing.
  const neighbour = await flow.find(
    'Migrant',
    `select id from public_security.migrants m where mobile_phone is not null and not shielded and status = 'ACTIVE'
      and not exists (select 1 from access.links l where l.subject_id = m.id and l.holder = 'PT-HLT') order by id limit 1`,
  );
  const phone = (await flow.row(neighbour)).mobile_phone;
  const read = async () =>
    (await flow.ask(hlt, `query($id: ID!) ${contact}`, { id: neighbour }, 'DISEASE_CONTROL')).data?.migrant
      ?.mobilePhone ?? null;
  expect(await read()).toBeNull();
  const grant = await flow.make(hlt, 'requestAccessGrant', 'AccessGrant', {
    fieldGroup: 'CONTACT',
    recordRef: neighbour,
    purpose: 'DISEASE_CONTROL',
    legalBasis: '传染病防治法第四十条',
    validTo: '2007-03-20T00:00:00Z',
  });
  await flow.make(hlt, 'attachOutbreakGrant', 'OutbreakGrant', { outbreak: response.id, grant: grant.id });
  expect(await read()).toBeNull();
  await flow.change(psb[0]!, 'approveAccessGrant', grant.id);
  expect(await read()).toBeNull();
  expect((await flow.change(psb[1]!, 'approveAccessGrant', grant.id)).state).toBe('ACTIVE');
  await flow.followed();
  expect(await read()).toBe(phone);

  await flow.change(hlt, 'recordMeasure', response.id, { measures: ['INFORM', 'VACCINATE', 'DISINFECT'] });
  await flow.change(hlt, 'confirmInfectiousReport', report.id, { caseType: 'LAB_CONFIRMED' });
  await flow.change(hlt, 'recordSiteVisit', visit.id, { rectifiedOn: '2007-03-01' });
  await flow.change(hlt, 'advanceCase', report.id, { event: 'close' });
  if (outage) await flow.goDown();
  const closed = await flow.change(hlt, 'closeOutbreak', response.id);
  expect(closed).toMatchObject({
    state: 'CLOSED',
    effects: [`revokeOutbreakGrants organisation ${outage ? 'QUEUED' : 'DONE'}`],
  });
  if (outage) {
    expect((await flow.row(grant.id)).status).toBe('ACTIVE');
    await flow.comeBack();
    await flow.doneAgain('revokeOutbreakGrants', 'health');
  }
  expect((await flow.row(grant.id)).status).toBe('REVOKED');
  expect(await flow.events(grant.id)).toEqual([
    'request HEALTH',
    'approve PUBLIC_SECURITY',
    'approve PUBLIC_SECURITY',
    'endWithCase SYSTEM',
  ]);
  expect(await read()).toBeNull();
  return { report, response, grant, visit };
}

describe('an outbreak at a site', () => {
  let flow: Flow;
  beforeAll(async () => {
    flow = await Flow.open();
  });
  afterAll(() => flow?.close());

  it('goes from the report card over visit, grant and measures to the end', async () => {
    const { report, response } = await outbreak(flow);
    expect(await flow.events(report.id)).toEqual(['file HEALTH', 'confirm HEALTH', 'close HEALTH']);
    expect(await flow.events(response.id)).toEqual([
      'openOutbreak HEALTH',
      'recordMeasure HEALTH',
      'closeOutbreak HEALTH',
    ]);
  });

  it('is nobody else’s: the contractor’s bureau neither closes nor reads it, and cannot take the grant', async () => {
    const con = official('CON');
    const response = await flow.find('OutbreakResponse', 'select id from health.outbreak_responses limit 1');
    const closing = await flow.tries(con, 'closeOutbreak', 'OutbreakResponse', {
      id: response,
      expectedVersion: 1,
    });
    expect(closing).toMatchObject({ committed: false, code: 'NOT_YOURS' });
    const attached = await flow.tries(hlt, 'attachOutbreakGrant', 'OutbreakGrant', {
      outbreak: response,
      grant: encodeNodeId('AccessGrant', '00000000-0000-7000-8000-000000000000'),
    });
    expect(attached).toMatchObject({
      committed: false,
      faults: [expect.stringContaining('grant NOT_FOUND')],
    });
  });
});

describe('with the store of the grants down while the outbreak is closed', () => {
  let flow: Flow;
  beforeAll(async () => {
    flow = await Flow.open('organisation');
  });
  afterAll(() => flow?.close());

  it('the grant ends by itself when the store is back', async () => {
    await outbreak(flow, { outage: true });
  });
});
