import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeNodeId, parseNodeId } from '../../../src/graph/node-id.ts';
import { Flow } from './flow.ts';
import { official } from './officials.ts';

// Flow (c) of dossier 7.3: a dispute about wages on a site is handed over to the labour bureau, which refers the workers
// to legal aid with their consent and orders the payment.

const con = official('CON');
const lss = official('LSS', undefined, 'CASE_OFFICER');
const jus = official('JUS');
const decision = {
  legalBasis: '劳动保障监察条例第二十六条',
  reasons: '示例:拖欠工资属实',
  decidedBy: '示例负责人',
  decidedOn: '2007-03-01',
  remedyNotice: '可在六十日内申请行政复议',
};

/** @param outage the store of the labour bureau answers nobody while the dispute is handed over */
async function wages(flow: Flow, { outage = false } = {}) {
  const site = await flow.find(
    'ConstructionSite',
    `select id from construction.construction_sites s where status = 'ACTIVE' and subdistrict_code is not null
      and not exists (select 1 from construction.site_wage_disputes d where d.site_id = s.id) order by id limit 1`,
  );
  const { general_contractor_id: contractor } = await flow.row(site);
  const worker = await flow.find(
    'Migrant',
    `select m.id from public_security.migrants m join access.links l on l.subject_id = m.id and l.holder = 'PT-CON' and l.until is null
      where not m.shielded and m.status = 'ACTIVE' and m.citizen_id_number is not null order by m.id limit 1`,
  );
  const { citizen_id_number: number } = await flow.row(worker);
  const dispute = await flow.make(con, 'openSiteWageDispute', 'SiteWageDispute', {
    site,
    enterprise: encodeNodeId('ConstructionEnterprise', contractor),
    workerCount: 1,
    amountClaimed: '3600.00',
    reportedOn: '2007-02-26',
  });
  await flow.make(con, 'addDisputeWorker', 'DisputeWorker', { dispute: dispute.id, person: worker });
  await flow.change(con, 'advanceCase', dispute.id, { event: 'mediate' });
  if (outage) await flow.goDown();
  const handed = await flow.change(con, 'transferCase', dispute.id);
  expect(handed).toMatchObject({
    state: 'TRANSFERRED',
    effects: [`openArrearsCase labour ${outage ? 'QUEUED' : 'DONE'}`],
  });
  const { transferred_to_id: caseKey } = await flow.row(dispute.id);
  const arrears = encodeNodeId('WageArrearsCase', caseKey);
  if (outage) {
    const { errors } = await flow.ask(lss, '{ wageArrearsCases(first: 1) { nodes { id } } }');
    expect(errors[0].extensions).toMatchObject({ code: 'STORE_UNAVAILABLE', store: 'labour' });
    await flow.comeBack();
  }
  await flow.followed();
  // One case, with the worker as complainant, whatever was tried while the store was down.
  const held = () => flow.ownerOf('labour')`
    select c.id, p.person_id from labour.wage_arrears_cases c left join labour.arrears_complainants p on p.case_id = c.id
    where c.employer_id in (select employer_id from labour.wage_arrears_cases where id = ${caseKey}) and c.created_at >= (select created_at from labour.wage_arrears_cases where id = ${caseKey})`;
  const once = [{ id: caseKey, person_id: parseNodeId(worker).key }];
  expect([...(await held())]).toEqual(once);
  await flow.doneAgain('openArrearsCase', 'construction');
  expect([...(await held())]).toEqual(once);

  // The bureau of construction has handed the dispute over: the case is not its own.
  const foreign = await flow.tries(con, 'advanceCase', 'SiteWageDispute', {
    id: dispute.id,
    expectedVersion: 9,
    event: 'close',
  });
  expect(foreign.committed).toBe(false);
  for (const event of ['screen', 'accept', 'investigate'])
    await flow.change(lss, 'advanceCase', arrears, { event });
  const aid = { referredTo: encodeNodeId('OrgUnit', 'PT-JUS') };
  expect((await flow.attempt(lss, 'referCase', arrears, aid)).faults).toEqual([
    'referralConsentedOn REQUIRED Legal aid needs the consent of the complainants: enter its day.',
  ]);
  await flow.change(lss, 'referCase', arrears, { ...aid, referralConsentedOn: '2007-03-01' });

  const legal = await flow.make(jus, 'applyLegalAid', 'LegalAidCase', {
    applicantCitizenIdNumber: number,
    matter: 'WAGES',
    hardshipProof: false,
    appliedOn: '2007-03-01',
  });
  await flow.change(jus, 'decideLegalAid', legal.id, { event: 'grant' });
  await flow.change(jus, 'assignLawyer', legal.id, { lawyer: '示例律师' });

  await flow.change(lss, 'advanceCase', arrears, { event: 'decide', decision, amountConfirmed: '3600.00' });
  await flow.change(lss, 'advanceCase', arrears, { event: 'execute' });
  await flow.change(lss, 'advanceCase', arrears, { event: 'recordRecovery', amountRecovered: '3600.00' });
  expect((await flow.change(lss, 'advanceCase', arrears, { event: 'close' })).state).toBe('CLOSED');
  expect((await flow.change(jus, 'closeLegalAid', legal.id, { outcome: 'WON' })).state).toBe('CLOSED');
  return { dispute: dispute.id, arrears, legal: legal.id };
}

describe('wages that a site does not pay', () => {
  let flow: Flow;
  beforeAll(async () => {
    flow = await Flow.open();
  });
  afterAll(() => flow?.close());

  it('are paid at the end of three departments’ work, each step with its event', async () => {
    const { dispute, arrears, legal } = await wages(flow);
    expect(await flow.events(dispute)).toEqual([
      'open CONSTRUCTION',
      'mediate CONSTRUCTION',
      'transfer CONSTRUCTION',
    ]);
    expect(await flow.events(arrears)).toEqual([
      'receive SYSTEM',
      ...['screen', 'accept', 'investigate', 'refer', 'decide', 'execute', 'recordRecovery', 'close'].map(
        (event) => `${event} LABOUR`,
      ),
    ]);
    expect(await flow.events(legal)).toEqual(
      ['apply', 'grant', 'assignLawyer', 'close'].map((event) => `${event} JUSTICE`),
    );
    // What construction learns of the case: that there is one, and how it stands.
    const { data } = await flow.ask(
      con,
      'query($id: ID!) { node(id: $id) { ... on SiteWageDispute { status transferredTo { status amountConfirmed } } } }',
      { id: dispute },
    );
    expect(data.node).toMatchObject({ status: 'TRANSFERRED', transferredTo: { status: 'CLOSED' } });
  });
});

describe('with the labour bureau’s store down while the dispute is handed over', () => {
  let flow: Flow;
  beforeAll(async () => {
    flow = await Flow.open('labour');
  });
  afterAll(() => flow?.close());

  it('the case is made by itself when the store is back, once', async () => {
    await wages(flow, { outage: true });
  });
});
