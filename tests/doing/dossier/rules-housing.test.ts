import { type DistrictWork, decision } from '../../support/district-work.ts';
import { viewerOf } from '../../support/graph.ts';
import { breakRules, type Calls } from './break-rules.ts';

const [cac, hlr] = [viewerOf('CAC'), viewerOf('HLR')];
const materials = ['IDENTITY_PROOF', 'APPLICATION_FORM', 'CONTRACT', 'TITLE_PROOF'];

const callsOf = (work: DistrictWork): Calls => {
  let rooms = 0;
  const dwellingInput = async (more: Record<string, unknown> = {}) => {
    const [place] = await work.owner`select neighbourhood_code as code from housing.dwellings
      where subdistrict_code = '310107015' and station_code is not null order by neighbourhood_code limit 1`;
    return {
      address: {
        road: '规则路',
        building: '1',
        room: String(++rooms),
        subdistrictCode: '310107015',
        neighbourhoodCode: String(place?.code),
      },
      usage: 'RESIDENTIAL',
      floorArea: '30',
      livingArea: '20',
      rooms: 2,
      owner: { kind: 'PERSON', name: '房东' },
      ...more,
    };
  };
  const dwelling = async (more?: Record<string, unknown>) =>
    (await work.make(hlr, 'upsertDwelling', 'Dwelling', await dwellingInput(more))).node;
  const leaseInput = async (at?: string) => ({
    event: 'RECORD',
    contractNo: `GZ-${++rooms}`,
    dwelling: at ?? (await dwelling()),
    landlord: { kind: 'PERSON', name: '房东', phone: '13800001234' },
    tenant: { kind: 'PERSON', name: '租客' },
    startsOn: '2007-02-01',
    endsOn: '2008-01-31',
    monthlyRent: '1000.00',
    deposit: '1000.00',
    purpose: 'RESIDENTIAL',
  });
  const lease = async (at?: string) => {
    const { event, ...input } = await leaseInput(at);
    return (await work.make(cac, 'upsertLease', 'Lease', { event: event.toLowerCase(), ...input })).node;
  };
  const accepted = async (of: string) => {
    const { node } = await work.make(cac, 'createLeaseFiling', 'LeaseFiling', { lease: of, kind: 'NEW' });
    await work.change(cac, 'submitLeaseFiling', node, { materials });
    await work.change(cac, 'acceptLeaseFiling', node);
    return node;
  };
  const occupant = async (of: string, nth: number) => {
    const [person] = await work.owner`select citizen_id_number as number from public_security.migrants
      where subdistrict_code = '310107015' and citizen_id_number is not null and not shielded and verified_at is not null order by id offset ${nth} limit 1`;
    await work.make(cac, 'addLeaseOccupancy', 'LeaseOccupancy', {
      lease: of,
      personCitizenIdNumber: person?.number,
    });
  };
  const filing = async (input: Record<string, unknown>, viewer = cac) => ({
    viewer,
    mutation: 'decideLeaseFiling',
    record: 'LeaseFiling',
    node: await accepted(await lease()),
    input,
  });
  return {
    dwelling: async () => {
      const taken = await work.row('Dwelling', await dwelling());
      return {
        viewer: hlr,
        mutation: 'upsertDwelling',
        record: 'Dwelling',
        input: await dwellingInput(),
        known: { takenRoom: taken.room },
      };
    },
    lease: async () => ({
      viewer: cac,
      mutation: 'upsertLease',
      record: 'Lease',
      input: await leaseInput(),
      known: { headLease: await lease() },
    }),
    file: async () => {
      // Two persons in nineteen square metres, by the area rule of ten for each.
      const small = await lease(await dwelling({ floorArea: '19', livingArea: '13' }));
      for (const nth of [0, 1]) await occupant(small, nth);
      const call = await filing({ event: 'FILE', certificateValidTo: '2007-12-31' });
      return { ...call, known: { crowded: await accepted(small) } };
    },
    refuse: () => filing({ event: 'REFUSE', refusalReason: 'TITLE_NOT_PROVED', decision }, hlr),
    inspection: async () => ({
      viewer: hlr,
      mutation: 'recordPropertyInspection',
      record: 'PropertyInspection',
      input: {
        dwelling: await dwelling(),
        inspectedOn: '2007-02-28',
        findings: ['GAS_RISK'],
        severity: 'HIGH',
        rectifyBy: '2007-03-20',
      },
    }),
  };
};

breakRules('housing', callsOf);
