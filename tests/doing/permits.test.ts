import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeNodeId } from '../../src/graph/node-id.ts';
import { demoCoordinatorId } from '../../src/identity/personas.ts';
import { viewerOf } from '../support/graph.ts';
import { cac, decision, PermitDesk, psb } from './permit-desk.ts';

let at: PermitDesk;
beforeAll(async () => {
  at = await PermitDesk.open();
});
afterAll(() => at?.desk.close());

describe('an application for a residence permit (dossier 5.1)', () => {
  test('goes from the counter to the card, each step by the actor whose it is', async () => {
    const { id: person, number } = at.person();
    const id = await at.must(at.create(number));
    expect((await at.materials(id)).map(({ kind, state }) => `${kind} ${state}`).sort()).toEqual([
      'EMPLOYMENT_PROOF REQUIRED',
      'ID_COPY REQUIRED',
      'INSURANCE_PROOF REQUIRED',
      'PHOTO REQUIRED',
      'RESIDENCE_PROOF REQUIRED',
    ]);
    expect(await at.desk.offered(cac, 'PermitApplication', id)).toEqual(['edit', 'submit', 'withdraw']);
    await at.must(at.application(cac, 'submitPermitApplication', id));
    expect((await at.application(cac, 'acceptPermitApplication', id)).refused).toEqual(['NOT_READY']);
    await at.takeMaterials(id);
    expect((await at.application(cac, 'acceptPermitApplication', id)).effects).toEqual(['openOpinions DONE']);
    expect(await at.state(id)).toBe('UNDER_REVIEW');

    const opinions = await at.opinions(id);
    expect(opinions.map(({ kind, author_unit }) => `${kind} ${author_unit.slice(0, 10)}`)).toEqual([
      'CERTIFICATE PT-SUB-015',
      'EMPLOYMENT PT-LSS',
      'ONSITE PT-STN-015',
      'RESIDENCE PT-HLR',
    ]);
    // What follows may be run again after a crash: nobody is asked twice.
    await at.desk
      .owner`update access.outbox set done_at = null, next_at = now() where record_id = ${id} and effect = 'openOpinions'`;
    await at.desk.graph.doers!.outbox.sweep();
    expect(await at.opinions(id)).toEqual(opinions);
    const [certificate, employment] = opinions;
    const give = (viewer: typeof cac, opinion: string) =>
      at.desk.change(viewer, 'giveOpinion', 'DepartmentOpinion', opinion, { event: 'SUPPORT' });
    expect((await give(viewerOf('HLR'), employment!.id)).refused).toEqual(['NOT_YOURS']);
    const clerk = { ...viewerOf('SUB', 'PT-SUB-015'), posts: ['WINDOW' as const] };
    expect((await give(clerk, certificate!.id)).refused).toEqual(['NOT_YOURS']);
    await at.review(id);
    expect(await at.state(id)).toBe('OPINIONS_COMPLETE');

    expect((await at.application(cac, 'decidePermit', id, { event: 'APPROVE' })).refused).toEqual([
      'NOT_YOURS',
    ]);
    await at.must(at.application(psb, 'decidePermit', id, { event: 'APPROVE' }));
    await at.must(at.application(cac, 'produceCard', id, { event: 'PRODUCE_CARD' }));
    await at.must(at.application(cac, 'produceCard', id, { event: 'RECEIVE_CARD' }));
    const handed = await at.application(cac, 'handOverPermit', id);
    expect([...handed.effects].sort()).toEqual(['carryOutAction DONE', 'closeFile DONE']);
    expect(await at.state(id)).toBe('ISSUED');
    const [permit] = await at.permits(person);
    expect(permit).toMatchObject({ status: 'ACTIVE', valid_from: '2007-03-01', valid_to: '2008-02-29' });
    const [stay] = await at.desk
      .owner`select dwelling_id from public_security.residence_registrations where person_id = ${person} and status <> 'CLOSED'`;
    expect(permit!.registered_dwelling_id).toBe(stay!.dwelling_id);
    expect(await at.history(permit!.id)).toEqual(['ISSUED']);
    expect((await at.opinions(id)).map((opinion) => opinion.window_closed_on)).toEqual(
      Array(4).fill('2007-03-01'),
    );
    const told = await at.desk.owner`select event, viewer from access.record_events
      where record_type = 'PermitApplication' and record_id = ${id} order by version`;
    expect(told.map(({ event, viewer }) => `${event} ${viewer}`)).toEqual([
      'create RECEPTION_CENTRE',
      'submit RECEPTION_CENTRE',
      'accept RECEPTION_CENTRE',
      'startReview SYSTEM',
      'completeOpinions SYSTEM',
      'approve PUBLIC_SECURITY',
      'produceCard RECEPTION_CENTRE',
      'receiveCard RECEPTION_CENTRE',
      'handOver RECEPTION_CENTRE',
    ]);
  });

  test('is made for who lives in the sub-district of the window', async () => {
    const [elsewhere] = await at.desk
      .owner`select m.citizen_id_number as number from public_security.migrants m
      where m.citizen_id_number like '34%' and exists (select 1 from public_security.residence_registrations r where r.person_id = m.id and r.status <> 'CLOSED' and not r.shielded)
        and not exists (select 1 from public_security.residence_registrations r where r.person_id = m.id and r.subdistrict_code = '310107015')
        and substr(m.citizen_id_number, 18) = substr('10X98765432', 1 + (select sum((array[7,9,10,5,8,4,2,1,6,3,7,9,10,5,8,4,2])[i] * substr(m.citizen_id_number, i, 1)::int) from generate_series(1, 17) i)::int % 11, 1)
      order by m.id limit 1`;
    const done = await at.create(String(elsewhere!.number));
    expect(done).toMatchObject({ committed: false, refused: ['VALIDATION applicantCitizenIdNumber'] });
  });

  test('is for a first permit only where none is in force, and for another only where one is', async () => {
    const { number } = await at.holder();
    expect((await at.create(number)).refused).toEqual(['VALIDATION action']);
    const without = at.person();
    for (const action of ['RENEW', 'CHANGE', 'REPLACE_LOST', 'CANCEL'])
      expect((await at.create(without.number, { action })).refused).toEqual(['VALIDATION action']);
  });

  test('of a dependant names whom the dependant joins', async () => {
    const { number } = at.person();
    const principal = at.person();
    expect((await at.create(number, { permitType: 'DEPENDENT' })).refused).toEqual(['REQUIRED principal']);
    const id = await at.must(
      at.create(number, { permitType: 'DEPENDENT', principalCitizenIdNumber: principal.number }),
    );
    expect((await at.desk.row('PermitApplication', id)).principal_id).toBe(principal.id);
  });

  test('for a talent goes to the personnel bureau, and to no reception centre', async () => {
    const { number } = at.person();
    expect((await at.create(number, { permitType: 'TALENT' })).committed).toBe(false);
    const per = viewerOf('PER');
    const [talent] = await at.desk
      .owner`select t.applicant_id as id, p.id as permit from personnel.talent_applications t
      join permits.residence_permits p on p.holder_id = t.applicant_id and p.status = 'ACTIVE'
      join public_security.residence_registrations r on r.person_id = t.applicant_id and r.status <> 'CLOSED' and not r.shielded
      order by t.id limit 1`;
    await at.desk
      .owner`update permits.residence_permits set status = 'EXPIRED', valid_from = '2006-01-01', valid_to = '2006-12-31' where id = ${talent!.permit}`;
    const made = await at.desk.make(per, 'createPermitApplication', 'PermitApplication', {
      applicant: encodeNodeId('Migrant', String(talent!.id)),
      permitType: 'TALENT',
      action: 'NEW',
    });
    expect(made.refused).toEqual([]);
    expect(await at.desk.row('PermitApplication', made.id!)).toMatchObject({
      accepted_at_unit: 'PT-PER',
      status: 'DRAFT',
    });
  });

  test('is filled in by a coordinator for the person of an open task, and goes to the window', async () => {
    const person = await at.personOfCoordinator();
    const cor = viewerOf('COR');
    const input = { applicant: encodeNodeId('Migrant', person), permitType: 'EMPLOYMENT', action: 'NEW' };
    const prefill = () => at.desk.make(cor, 'createPermitApplication', 'PermitApplication', input);
    expect((await prefill()).refused).toEqual(['VALIDATION applicant']);
    await at.desk.owner`insert into coordinators.coordinator_tasks
      (id, kind, issued_by_id, assignee_id, target_migrant_id, due_on, status, subdistrict_code, station_code, neighbourhood_code)
      select gen_random_uuid(), 'PERMIT_SUPPORT', 'PT-SUB-015', ${demoCoordinatorId}, ${person}, '2007-03-10', 'ASSIGNED', subdistrict_code, station_code, neighbourhood_code
      from public_security.residence_registrations where person_id = ${person} and status <> 'CLOSED'`;
    const done = await prefill();
    expect(done.refused).toEqual([]);
    expect(done.committed).toBe(true);
    const [row] = await at.desk
      .owner`select accepted_at_unit, status from permits.permit_applications where applicant_id = ${person}`;
    expect(row).toMatchObject({ accepted_at_unit: 'PT-CAC-015', status: 'DRAFT' });
  });

  test('asks for what is missing once, with a list; it lapses where nothing comes', async () => {
    const id = await at.must(at.create(at.person().number));
    await at.takeMaterials(id);
    await at.must(at.application(cac, 'submitPermitApplication', id));
    expect((await at.application(cac, 'requestSupplement', id)).refused).toEqual(['NOT_READY']);
    const [material] = await at.materials(id);
    const check = (event: string, fields: object = {}) =>
      at.desk.change(cac, 'checkMaterial', 'ApplicationMaterial', material!.id, { event, ...fields });
    expect((await check('FIND_DEFICIENT')).refused).toEqual(['REQUIRED note']);
    await at.must(check('FIND_DEFICIENT', { note: '复印件不清晰' }));
    await at.must(at.application(cac, 'requestSupplement', id));
    expect((await at.application(cac, 'resubmitPermitApplication', id)).refused).toEqual(['NOT_READY']);
    await at.takeMaterials(id);
    await at.must(check('ACCEPT'));
    await at.must(at.application(cac, 'resubmitPermitApplication', id));
    await at.must(
      at.desk.make(cac, 'addMaterial', 'ApplicationMaterial', {
        application: encodeNodeId('PermitApplication', id),
        kind: 'OTHER',
      }),
    );
    expect((await at.application(cac, 'requestSupplement', id)).refused).toEqual(['NOT_READY']);

    const [waiting] = await at.desk
      .owner`select id from permits.permit_applications where status = 'SUPPLEMENT_REQUIRED' limit 1`;
    expect(await at.desk.bySystem('PermitApplication', waiting!.id, 'lapse')).toBe(true);
    expect(await at.desk.row('PermitApplication', waiting!.id)).toMatchObject({ status: 'LAPSED' });
  });

  test('is declined with grounds and remedy, all of them; the legal affairs office gets them without the person', async () => {
    const id = await at.must(at.create(at.person().number));
    await at.must(at.application(cac, 'submitPermitApplication', id));
    const { remedyNotice: _, ...partly } = decision;
    expect((await at.application(cac, 'declinePermitApplication', id, { decision: partly })).refused).toEqual(
      ['REQUIRED decision.remedyNotice'],
    );
    const reasons = '证件369999199305010000不属于本窗口';
    const done = await at.application(cac, 'declinePermitApplication', id, {
      decision: { ...decision, reasons },
    });
    expect([...done.effects].sort()).toEqual(['closeFile DONE', 'reportAct DONE']);
    const [act] = await at.desk
      .owner`select unit_id, decision_reasons as reasons, act_ref from legal_affairs.administrative_act_reviews where act_id = ${id}`;
    expect(act).toMatchObject({ unit_id: 'PT-CAC-015', reasons: '证件…不属于本窗口' });
    expect(act!.act_ref).toMatch(/^FZ2007-\d{5}$/);

    expect((await at.application(psb, 'reopenPermitApplication', id)).refused).toEqual([
      'REQUIRED reviewRef',
    ]);
    await at.must(at.application(psb, 'reopenPermitApplication', id, { reviewRef: '沪普复决字[2007]1号' }));
    expect(await at.desk.row('PermitApplication', id)).toMatchObject({
      status: 'UNDER_REVIEW',
      closed_on: null,
      decision_reasons: null,
    });
    expect(await at.opinions(id)).toHaveLength(4);
  });

  test('is not refused for the certificate alone, is returned once with a reason, and refused with grounds', async () => {
    const id = await at.accepted(at.person().number);
    await at.review(id, ['CERTIFICATE']);
    const reject = () => at.application(psb, 'decidePermit', id, { event: 'REJECT', decision });
    expect((await reject()).refused).toEqual(['NOT_READY']);
    expect((await at.application(psb, 'returnForReview', id)).refused).toEqual(['REQUIRED reason']);
    await at.must(at.application(psb, 'returnForReview', id, { reason: '实地情况不明' }));
    expect((await at.opinions(id)).map(({ result }) => result)).toEqual(Array(4).fill('PENDING'));
    await at.review(id, ['CERTIFICATE', 'RESIDENCE']);
    expect((await at.application(psb, 'returnForReview', id, { reason: '再查' })).refused).toEqual([
      'NOT_READY',
    ]);
    expect((await at.application(psb, 'decidePermit', id, { event: 'REJECT' })).refused).toContain(
      'REQUIRED decision',
    );
    await at.must(reject());
    expect(await at.desk.row('PermitApplication', id)).toMatchObject({
      status: 'REJECTED',
      decision_remedy_notice: decision.remedyNotice,
    });
    await at.must(at.application(psb, 'reopenPermitApplication', id, { reviewRef: '沪普复决字[2007]2号' }));
    expect((await at.opinions(id)).map(({ result, window_closed_on }) => [result, window_closed_on])).toEqual(
      Array(4).fill(['PENDING', null]),
    );
  });

  test('does not suffer from an opinion that is not given', async () => {
    const id = await at.accepted(at.person().number);
    for (const { id: opinion } of await at.opinions(id))
      expect(await at.desk.bySystem('DepartmentOpinion', opinion, 'passOver')).toBe(true);
    expect((await at.opinions(id)).map(({ result }) => result)).toEqual(Array(4).fill('NOT_APPLICABLE'));
    expect(await at.state(id)).toBe('OPINIONS_COMPLETE');
    const [opinion] = await at.opinions(id);
    const late = await at.desk.change(at.author(opinion!), 'giveOpinion', 'DepartmentOpinion', opinion!.id, {
      event: 'OPPOSE',
      reason: '迟到',
    });
    expect(late.refused).toEqual(['BAD_TRANSITION']);
  });

  test('is withdrawn at any time before the approval; then nobody is asked any more', async () => {
    const id = await at.accepted(at.person().number);
    const [opinion] = await at.opinions(id);
    await at.must(at.application(cac, 'withdrawPermitApplication', id));
    expect((await at.opinions(id)).map(({ result }) => result)).toEqual(Array(4).fill('NOT_APPLICABLE'));
    const late = await at.desk.change(at.author(opinion!), 'giveOpinion', 'DepartmentOpinion', opinion!.id, {
      event: 'SUPPORT',
    });
    expect(late.committed).toBe(false);
    expect((await at.application(cac, 'withdrawPermitApplication', id)).refused).toEqual(['BAD_TRANSITION']);
  });

  test('lists other materials when the draft is changed, and again those of before', async () => {
    const id = await at.must(at.create(at.person().number));
    const kinds = async () =>
      (await at.materials(id))
        .filter(({ state }) => state === 'REQUIRED')
        .map(({ kind }) => kind)
        .sort();
    await at.must(at.application(cac, 'editPermitApplication', id, { permitType: 'TEMPORARY' }));
    expect(await kinds()).toEqual(['ID_COPY', 'LEASE_FILING', 'PHOTO']);
    await at.must(at.application(cac, 'editPermitApplication', id, { permitType: 'STUDY' }));
    expect(await kinds()).toEqual(['EDUCATION_PROOF', 'ID_COPY', 'PHOTO', 'RESIDENCE_PROOF']);
  });

  test('whose card is not fetched for ninety days still gives it, for a year', async () => {
    const id = await at.accepted(at.person().number);
    await at.review(id);
    await at.must(at.application(psb, 'decidePermit', id, { event: 'APPROVE' }));
    await at.must(at.application(psb, 'produceCard', id, { event: 'PRODUCE_CARD' }));
    await at.must(at.application(psb, 'produceCard', id, { event: 'RECEIVE_CARD' }));
    expect(await at.desk.bySystem('PermitApplication', id, 'expirePickup')).toBe(true);
    await at.desk.owner`update permits.permit_applications set ready_on = '2006-02-28' where id = ${id}`;
    expect((await at.application(cac, 'handOverPermit', id)).refused).toEqual(['NOT_READY']);
    await at.desk.owner`update permits.permit_applications set ready_on = '2006-03-01' where id = ${id}`;
    await at.must(at.application(cac, 'handOverPermit', id));
    expect(await at.state(id)).toBe('ISSUED');
  });
});

