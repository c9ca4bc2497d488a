import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeNodeId, parseNodeId } from '../../../src/graph/node-id.ts';
import { citizenIdCheck } from '../../../src/identifiers/citizen-id.ts';
import { Flow } from './flow.ts';
import { official } from './officials.ts';

// Flow (a) of dossier 7.3: from the first registration to the renewed card.

const [cac, psb, hlr] = [official('CAC'), official('PSB'), official('HLR')];
const authors: Readonly<Record<string, ReturnType<typeof official>>> = {
  EMPLOYMENT: official('LSS'),
  RESIDENCE: hlr,
  CERTIFICATE: official('SUB'),
};
const materials = ['IDENTITY_PROOF', 'APPLICATION_FORM', 'CONTRACT', 'TITLE_PROOF'];

/** What the window sees of an application, and what the departments are asked. */
const dossier = `query($id: ID!) { permitApplication(id: $id) { status
  materials { id kind state recordVersion } opinions { id kind result authorUnit { id } } } }`;

let serial = 100;
function newNumber(): string {
  serial += 2;
  const body = `34999919850612${serial + 1}`;
  return body + citizenIdCheck(body);
}

/** From the counter to the holder's hand. */
async function card(flow: Flow, application: string, { outage = false } = {}) {
  const { data } = await flow.ask(cac, dossier, { id: application });
  for (const { id, recordVersion } of data.permitApplication.materials)
    await flow.make(cac, 'receiveMaterial', 'ApplicationMaterial', { id, expectedVersion: recordVersion });
  await flow.change(cac, 'submitPermitApplication', application);
  const accepted = await flow.change(cac, 'acceptPermitApplication', application);
  expect(accepted.effects).toEqual(['openOpinions permits DONE']);
  await flow.followed();
  const asked = await flow.ask(cac, dossier, { id: application });
  const { opinions } = asked.data.permitApplication;
  expect(opinions).toHaveLength(4);
  for (const { id, kind, authorUnit } of opinions)
    await flow.change(authors[kind] ?? official('STN', parseNodeId(authorUnit.id).key), 'giveOpinion', id, {
      event: 'support',
    });
  // The window reads how each came out, and for the others no reason.
  await flow.change(psb, 'decidePermit', application, { event: 'approve' });
  await flow.change(cac, 'produceCard', application, { event: 'produceCard' });
  await flow.change(cac, 'produceCard', application, { event: 'receiveCard' });
  if (outage) await flow.goDown();
  const handed = await flow.change(cac, 'handOverPermit', application);
  expect(handed.state).toBe('ISSUED');
  expect(handed.effects).toContain(`carryOutAction permits ${outage ? 'QUEUED' : 'DONE'}`);
  const permits = async () => {
    const { applicant_id: holder } = await flow.row(application);
    const [row] = await flow.ownerOf('permits')`
      select (select count(*)::int from permits.residence_permits where holder_id = ${holder}) as permits,
        (select count(*)::int from permits.permit_events e join permits.residence_permits p on p.id = e.permit_id where p.holder_id = ${holder}) as events`;
    return row;
  };
  if (outage) {
    expect(await permits()).toMatchObject({ permits: 0 });
    await flow.comeBack();
    const once = await permits();
    expect(once).toMatchObject({ permits: 1 });
    await flow.doneAgain('carryOutAction', 'permits');
    expect(await permits()).toEqual(once);
  }
}

/** @param outage the register answers nobody when the card is handed over */
async function permit(flow: Flow, { outage = false } = {}) {
  const [home] = await flow.owner`
    select d.id, d.usage from housing.dwellings d where d.subdistrict_code = '310107015' and d.usage = 'RESIDENTIAL' and d.floor_area > 40
      and not exists (select 1 from housing.leases l where l.dwelling_id = d.id) order by d.id limit 1`;
  const dwelling = encodeNodeId('Dwelling', String(home!.id));
  const number = newNumber();
  await flow.make(cac, 'registerMigrant', 'Migrant', {
    name: '示例甲',
    sex: 'MALE',
    birthDate: '1985-06-12',
    hukouDivision: '340100',
    citizenIdNumber: number,
    residenceRegistration: {
      dwelling,
      arrivedHereOn: '2007-02-20',
      stayReason: 'WORK',
      dwellingRelation: 'TENANT',
    },
  });
  await flow.followed();
  const shown = await flow.ask(
    cac,
    'query($number: CitizenId!) { migrantByCitizenId(citizenIdNumber: $number) { id name currentRegistration { status dwelling { id } } } }',
    { number },
  );
  const person = shown.data.migrantByCitizenId.id;
  expect(shown.data.migrantByCitizenId.currentRegistration).toEqual({
    status: 'OPEN',
    dwelling: { id: dwelling },
  });

  const application = await flow.make(cac, 'createPermitApplication', 'PermitApplication', {
    applicantCitizenIdNumber: number,
    permitType: 'EMPLOYMENT',
    action: 'NEW',
  });
  const lease = await flow.make(cac, 'upsertLease', 'Lease', {
    event: 'record',
    contractNo: `LX-${serial}`,
    dwelling,
    landlord: { kind: 'PERSON', name: '示例房东' },
    tenant: { kind: 'PERSON', name: '示例甲' },
    tenantMigrantCitizenIdNumber: number,
    startsOn: '2007-02-01',
    endsOn: '2009-01-31',
    purpose: 'RESIDENTIAL',
  });
  await flow.followed();
  const filing = await flow.make(cac, 'createLeaseFiling', 'LeaseFiling', { lease: lease.id, kind: 'NEW' });
  await flow.followed();
  await flow.change(cac, 'submitLeaseFiling', filing.id, { materials });
  await flow.change(cac, 'acceptLeaseFiling', filing.id);
  await flow.change(cac, 'decideLeaseFiling', filing.id, { event: 'file', certificateValidTo: '2008-12-31' });
  await flow.followed();
  expect((await flow.row(lease.id)).filing_status).toBe('FILED');

  await card(flow, application.id, { outage });
  const permits = async () =>
    (
      await flow.ask(
        psb,
        'query($id: ID!) { migrant(id: $id) { permits(first: 9) { nodes { status type validFrom validTo registeredDwelling { id } } } } }',
        {
          id: person,
        },
      )
    ).data.migrant.permits.nodes;
  const issued = {
    status: 'ACTIVE',
    type: 'EMPLOYMENT',
    validFrom: '2007-03-01',
    registeredDwelling: { id: dwelling },
  };
  expect(await permits()).toEqual([{ ...issued, validTo: '2008-02-29' }]);

  flow.day = '2007-11-15';
  const renewal = await flow.make(cac, 'renewPermit', 'PermitApplication', {
    applicantCitizenIdNumber: number,
    permitType: 'EMPLOYMENT',
  });
  await flow.followed();
  await card(flow, renewal.id);
  expect(await permits()).toEqual([{ ...issued, validTo: '2009-02-28' }]);
  return { application: application.id, renewal: renewal.id };
}

describe('a newcomer at the window', () => {
  let flow: Flow;
  beforeAll(async () => {
    flow = await Flow.open();
  });
  afterAll(() => flow?.close());

  it('is registered, has the lease filed, gets the card and has it renewed', async () => {
    const { application } = await permit(flow);
    expect(await flow.events(application)).toEqual([
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
});

describe('with the register down when the card is handed over', () => {
  let flow: Flow;
  beforeAll(async () => {
    flow = await Flow.open('public_security');
  });
  afterAll(() => flow?.close());

  it('the permit is issued by itself when the register is back', async () => {
    await permit(flow, { outage: true });
  });
});
