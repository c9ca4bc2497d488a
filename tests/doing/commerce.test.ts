import type { Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeNodeId } from '../../src/graph/node-id.ts';
import { type DistrictWork, decision, openDistrictWork } from '../support/district-work.ts';
import { viewerOf } from '../support/graph.ts';

const [aic, psb, hlt, hlr] = [viewerOf('AIC'), viewerOf('PSB'), viewerOf('HLT'), viewerOf('HLR')];
let close: () => Promise<void>;
let owner: Sql;
let work: DistrictWork;

beforeAll(async () => {
  ({ owner, work, close } = await openDistrictWork());
});
afterAll(() => close());

let count = 0;
const address = async () => {
  const [place] =
    await owner`select neighbourhood_code, subdistrict_code from commerce.small_premises where neighbourhood_code is not null order by id limit 1`;
  return {
    road: '测试路',
    building: '1',
    neighbourhoodCode: place?.neighbourhood_code,
    subdistrictCode: place?.subdistrict_code,
  };
};
const applicant = () =>
  work.find(
    'Migrant',
    `select m.id from public_security.migrants m join access.links l on l.subject_id = m.id and l.holder = 'PT-AIC' and l.until is null where not m.shielded order by m.id limit 1 offset ${count++}`,
  );
const units = (...ids: string[]) => ids.map((id) => encodeNodeId('OrgUnit', id));
const request = async (person: string) =>
  (
    await work.make(aic, 'requestQualification', 'QualificationCheck', {
      applicant: person,
      confirmingUnits: units('PT-PSB', 'PT-HLT'),
    })
  ).node;
const licence = async (more: Record<string, unknown> = {}) => ({
  registrationNo: String(3101070000000 + ++count),
  name: `测试商店${count}`,
  kind: 'INDIVIDUAL_BUSINESS',
  businessScope: '零售',
  premises: await address(),
  ...more,
});

describe('a qualification', () => {
  it('is confirmed by each unit that is asked, and then by itself; only then is a licence issued', async () => {
    const operator = await applicant();
    const check = await request(operator);
    const early = await work.act(aic, 'issueLicence', 'BusinessLicence', await licence({ operator }));
    expect(early.messages).toEqual(['The qualification of the operator is not confirmed.']);
    expect((await work.attempt(hlr, 'confirmQualification', check, { event: 'confirm' })).error).toBe(
      'NOT_YOURS',
    );
    await work.change(psb, 'confirmQualification', check, { event: 'confirm' });
    const twice = await work.attempt(psb, 'confirmQualification', check, { event: 'confirm' });
    expect(twice.messages).toEqual(['Your unit is not asked, or has answered.']);
    const waiting = await work.attempt(aic, 'confirmQualification', check, { event: 'conclude' });
    expect(waiting.messages).toEqual(['Not every unit has answered.']);
    await work.change(hlt, 'confirmQualification', check, { event: 'askMore' });
    await work.change(hlt, 'confirmQualification', check, { event: 'confirm' });
    expect(await work.row('QualificationCheck', check)).toMatchObject({
      result: 'CONFIRMED',
      confirmations: [
        { unit: 'PT-PSB', result: 'CONFIRMED', confirmedOn: '2007-03-01' },
        { unit: 'PT-HLT', result: 'CONFIRMED', confirmedOn: '2007-03-01' },
      ],
    });
    await work.make(aic, 'issueLicence', 'BusinessLicence', await licence({ operator }));
  });

  it('is refused with grounds when all have answered, and may be asked for again', async () => {
    const check = await request(await applicant());
    await work.change(psb, 'confirmQualification', check, { event: 'object' });
    await work.change(hlt, 'confirmQualification', check, { event: 'confirm' });
    const bare = await work.attempt(aic, 'confirmQualification', check, { event: 'refuse' });
    expect(bare.faults).toEqual(['decision REQUIRED']);
    expect((await work.change(aic, 'confirmQualification', check, { event: 'refuse', decision })).state).toBe(
      'NOT_CONFIRMED',
    );
    expect((await work.change(aic, 'requestQualification', check)).state).toBe('MORE_NEEDED');
    const nobody = await work.act(aic, 'requestQualification', 'QualificationCheck', {
      applicant: await applicant(),
      confirmingUnits: units('PT-FIN'),
    });
    expect(nobody.faults).toEqual(['confirmingUnits VALIDATION']);
  });
});

