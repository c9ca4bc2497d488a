import type { Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DistrictWork, decision, openDistrictWork } from '../support/district-work.ts';
import { viewerOf } from '../support/graph.ts';

const [con, lss] = [viewerOf('CON'), viewerOf('LSS')];
let close: () => Promise<void>;
let owner: Sql;
let work: DistrictWork;

beforeAll(async () => {
  ({ owner, work, close } = await openDistrictWork());
});
afterAll(() => close());

let count = 0;
const enterprise = (filed = true) =>
  work.find(
    'ConstructionEnterprise',
    `select id from construction.construction_enterprises where ${filed ? "filing_valid_to >= '2007-03-01'" : "(filing_valid_to is null or filing_valid_to < '2007-03-01')"} order by id limit 1`,
  );
const newSite = async (generalContractor?: string) => {
  const [place] =
    await owner`select neighbourhood_code, subdistrict_code from construction.construction_sites where neighbourhood_code is not null order by id limit 1`;
  const address = {
    road: '测试路',
    building: '1',
    neighbourhoodCode: place?.neighbourhood_code,
    subdistrictCode: place?.subdistrict_code,
  };
  return {
    siteNo: `CS${++count}`,
    name: `测试工地${count}`,
    address,
    generalContractor: generalContractor ?? (await enterprise()),
    startsOn: '2007-03-01',
  };
};
const activeSite = async () => {
  const { node } = await work.make(con, 'upsertConstructionSite', 'ConstructionSite', await newSite());
  await work.change(con, 'advanceConstructionSite', node, { event: 'start' });
  return node;
};
const worker = () =>
  work.find(
    'Migrant',
    `select m.id from public_security.migrants m join access.links l on l.subject_id = m.id and l.holder = 'PT-CON' and l.until is null where not m.shielded order by m.id limit 1 offset ${++count % 3}`,
  );

describe('a site', () => {
  it('is registered with a filed contractor, works, stops, goes on and is completed', async () => {
    const { node } = await work.make(con, 'upsertConstructionSite', 'ConstructionSite', await newSite());
    expect((await work.row('ConstructionSite', node)).stationCode).toMatch(/^PT-STN-/);
    await work.change(con, 'upsertConstructionSite', node, { migrantWorkers: 40 });
    await work.change(con, 'advanceConstructionSite', node, { event: 'start' });
    await work.change(con, 'advanceConstructionSite', node, { event: 'suspend' });
    await work.change(con, 'advanceConstructionSite', node, { event: 'resume' });
    expect((await work.change(con, 'advanceConstructionSite', node, { event: 'complete' })).state).toBe(
      'COMPLETED',
    );
    const late = await work.act(con, 'addSiteSubcontract', 'SiteSubcontract', {
      site: node,
      enterprise: await enterprise(),
    });
    expect(late.messages).toEqual(['The site is completed.']);
    const input = await newSite();
    await owner`update construction.construction_enterprises set filing_valid_to = '2007-02-01' where id = (select id from construction.construction_enterprises where filing_valid_to is not null order by id desc limit 1)`;
    const expired = await work.act(con, 'upsertConstructionSite', 'ConstructionSite', {
      ...input,
      generalContractor: await enterprise(false),
    });
    expect(expired.messages).toEqual(['The general contractor is not filed on that day.']);
    expect((await work.act(lss, 'upsertConstructionSite', 'ConstructionSite', input)).error).toBe(
      'NOT_YOURS',
    );
  });

  it('does not go on while what stopped it is not put right', async () => {
    const site = await activeSite();
    const seen = {
      site,
      occurredOn: '2007-03-01',
      officers: ['a'],
      hazards: ['FALL'],
      level: 'HIGH',
      rectifyBy: '2007-03-10',
    };
    const bare = await work.act(con, 'recordSafetyInspection', 'SafetyInspection', {
      event: 'recordStopWork',
      ...seen,
    });
    expect(bare.faults).toEqual(['decision REQUIRED']);
    const made = await work.make(con, 'recordSafetyInspection', 'SafetyInspection', {
      event: 'recordStopWork',
      ...seen,
      decision,
    });
    expect(await work.row('SafetyInspection', made.node)).toMatchObject({
      stopWork: true,
      subdistrictCode: (await work.row('ConstructionSite', site)).subdistrictCode,
    });
    await work.change(con, 'advanceConstructionSite', site, { event: 'suspend' });
    const early = await work.attempt(con, 'advanceConstructionSite', site, { event: 'resume' });
    expect(early.messages).toEqual(['What stopped the work is not put right.']);
    await work.change(con, 'closeRectification', made.node, { rectifiedOn: '2007-03-01' });
    await work.change(con, 'advanceConstructionSite', site, { event: 'resume' });
    const again = await work.attempt(con, 'closeRectification', made.node, { rectifiedOn: '2007-03-02' });
    expect(again.messages).toEqual(['Nothing is to be put right, or it has been.']);
    const late = await work.attempt(con, 'recordSafetyInspection', made.node, {
      event: 'orderStopWork',
      decision,
    });
    expect(late.messages).toEqual(['It has been put right already.']);
  });

  it('trains its workers', async () => {
    const training = await work.make(con, 'recordTraining', 'SiteTraining', {
      site: await activeSite(),
      topic: 'SAFETY',
      occurredOn: '2007-03-01',
      hours: '2',
      attendeeCount: 1,
    });
    await work.change(con, 'recordTraining', training.node, { attendeeCount: 2 });
    const came = await work.make(con, 'recordTrainingAttendance', 'TrainingAttendance', {
      training: training.node,
      person: await worker(),
    });
    const uncertified = await work.attempt(con, 'recordTrainingAttendance', came.node, {
      passed: false,
      certNo: 'X1',
    });
    expect(uncertified.faults).toEqual(['certNo VALIDATION', 'passed VALIDATION']);
    await work.change(con, 'recordTrainingAttendance', came.node, { passed: true, certNo: 'X1' });
  });
});

