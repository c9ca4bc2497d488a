import type { Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DistrictWork, decision, openDistrictWork } from '../support/district-work.ts';
import { type TestGraph, viewerOf } from '../support/graph.ts';

const [cac, hlr, cor] = [viewerOf('CAC'), viewerOf('HLR'), viewerOf('COR')];
const elsewhere = viewerOf('CAC', 'PT-CAC-005');
const materials = ['IDENTITY_PROOF', 'APPLICATION_FORM', 'CONTRACT', 'TITLE_PROOF'];
let close: () => Promise<void>;
let owner: Sql;
let graph: TestGraph;
let work: DistrictWork;
let neighbourhood: string;
let station: string;

beforeAll(async () => {
  ({ owner, graph, work, close } = await openDistrictWork());
  const [place] =
    await owner`select neighbourhood_code, station_code from housing.dwellings where subdistrict_code = '310107015' and station_code is not null order by neighbourhood_code limit 1`;
  [neighbourhood, station] = [String(place?.neighbourhood_code), String(place?.station_code)];
});
afterAll(() => close());

let rooms = 0;
const newDwelling = async (more: Record<string, unknown> = {}) => {
  const address = {
    road: '测试路',
    building: '1',
    room: String(++rooms),
    subdistrictCode: '310107015',
    neighbourhoodCode: neighbourhood,
  };
  const input = {
    address,
    usage: 'RESIDENTIAL',
    floorArea: '30',
    owner: { kind: 'PERSON', name: '房东' },
    ...more,
  };
  return (await work.make(hlr, 'upsertDwelling', 'Dwelling', input)).node;
};
const leaseInput = (dwelling: string, more: Record<string, unknown> = {}) => ({
  contractNo: `CS-${rooms}`,
  dwelling,
  landlord: { kind: 'PERSON', name: '房东' },
  tenant: { kind: 'PERSON', name: '租客' },
  startsOn: '2007-02-01',
  endsOn: '2008-01-31',
  purpose: 'RESIDENTIAL',
  ...more,
});
const newLease = async (dwelling?: string, more?: Record<string, unknown>) => {
  const at = dwelling ?? (await newDwelling());
  return (await work.make(cac, 'upsertLease', 'Lease', { event: 'record', ...leaseInput(at, more) })).node;
};
const newFiling = async (lease: string, kind = 'NEW') =>
  (await work.make(cac, 'createLeaseFiling', 'LeaseFiling', { lease, kind })).node;
const accepted = async (lease: string, kind = 'NEW') => {
  const filing = await newFiling(lease, kind);
  await work.change(cac, 'submitLeaseFiling', filing, { materials });
  await work.change(cac, 'acceptLeaseFiling', filing);
  return filing;
};
const filed = async (lease: string, kind = 'NEW') => {
  const filing = await accepted(lease, kind);
  const certificateValidTo = kind === 'CANCELLATION' ? null : '2007-12-31';
  await work.change(cac, 'decideLeaseFiling', filing, { event: 'file', certificateValidTo });
  return filing;
};

describe('a dwelling', () => {
  it('lies at the police station of its neighbourhood', async () => {
    const dwelling = await newDwelling();
    expect(await work.row('Dwelling', dwelling)).toMatchObject({
      stationCode: station,
      subdistrictCode: '310107015',
      lane: '',
    });
  });

  it('needs a neighbourhood, of its sub-district', async () => {
    const base = { usage: 'RESIDENTIAL', floorArea: '30' };
    const address = { road: '测试路', building: '1', room: '900', subdistrictCode: '310107015' };
    const none = await work.act(hlr, 'upsertDwelling', 'Dwelling', { ...base, address });
    expect(none.faults).toEqual(['address.neighbourhoodCode VALIDATION']);
    const other = { ...address, neighbourhoodCode: '310107005001' };
    const wrong = await work.act(hlr, 'upsertDwelling', 'Dwelling', { ...base, address: other });
    expect(wrong.faults).toEqual(['address.neighbourhoodCode VALIDATION']);
  });

  it('is amended by the bureau alone', async () => {
    const dwelling = await newDwelling();
    await work.change(hlr, 'upsertDwelling', dwelling, { rooms: 2 });
    expect((await work.row('Dwelling', dwelling)).rooms).toBe(2);
    expect((await work.attempt(cac, 'upsertDwelling', dwelling, { rooms: 3 })).error).toBe('NOT_YOURS');
  });

  it('says at which field its facts do not fit', async () => {
    const dwelling = await newDwelling();
    const more = await work.attempt(hlr, 'upsertDwelling', dwelling, { livingArea: '31' });
    expect(more.faults).toEqual(['livingArea VALIDATION']);
  });
});