describe('a licence', () => {
  it('is issued, amended, suspended with grounds, resumed and cancelled, or revoked', async () => {
    const { node } = await work.make(aic, 'issueLicence', 'BusinessLicence', await licence());
    expect(await work.row('BusinessLicence', node)).toMatchObject({ issuedOn: '2007-03-01' });
    await work.change(aic, 'issueLicence', node, { businessScope: '餐饮' });
    expect((await work.attempt(aic, 'suspendLicence', node)).faults).toEqual(['decision REQUIRED']);
    await work.change(aic, 'suspendLicence', node, { decision });
    await work.change(aic, 'resumeLicence', node);
    await work.change(aic, 'cancelLicence', node);
    expect((await work.attempt(aic, 'revokeLicence', node, { decision })).error).toBe('BAD_TRANSITION');
    const other = await work.make(aic, 'issueLicence', 'BusinessLicence', await licence());
    expect((await work.change(aic, 'revokeLicence', other.node, { decision })).state).toBe('REVOKED');
  });
});

describe('places', () => {
  it('are entered, inspected and put right', async () => {
    const market = await work.make(aic, 'upsertMarket', 'Market', {
      name: '测试市场',
      address: await address(),
    });
    await work.change(aic, 'upsertMarket', market.node, { stalls: 20 });
    const premises = await work.make(aic, 'upsertSmallPremises', 'SmallPremises', {
      kind: 'HOSTEL',
      address: await address(),
    });
    expect((await work.row('SmallPremises', premises.node)).stationCode).toMatch(/^PT-STN-/);
    const seen = { occurredOn: '2007-03-01', findings: ['NO_LICENCE'], rectifyBy: '2007-03-10' };
    const nowhere = await work.act(aic, 'recordPremisesInspection', 'PremisesInspection', {
      ...seen,
      place: { kind: 'OTHER', name: '某处' },
    });
    expect(nowhere.faults).toEqual(['subdistrictCode VALIDATION']);
    const made = await work.make(aic, 'recordPremisesInspection', 'PremisesInspection', {
      ...seen,
      place: { kind: 'SMALL_PREMISES', name: '小餐饮' },
      premises: premises.node,
    });
    expect((await work.row('PremisesInspection', made.node)).neighbourhoodCode).toBe(
      (await address()).neighbourhoodCode,
    );
    await work.change(aic, 'closeRectification', made.node, { rectifiedOn: '2007-03-05' });
    const again = await work.attempt(aic, 'closeRectification', made.node, { rectifiedOn: '2007-03-06' });
    expect(again.messages).toEqual(['Nothing is to be put right, or it has been.']);
  });
});

describe('a case', () => {
  const open = async (more: Record<string, unknown> = {}) =>
    (
      await work.make(aic, 'openCommerceCase', 'CommerceCase', {
        kind: 'UNLICENSED',
        subject: { kind: 'PERSON', name: '某人' },
        place: { kind: 'OTHER', name: '某处' },
        subdistrictCode: '310107015',
        ...more,
      })
    ).node;
  const advance = (node: string, event: string, more: Record<string, unknown> = {}) =>
    work.change(aic, 'advanceCase', node, { event, ...more });

  it('is investigated by two officers and decided after a hearing where the fine is large', async () => {
    const node = await open();
    expect((await work.row('CommerceCase', node)).caseNo).toMatch(/^PTAIC2007[0-9]{6}$/);
    const alone = await work.attempt(aic, 'advanceCase', node, { event: 'investigate', officers: ['a'] });
    expect(alone.messages).toEqual(['Two officers are needed.']);
    await advance(node, 'investigate', { officers: ['a', 'b'] });
    await advance(node, 'suspend');
    await advance(node, 'resume');
    const large = { event: 'decide', decision, fineAmount: '3000.00' };
    const unheard = await work.attempt(aic, 'advanceCase', node, large);
    expect(unheard.messages).toEqual(['So large a fine needs a hearing before the decision.']);
    await advance(node, 'recordHearing', { hearingOn: '2007-03-01' });
    await work.change(aic, 'advanceCase', node, large);
    for (const event of ['seekRemedy', 'uphold', 'execute', 'close']) await advance(node, event);
    await work.change(aic, 'reopenCase', node);
    expect((await advance(node, 'investigate')).state).toBe('INVESTIGATING');
  });

  it('is shared with other units, or handed over to one; who was asked stays asked', async () => {
    const node = await open();
    await work.change(aic, 'referCase', node, { jointUnits: units('PT-PSB') });
    const handed = await work.change(aic, 'transferCase', node, { jointUnits: units('PT-HLT') });
    expect(handed.state).toBe('TRANSFERRED');
    expect((await work.row('CommerceCase', node)).jointUnits).toEqual(['PT-PSB', 'PT-HLT']);
  });
});