describe('a permit (dossier 5.2)', () => {
  const permit = (viewer: typeof cac, mutation: string, id: string, fields: object = {}) =>
    at.desk.change(viewer, mutation, 'ResidencePermit', id, fields);
  const status = async (id: string) => (await at.desk.row('ResidencePermit', id)).status;

  test('is renewed by an application: a term that follows the first, once', async () => {
    const { person, number } = await at.holder();
    const made = await at.desk.make(cac, 'renewPermit', 'PermitApplication', {
      applicantCitizenIdNumber: number,
      permitType: 'EMPLOYMENT',
    });
    const id = made.id!;
    expect(await at.desk.row('PermitApplication', id)).toMatchObject({ action: 'RENEW', status: 'DRAFT' });
    await at.takeMaterials(id);
    await at.must(at.application(cac, 'submitPermitApplication', id));
    await at.must(at.application(cac, 'acceptPermitApplication', id));
    await at.review(id);
    await at.handedOver(id);
    const after = await at.permits(person);
    expect(after).toMatchObject([{ status: 'ACTIVE', valid_to: '2009-02-28' }]);
    // The effect may be run again after a crash: nothing is doubled.
    await at.desk
      .owner`update access.outbox set done_at = null, next_at = now() where record_id = ${id} and effect = 'carryOutAction'`;
    await at.desk.graph.doers!.outbox.sweep();
    expect(await at.permits(person)).toEqual(after);
    expect(await at.history(after[0]!.id)).toEqual(['ISSUED', 'RENEWED']);
  });

  test('is reported lost and found, or replaced by a new card for the rest of its term', async () => {
    const { person, number, permit: id } = await at.holder();
    await at.must(permit(cac, 'reportPermitLost', id));
    expect(await at.desk.row('ResidencePermit', id)).toMatchObject({ status: 'LOST' });
    await at.must(permit(cac, 'reportPermitFound', id));
    await at.must(permit(cac, 'reportPermitLost', id));
    const replacing = await at.accepted(number, { action: 'REPLACE_LOST' });
    await at.review(replacing);
    await at.handedOver(replacing);
    expect((await at.permits(person)).map((row) => `${row.status} ${row.valid_to}`)).toEqual([
      'REPLACED 2008-02-29',
      'ACTIVE 2008-02-29',
    ]);
    expect(await at.history(id)).toEqual(['ISSUED', 'LOST_REPORTED', 'FOUND', 'LOST_REPORTED', 'REPLACED']);
  });

  test('is given up by an application that needs no card', async () => {
    const { number, permit: id } = await at.holder();
    const giving = await at.accepted(number, { action: 'CANCEL' });
    await at.review(giving);
    await at.must(at.application(psb, 'decidePermit', giving, { event: 'APPROVE' }));
    expect(await at.state(giving)).toBe('ISSUED');
    expect(await at.history(id)).toEqual(['ISSUED', 'CANCELLED HOLDER_REQUEST']);
    expect(await status(id)).toBe('CANCELLED');
  });

  test('names another dwelling, if the holder lives there', async () => {
    const { person, permit: id } = await at.holder();
    const [other] = await at.desk.owner`select id from housing.dwellings where subdistrict_code = '310107015'
      and id not in (select dwelling_id from public_security.residence_registrations where person_id = ${person} and dwelling_id is not null) limit 1`;
    const registeredDwelling = encodeNodeId('Dwelling', String(other!.id));
    const change = () => permit(cac, 'changePermitAddress', id, { registeredDwelling });
    expect((await change()).refused).toEqual(['VALIDATION registeredDwelling']);
    await at.desk
      .owner`update public_security.residence_registrations set dwelling_id = ${other!.id} where person_id = ${person} and status <> 'CLOSED'`;
    await at.must(change());
    expect((await at.permits(person))[0]!.registered_dwelling_id).toBe(other!.id);
    expect(await at.history(id)).toEqual(['ISSUED', 'ADDRESS_CHANGED']);
  });

  test('is cancelled for one of four reasons', async () => {
    const { permit: id } = await at.holder();
    expect((await permit(cac, 'cancelPermit', id, { endReason: 'DEATH' })).refused).toEqual(['NOT_YOURS']);
    expect((await permit(psb, 'cancelPermit', id)).refused).toEqual(['REQUIRED endReason']);
    expect((await permit(psb, 'cancelPermit', id, { endReason: 'FALSE_MATERIALS' })).refused).toEqual([
      'VALIDATION endReason',
    ]);
    await at.must(permit(psb, 'cancelPermit', id, { endReason: 'LEFT_SHANGHAI' }));
    expect(await at.history(id)).toEqual(['ISSUED', 'CANCELLED LEFT_SHANGHAI']);
    expect((await permit(cac, 'reportPermitLost', id)).refused).toEqual(['BAD_TRANSITION']);
  });

  test('is suspended with grounds, comes back by itself, and is revoked for false materials only', async () => {
    const { permit: id } = await at.holder();
    expect((await permit(psb, 'suspendPermit', id)).refused).toContain('REQUIRED decision');
    await at.must(permit(psb, 'suspendPermit', id, { decision }));
    await at.must(permit(psb, 'resumePermit', id));
    expect(await at.desk.row('ResidencePermit', id)).toMatchObject({
      status: 'ACTIVE',
      decision_reasons: null,
      ended_on: null,
    });
    await at.must(permit(psb, 'suspendPermit', id, { decision }));
    expect(await at.desk.bySystem('ResidencePermit', id, 'resumeInTime')).toBe(true);
    await at.must(permit(psb, 'revokePermit', id, { decision }));
    expect(await at.desk.row('ResidencePermit', id)).toMatchObject({
      status: 'REVOKED',
      end_reason: 'FALSE_MATERIALS',
    });
    expect(await at.history(id)).toEqual([
      'ISSUED',
      'SUSPENDED',
      'RESUMED',
      'SUSPENDED',
      'RESUMED',
      'REVOKED FALSE_MATERIALS',
    ]);
    const acts = await at.desk
      .owner`select act_ref from legal_affairs.administrative_act_reviews where act_id = ${id}`;
    expect(acts).toHaveLength(3);
  });

  test('expires by itself; the personnel bureau answers for talents only', async () => {
    const { permit: id } = await at.holder();
    expect((await permit(viewerOf('PER'), 'reportPermitLost', id)).committed).toBe(false);
    expect(await at.desk.bySystem('ResidencePermit', id, 'expire')).toBe(true);
    expect(await status(id)).toBe('EXPIRED');
    expect(await at.desk.bySystem('ResidencePermit', id, 'expire')).toBe(false);
  });
});