describe('a lease', () => {
  it('is drafted, amended, concluded and ended', async () => {
    const dwelling = await newDwelling();
    const draft = await work.make(cac, 'upsertLease', 'Lease', { event: 'draft', ...leaseInput(dwelling) });
    expect(draft.state).toBe('DRAFT');
    expect(await work.row('Lease', draft.node)).toMatchObject({
      neighbourhoodCode: neighbourhood,
      stationCode: station,
    });
    await work.change(cac, 'upsertLease', draft.node, { event: 'amend', monthlyRent: '1200.00' });
    expect((await work.change(cac, 'upsertLease', draft.node, { event: 'conclude' })).state).toBe('IN_FORCE');
    const ended = await work.change(cac, 'endLease', draft.node, { endsOn: '2007-03-01' });
    expect(ended.state).toBe('TERMINATED');
    expect((await work.attempt(cac, 'upsertLease', draft.node, { event: 'amend' })).error).toBe(
      'BAD_TRANSITION',
    );
  });

  it('is recorded by the bureau for the whole district, by a window for its own sub-district', async () => {
    const dwelling = await newDwelling();
    const made = await work.make(hlr, 'upsertLease', 'Lease', { event: 'record', ...leaseInput(dwelling) });
    expect((await work.row('Lease', made.node)).subdistrictCode).toBe('310107015');
    const other = await work.act(elsewhere, 'upsertLease', 'Lease', {
      event: 'record',
      ...leaseInput(dwelling, { contractNo: 'CS-other' }),
    });
    expect(other.error ?? other.faults[0]).toMatch(/NOT_YOURS|NOT_FOUND/);
  });

  it('says that its term is too long', async () => {
    const dwelling = await newDwelling();
    const made = await work.act(cac, 'upsertLease', 'Lease', {
      event: 'record',
      ...leaseInput(dwelling, { endsOn: '2030-01-01' }),
    });
    expect(made.faults).toEqual(['startsOn VALIDATION', 'endsOn VALIDATION']);
  });

  it('names who lives there while it lasts', async () => {
    const lease = await newLease();
    const [person] =
      await owner`select id, citizen_id_number from public_security.migrants where subdistrict_code = '310107015' and citizen_id_number is not null and not shielded and verified_at is not null order by id limit 1`;
    const input = { lease, personCitizenIdNumber: person?.citizen_id_number };
    const added = await work.make(cac, 'addLeaseOccupancy', 'LeaseOccupancy', input);
    expect(await work.row('LeaseOccupancy', added.node)).toMatchObject({
      personId: person?.id,
      neighbourhoodCode: neighbourhood,
    });
    await work.change(cac, 'endLease', lease, { endsOn: '2007-03-01' });
    const [other] =
      await owner`select citizen_id_number from public_security.migrants where subdistrict_code = '310107015' and citizen_id_number is not null and not shielded and verified_at is not null and id <> ${String(person?.id)} order by id limit 1`;
    const late = await work.act(cac, 'addLeaseOccupancy', 'LeaseOccupancy', {
      lease,
      personCitizenIdNumber: other?.citizen_id_number,
    });
    expect(late.messages).toEqual(['The lease has ended.']);
  });
});