describe('an enterprise', () => {
  it('lies where its employer does, and is amended', async () => {
    const employer = await work.find(
      'Employer',
      'select id from labour.employers where subdistrict_code is not null and id not in (select employer_id from construction.construction_enterprises) order by id limit 1',
    );
    const input = { employer, homeProvince: '320000', qualificationGrade: 'FIRST' };
    const made = await work.make(con, 'upsertConstructionEnterprise', 'ConstructionEnterprise', input);
    expect((await work.row('ConstructionEnterprise', made.node)).subdistrictCode).toBe(
      (await work.row('Employer', employer)).subdistrictCode,
    );
    const half = await work.attempt(con, 'upsertConstructionEnterprise', made.node, { entryFilingNo: 'F1' });
    expect(half.faults).toEqual(['entryFilingNo VALIDATION']);
    await work.change(con, 'upsertConstructionEnterprise', made.node, {
      entryFilingNo: 'F1',
      filingValidTo: '2008-01-01',
    });
  });
});

describe('a penalty', () => {
  const decided = async (decidedOn: string) => {
    const { node } = await work.make(con, 'imposePenalty', 'ConstructionPenalty', {
      enterprise: await enterprise(),
    });
    await work.change(con, 'imposePenalty', node, {
      decision: { ...decision, decidedOn },
      amount: '5000.00',
    });
    return node;
  };

  it('is imposed with all grounds and published after the days for review', async () => {
    const node = await decided('2006-12-01');
    await work.change(con, 'publishPenalty', node);
    const twice = await work.attempt(con, 'publishPenalty', node);
    expect(twice.messages).toEqual(['The penalty is published already.']);
    const recent = await work.attempt(con, 'publishPenalty', await decided('2007-02-01'));
    expect(recent.faults).toEqual(['VALIDATION']);
    await work.change(con, 'advanceCase', node, { event: 'execute' });
    expect((await work.change(con, 'advanceCase', node, { event: 'close' })).state).toBe('CLOSED');
    await work.change(con, 'reopenCase', node);
    await work.change(con, 'advanceCase', node, { event: 'investigate' });
  });

  it('is not published when it was annulled', async () => {
    const node = await decided('2006-12-01');
    await work.change(con, 'advanceCase', node, { event: 'seekRemedy' });
    await work.change(con, 'advanceCase', node, { event: 'annul' });
    await work.change(con, 'advanceCase', node, { event: 'close' });
    const refused = await work.attempt(con, 'publishPenalty', node);
    expect(refused.messages).toEqual(['The penalty was annulled.']);
  });
});