const permitTypes = ['PermitApplication', 'DepartmentOpinion', 'ResidencePermit'];

// At the end, because it moves the whole district.
test('time alone ends what is over, and never to the harm of a person', async () => {
  const { permit } = await at.holder();
  const id = await at.accepted(at.person().number);
  const [opinion] = await at.opinions(id);
  await at.desk.on('2007-03-22', ...permitTypes);
  // Ten working days, and five of grace: the last of them is the 22nd.
  expect((await at.opinions(id)).map(({ result }) => result)).toEqual(Array(4).fill('PENDING'));
  await at.desk.on('2007-03-23', ...permitTypes);
  expect((await at.opinions(id)).map(({ result }) => result)).toEqual(Array(4).fill('NOT_APPLICABLE'));
  expect(await at.state(id)).toBe('OPINIONS_COMPLETE');
  expect(
    await at.desk.owner`select 1 from permits.department_opinions o join access.record_events e
    on e.record_type = 'DepartmentOpinion' and e.record_id = o.id::text and e.viewer = 'SYSTEM' and e.from_state is distinct from e.to_state
    where e.to_state = 'NOT_SUPPORTED'`,
  ).toHaveLength(0);
  expect(opinion!.result).toBe('PENDING');
  await at.desk.on('2008-02-29', ...permitTypes);
  expect((await at.desk.row('ResidencePermit', permit)).status).toBe('ACTIVE');
  await at.desk.on('2008-03-01', ...permitTypes);
  expect((await at.desk.row('ResidencePermit', permit)).status).toBe('EXPIRED');
});