describe('a filing', () => {
  it('goes from the window to the register, and the lease says so', async () => {
    const lease = await newLease();
    const filing = await newFiling(lease);
    const none = await work.attempt(cac, 'submitLeaseFiling', filing, { materials: ['CONTRACT'] });
    expect(none.messages).toEqual([
      'Proof of identity, application form, lease and proof of title are needed.',
    ]);
    const sent = await work.change(cac, 'submitLeaseFiling', filing, { materials });
    expect(sent.effects).toEqual([{ effect: 'refreshLeaseFiling', store: 'housing', state: 'DONE' }]);
    expect(await work.row('Lease', lease)).toMatchObject({
      filingStatus: 'IN_PROGRESS',
      filingUnit: 'PT-CAC-015',
    });
    await work.change(cac, 'requestLeaseFilingSupplement', filing, { missingMaterials: ['TITLE_PROOF'] });
    expect((await work.row('LeaseFiling', filing)).supplementBy).toBe('2007-03-31');
    await work.change(cac, 'resubmitLeaseFiling', filing);
    await work.change(cac, 'acceptLeaseFiling', filing);
    const done = await work.change(cac, 'decideLeaseFiling', filing, {
      event: 'file',
      certificateValidTo: '2007-12-31',
    });
    expect(done.state).toBe('FILED');
    expect((await work.row('LeaseFiling', filing)).filingNo).toMatch(/^BA2007[0-9]{6}$/);
    expect(await work.row('Lease', lease)).toMatchObject({
      filingStatus: 'FILED',
      filingClosedOn: '2007-03-01',
    });
  });

  it('is checked on site where the bureau orders it', async () => {
    const lease = await newLease();
    const filing = await accepted(lease);
    const ordered = await work.change(hlr, 'orderOnSiteCheck', filing);
    expect(ordered.state).toBe('VERIFYING');
    expect(ordered.effects).toMatchObject([{ effect: 'issuePatrolTask', store: 'coordinators' }]);
  });

  it('is prepared by a coordinator for the window of the sub-district', async () => {
    const lease = await work.find(
      'Lease',
      `select l.id from housing.leases l join access.areas a on a.neighbourhood_code = l.neighbourhood_code and a.holder = '${cor.person}' where l.status = 'IN_FORCE' and l.filing_status = 'NOT_FILED' and not l.shielded limit 1`,
    );
    const made = await work.make(cor, 'createLeaseFiling', 'LeaseFiling', { lease, kind: 'NEW' });
    expect((await work.row('LeaseFiling', made.node)).acceptedByUnit).toBe('PT-CAC-015');
  });

  it('needs a use that is the dwelling’s, room for all and a certificate within the lease', async () => {
    const shop = await newDwelling({ usage: 'NON_RESIDENTIAL' });
    const otherUse = await accepted(await newLease(shop, { purpose: 'NON_RESIDENTIAL' }));
    await owner`update housing.dwellings set usage = 'DORMITORY' where id = ${String((await work.row('Dwelling', shop)).id)}`;
    const file = { event: 'file', certificateValidTo: '2007-12-31' };
    expect((await work.attempt(cac, 'decideLeaseFiling', otherUse, file)).messages).toEqual([
      'The agreed use is not that of the dwelling.',
    ]);
    const long = await accepted(await newLease());
    const outlasting = await work.attempt(cac, 'decideLeaseFiling', long, {
      ...file,
      certificateValidTo: '2008-02-01',
    });
    expect(outlasting.messages).toEqual([
      'The certificate needs a last day, not after the end of the lease.',
    ]);
    const small = await newDwelling({ floorArea: '9' });
    const lease = await newLease(small);
    const [person] =
      await owner`select id, citizen_id_number from public_security.migrants where subdistrict_code = '310107015' and citizen_id_number is not null and not shielded and verified_at is not null order by id limit 1`;
    await work.make(cac, 'addLeaseOccupancy', 'LeaseOccupancy', {
      lease,
      personCitizenIdNumber: person?.citizen_id_number,
    });
    const crowded = await accepted(lease);
    expect((await work.attempt(cac, 'decideLeaseFiling', crowded, file)).messages).toEqual([
      'There is not enough room for all occupants; set a day for putting it right first.',
    ]);
    const patrol = {
      dwelling: small,
      inspectedOn: '2007-03-01',
      findings: ['OVER_OCCUPANCY'],
      severity: 'LOW',
    };
    await work.make(hlr, 'recordPropertyInspection', 'PropertyInspection', {
      ...patrol,
      rectifyBy: '2007-04-01',
    });
    expect((await work.change(cac, 'decideLeaseFiling', crowded, file)).state).toBe('FILED');
  });

  it('is one a lease; a change, an extension and a cancellation are based on it', async () => {
    const lease = await newLease();
    const early = await work.act(cac, 'createLeaseFiling', 'LeaseFiling', { lease, kind: 'CHANGE' });
    expect(early.messages).toEqual(['Only a lease that is filed can be changed, extended or cancelled.']);
    const base = await filed(lease);
    const second = await accepted(lease);
    expect(
      (
        await work.attempt(cac, 'decideLeaseFiling', second, {
          event: 'file',
          certificateValidTo: '2007-12-31',
        })
      ).messages,
    ).toEqual(['Another filing of this lease is in force.']);
    const decided = await work.change(hlr, 'decideLeaseFiling', second, {
      event: 'refuse',
      refusalReason: 'CONFLICTING_FILING',
      decision,
    });
    expect(decided.state).toBe('REFUSED');
    expect((await work.row('Lease', lease)).filingStatus).toBe('FILED');
    const amended = await work.attempt(cac, 'upsertLease', lease, { event: 'amend', monthlyRent: '900.00' });
    expect(amended.messages).toEqual([
      'A filed lease is amended with a filing of the change or extension: open that first.',
    ]);
    const extension = await accepted(lease, 'EXTENSION');
    await work.change(cac, 'upsertLease', lease, { event: 'amend', endsOn: '2009-01-31' });
    const done = await work.change(cac, 'decideLeaseFiling', extension, {
      event: 'file',
      certificateValidTo: '2008-12-31',
    });
    expect(done.effects.map(({ state }) => state)).toEqual(['DONE', 'DONE']);
    expect((await work.row('LeaseFiling', base)).certificateValidTo).toBe('2008-12-31');
    await filed(lease, 'CANCELLATION');
    expect((await work.row('LeaseFiling', base)).status).toBe('CANCELLED');
    expect((await work.row('Lease', lease)).filingStatus).toBe('CANCELLED');
  });

  it('is cancelled by the window when the lease has ended', async () => {
    const lease = await newLease();
    const filing = await filed(lease);
    const early = await work.attempt(cac, 'decideLeaseFiling', filing, { event: 'cancel' });
    expect(early.messages).toEqual(['The lease has not ended.']);
    await work.change(cac, 'endLease', lease, { endsOn: '2007-03-01' });
    await work.change(cac, 'decideLeaseFiling', filing, { event: 'cancel' });
    expect((await work.row('Lease', lease)).filingStatus).toBe('CANCELLED');
  });

  it('is refused with grounds and remedy alone, and not by a window', async () => {
    const filing = await accepted(await newLease());
    const { remedyNotice: _, ...bare } = decision;
    const refuse = { event: 'refuse', refusalReason: 'OTHER' };
    const without = await work.attempt(hlr, 'decideLeaseFiling', filing, { ...refuse, decision: bare });
    expect(without.faults).toEqual(['decision.remedyNotice REQUIRED']);
    const window = await work.attempt(cac, 'decideLeaseFiling', filing, { ...refuse, decision });
    expect(window.error).toBe('NOT_YOURS');
    expect((await work.attempt(elsewhere, 'decideLeaseFiling', filing, { event: 'file' })).error).toBe(
      'NOT_YOURS',
    );
  });
});

