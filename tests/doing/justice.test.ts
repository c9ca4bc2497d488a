import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeNodeId } from '../../src/graph/node-id.ts';
import { decision, openDistrict } from '../support/doing.ts';
import { viewerOf } from '../support/graph.ts';

const jus = viewerOf('JUS');
let district: Awaited<ReturnType<typeof openDistrict>>;
let number: string;
beforeAll(async () => {
  district = await openDistrict();
  const [person] = await district.owner`
    select citizen_id_number as number from public_security.migrants m where citizen_id_number is not null and status = 'ACTIVE'
      and not exists (select 1 from access.links l where l.holder = 'PT-JUS' and l.subject_id = m.id) order by id limit 1`;
  number = String(person?.number);
});
afterAll(() => district.close());

const apply = (matter: string) =>
  district.make(jus, 'applyLegalAid', 'LegalAidCase', {
    applicantCitizenIdNumber: number,
    matter,
    hardshipProof: false,
    appliedOn: '2007-03-01',
  });

const dispute = (committee: string) =>
  district.make(jus, 'openMediation', 'MediationCase', {
    committee: encodeNodeId('OrgUnit', committee),
    kind: 'LEASE',
    parties: [
      { kind: 'PERSON', name: '示例甲' },
      { kind: 'PERSON', name: '示例乙' },
    ],
  });

describe('legal aid', () => {
  it('is granted on a proof of hardship, and closes after a lawyer', async () => {
    const id = (await apply('FAMILY_SUPPORT')).id!;
    expect((await district.row(id)).case_no).toMatch(/^FY2007\d{6}$/);
    expect((await district.change(jus, 'decideLegalAid', id, { event: 'GRANT' })).faults).toEqual([
      'NOT_READY A proof of hardship is still needed.',
    ]);
    for (const [mutation, input] of [
      ['applyLegalAid', { hardshipProof: true }],
      ['decideLegalAid', { event: 'GRANT' }],
      ['assignLawyer', { lawyer: '示例律师' }],
      ['assignLawyer', { lawyer: '示例律师二' }],
      ['closeLegalAid', { outcome: 'WON' }],
    ] as const)
      expect((await district.change(jus, mutation, id, input)).faults, mutation).toEqual([]);
    expect(await district.row(id)).toMatchObject({
      status: 'CLOSED',
      lawyer: '示例律师二',
      closed_on: '2007-03-01',
    });
  });

  it('needs no proof for wages, and a whole decision for a refusal', async () => {
    const id = (await apply('WAGES')).id!;
    const { remedyNotice: _, ...half } = decision;
    expect(
      (await district.change(jus, 'decideLegalAid', id, { event: 'REFUSE', decision: half })).faults,
    ).toEqual(['decision.remedyNotice REQUIRED decision.remedyNotice is needed.']);
    expect((await district.change(jus, 'decideLegalAid', id, { event: 'REFUSE', decision })).committed).toBe(
      true,
    );
    expect((await district.change(jus, 'decideLegalAid', id, { event: 'GRANT' })).code).toBe(
      'BAD_TRANSITION',
    );
    expect((await district.change(jus, 'reopenCase', id)).committed).toBe(true);
    expect((await district.change(jus, 'decideLegalAid', id, { event: 'GRANT' })).committed).toBe(true);
    expect((await district.change(jus, 'withdrawLegalAid', id)).committed).toBe(true);
    expect((await district.row(id)).outcome).toBe('ENDED_EARLY');
  });
});

describe('a mediation', () => {
  it('walks from the report to the agreement', async () => {
    const id = (await dispute('PT-SUB-015')).id!;
    expect(await district.row(id)).toMatchObject({
      case_no: expect.stringMatching(/^TJ2007\d{6}$/),
      subdistrict_code: '310107015',
      status: 'REPORTED',
    });
    for (const event of ['ACCEPT', 'MEDIATE', 'AGREE', 'CLOSE'])
      expect((await district.change(jus, 'advanceCase', id, { event })).faults, event).toEqual([]);
    expect(await district.row(id)).toMatchObject({
      status: 'CLOSED',
      result: 'AGREED',
      accepted_on: '2007-03-01',
    });
    expect((await district.change(jus, 'reopenCase', id)).committed).toBe(true);
    expect((await district.change(jus, 'advanceCase', id, { event: 'FAIL' })).committed).toBe(true);
    expect((await district.row(id)).result).toBe('FAILED');
  });

  it('may be withdrawn before it is accepted', async () => {
    const id = (await dispute('PT-SUB-005')).id!;
    expect((await district.change(jus, 'advanceCase', id, { event: 'WITHDRAW' })).committed).toBe(true);
    expect(await district.row(id)).toMatchObject({
      status: 'CLOSED',
      result: 'WITHDRAWN',
      accepted_on: null,
    });
  });

  it('belongs to a committee of a sub-district', async () => {
    expect((await dispute('PT-HLT')).faults).toEqual([
      'committee VALIDATION A committee belongs to a sub-district or town.',
    ]);
  });
});

it('records an event of legal education', async () => {
  const made = await district.make(jus, 'recordLegalEducation', 'LegalEducationActivity', {
    topic: 'LABOUR_RIGHTS',
    place: { kind: 'OTHER', name: '示例广场' },
    occurredOn: '2007-02-20',
    attendance: 30,
  });
  expect(made.committed).toBe(true);
});