describe('a dispute about wages', () => {
  const open = async () => {
    const site = await activeSite();
    const { generalContractorId } = await work.row('ConstructionSite', site);
    const { node } = await work.make(con, 'openSiteWageDispute', 'SiteWageDispute', {
      site,
      enterprise: await work.find(
        'ConstructionEnterprise',
        `select id from construction.construction_enterprises where id = '${String(generalContractorId)}'`,
      ),
      workerCount: 2,
      amountClaimed: '8000.00',
      reportedOn: '2007-02-20',
    });
    return { site, node };
  };

  it('is mediated and paid; meanwhile the site is not completed', async () => {
    const { site, node } = await open();
    const early = await work.attempt(con, 'advanceConstructionSite', site, { event: 'complete' });
    expect(early.messages).toEqual(['A dispute about wages is open.']);
    for (const event of ['mediate', 'agree', 'execute'])
      await work.change(con, 'advanceCase', node, { event });
    const much = await work.attempt(con, 'advanceCase', node, {
      event: 'recordPayment',
      amountPaid: '8000.01',
    });
    expect(much.faults).toEqual(['amountPaid VALIDATION']);
    expect(
      (await work.change(con, 'advanceCase', node, { event: 'close', amountPaid: '8000.00' })).state,
    ).toBe('CLOSED');
    const over = await work.act(con, 'addDisputeWorker', 'DisputeWorker', {
      dispute: node,
      person: await worker(),
    });
    expect(over.messages).toEqual(['The dispute is over.']);
    await work.change(con, 'advanceConstructionSite', site, { event: 'complete' });
  });

  it('is handed over to the labour bureau with its workers, where there are any', async () => {
    const { node } = await open();
    const nobody = await work.attempt(con, 'transferCase', node);
    expect(nobody.messages).toEqual(['No worker of the dispute is entered.']);
    const person = await worker();
    await work.make(con, 'addDisputeWorker', 'DisputeWorker', { dispute: node, person });
    const handed = await work.change(con, 'transferCase', node);
    expect(handed).toMatchObject({
      state: 'TRANSFERRED',
      effects: [{ effect: 'openArrearsCase', store: 'labour', state: 'DONE' }],
    });
    const { transferredToId, referredToUnits } = await work.row('SiteWageDispute', node);
    expect(referredToUnits).toEqual(['PT-LSS']);
    const [arrears] =
      await owner`select c.status, count(p.id)::int as complainants from labour.wage_arrears_cases c left join labour.arrears_complainants p on p.case_id = c.id where c.id = ${String(transferredToId)} group by c.status`;
    expect(arrears).toEqual({ status: 'REPORTED', complainants: 1 });
  });

  it('is with an enterprise of the site', async () => {
    const site = await activeSite();
    const other = await work.find(
      'ConstructionEnterprise',
      `select id from construction.construction_enterprises where id <> (select general_contractor_id from construction.construction_sites where id = '${String((await work.row('ConstructionSite', site)).id)}') order by id limit 1`,
    );
    const input = { site, enterprise: other, workerCount: 1, reportedOn: '2007-02-20' };
    const refused = await work.act(con, 'openSiteWageDispute', 'SiteWageDispute', input);
    expect(refused.messages).toEqual(['The enterprise works on another site.']);
    await work.make(con, 'addSiteSubcontract', 'SiteSubcontract', { site, enterprise: other });
    await work.make(con, 'openSiteWageDispute', 'SiteWageDispute', input);
  });
});