describe('what happens by itself', () => {
  it('ends a lease after its term, and a filing that is not completed or has run out', async () => {
    const system = graph.doers!.system;
    const idOf = async (record: string, node: string) => String((await work.row(record, node)).id);
    const over = await idOf(
      'Lease',
      await newLease(undefined, { startsOn: '2006-02-01', endsOn: '2007-02-28' }),
    );
    const running = await idOf('Lease', await newLease());
    expect(await system.change('Lease', over, 'end')).toBe(true);
    expect(await system.change('Lease', running, 'end')).toBe(false);
    const filing = await newFiling(await newLease());
    await work.change(cac, 'submitLeaseFiling', filing, { materials });
    await work.change(cac, 'requestLeaseFilingSupplement', filing, { missingMaterials: ['CONTRACT'] });
    const lapsing = await idOf('LeaseFiling', filing);
    expect(await system.change('LeaseFiling', lapsing, 'lapse')).toBe(false);
    await owner`update housing.lease_filings set supplement_by = '2007-02-28' where id = ${lapsing}`;
    expect(await system.change('LeaseFiling', lapsing, 'lapse')).toBe(true);
    const lease = await newLease();
    const expiring = await idOf('LeaseFiling', await filed(lease));
    expect(await system.change('LeaseFiling', expiring, 'expire')).toBe(false);
    await owner`update housing.lease_filings set decided_on = '2007-02-01', submitted_on = '2007-02-01', certificate_valid_to = '2007-02-28' where id = ${expiring}`;
    expect(await system.change('LeaseFiling', expiring, 'expire')).toBe(true);
    await graph.doers!.outbox.drain('housing');
    expect((await work.row('Lease', lease)).filingStatus).toBe('EXPIRED');
  });
});

describe('a patrol', () => {
  it('is recorded by who made it and closed when things are put right', async () => {
    const dwelling = await work.find(
      'Dwelling',
      `select d.id from housing.dwellings d join access.areas a on a.neighbourhood_code = d.neighbourhood_code and a.holder = '${cor.person}' limit 1`,
    );
    const input = { dwelling, inspectedOn: '2007-03-01', findings: ['BLOCKED_EXIT'], severity: 'HIGH' };
    const seen = await work.make(cor, 'recordPropertyInspection', 'PropertyInspection', {
      ...input,
      rectifyBy: '2007-03-15',
    });
    expect((await work.row('PropertyInspection', seen.node)).inspectedBy).toBe(cor.person);
    await work.change(cor, 'closeRectification', seen.node, { rectifiedOn: '2007-03-01' });
    const again = await work.attempt(cor, 'closeRectification', seen.node, { rectifiedOn: '2007-03-02' });
    expect(again.messages).toEqual(['Nothing is to be put right, or it has been.']);
    const ofBureau = await work.make(hlr, 'recordPropertyInspection', 'PropertyInspection', input);
    expect(
      (await work.attempt(cor, 'closeRectification', ofBureau.node, { rectifiedOn: '2007-03-02' })).error,
    ).toBe('NOT_YOURS');
  });
});
