import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeNodeId } from '../../../src/graph/node-id.ts';
import { official } from '../flows/officials.ts';
import { decisionTexts, PaperDesk, sha256, textOf } from './paper-desk.ts';

const [cac, psb, hlr] = [official('CAC'), official('PSB'), official('HLR')];
const rareName = '欧阳㛃𬭎䶮';

let desk: PaperDesk;
let id: string;
beforeAll(async () => {
  desk = await PaperDesk.open();
  id = await desk.found('PermitApplication', cac.unit);
  await owned(
    (sql) =>
      sql`update public_security.migrants m set name = ${rareName} from permits.permit_applications a where a.id = ${id} and m.id = a.applicant_id`,
  );
});
afterAll(() => desk?.close());

/** Changes rows as the owner, past the rules of writing. */
async function owned(change: (sql: PaperDesk['flow']['owner']) => Promise<unknown>): Promise<void> {
  const { owner } = desk.flow;
  await owner.unsafe('set session_replication_role = replica');
  await change(owner);
  await owner.unsafe('set session_replication_role = origin');
}

/** Prints, and the document that its record then tells of. */
async function printed(who: typeof cac, type: string, record: string, event: string) {
  const step = await desk.print(who, type, record, event);
  expect(step).toMatchObject({ committed: true, faults: [], code: null });
  return (await desk.issued(who, type, record))!.at(-1)!;
}

describe('a refusal of the bureau', () => {
  test('says on what, why, by whom and what remedy there is, to a person with a rare name', async () => {
    await desk.put('PermitApplication', id, 'REJECTED');
    const document = await printed(psb, 'PermitApplication', id, 'issueDecision');
    const { status, headers, bytes } = await desk.fetch(psb, document.id);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/pdf');
    expect(headers.get('cache-control')).toContain('no-store');
    expect(headers.get('content-disposition')).toContain(`${document.number}.pdf`);
    const text = await textOf(bytes);
    for (const part of ['不予批准居住证决定书', `${rareName}：`, document.number, ...decisionTexts])
      expect(text).toContain(part.replaceAll(' ', ''));
  });

  test('is the same to the byte when it is printed again, and each print is an event', async () => {
    const before = (await desk.issued(psb, 'PermitApplication', id))!.length;
    const first = await printed(psb, 'PermitApplication', id, 'issueDecision');
    const second = await printed(psb, 'PermitApplication', id, 'issueDecision');
    expect(second.id).not.toBe(first.id);
    expect({ number: second.number, sha256: second.sha256 }).toEqual({
      number: first.number,
      sha256: first.sha256,
    });
    const [a, b] = [await desk.fetch(psb, first.id), await desk.fetch(psb, second.id)];
    expect(sha256(a.bytes)).toBe(first.sha256);
    expect(Buffer.compare(a.bytes, b.bytes)).toBe(0);
    expect(await desk.issued(psb, 'PermitApplication', id)).toHaveLength(before + 2);
  });

  test('is not printed without its remedy, and nothing happens then', async () => {
    // A table that lets half a decision stand would let half a notice be printed.
    const licence = await desk.found('BusinessLicence', '');
    await desk.put('BusinessLicence', licence, 'REVOKED');
    await desk.flow.owner.unsafe(
      'alter table commerce.business_licences drop constraint business_licences_decision_complete',
    );
    await owned(
      (sql) => sql`update commerce.business_licences set decision_remedy_notice = null where id = ${licence}`,
    );
    const aic = official('AIC');
    const step = await desk.print(aic, 'BusinessLicence', licence, 'issueDecision');
    expect(step).toMatchObject({ committed: false, faults: [expect.stringContaining('NOT_READY')] });
    expect(await desk.issued(aic, 'BusinessLicence', licence)).toEqual([]);
  });
});

describe('the bytes of a document', () => {
  test('are not handed out any more when what they say has changed', async () => {
    await desk.put('PermitApplication', id, 'ACCEPTED');
    const document = await printed(cac, 'PermitApplication', id, 'issueReceipt');
    expect((await desk.fetch(cac, document.id)).status).toBe(200);
    await owned((sql) => sql`update permits.permit_applications set due_on = '2007-03-15' where id = ${id}`);
    expect((await desk.fetch(cac, document.id)).status).toBe(410);
    const anew = await printed(cac, 'PermitApplication', id, 'issueReceipt');
    expect(anew.sha256).not.toBe(document.sha256);
    expect((await desk.fetch(cac, anew.id)).status).toBe(200);
  });

  test('stay the same while the record goes on', async () => {
    await desk.put('PermitApplication', id, 'ACCEPTED');
    const document = await printed(cac, 'PermitApplication', id, 'issueReceipt');
    await desk.put('PermitApplication', id, 'APPROVED');
    expect(sha256((await desk.fetch(cac, document.id)).bytes)).toBe(document.sha256);
  });

  test('need a purpose that is open to the unit, and a token', async () => {
    const document = (await desk.issued(cac, 'PermitApplication', id))!.at(-1)!;
    expect((await desk.fetch(cac, document.id, '')).status).toBe(403);
    expect((await desk.fetch(cac, document.id, 'CURIOSITY')).status).toBe(403);
    const answer = await desk.flow.server.send(`/documents/${document.id}.pdf`);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toContain('Bearer');
  });

  test('are those of a print that was made, and of no other version or record', async () => {
    const document = (await desk.issued(cac, 'PermitApplication', id))!.at(-1)!;
    const [, record = '', key = ''] = Buffer.from(document.id, 'base64url').toString().split(':');
    const named = (...parts: readonly (string | number)[]) => encodeNodeId('IssuedDocument', parts.join(':'));
    for (const none of [
      named(record, key, 1),
      named(record, key, 99_999_999_999),
      named('LeaseFiling', key, document.id.length),
      named('Migrant', key, 2),
      named('NoSuchType', key, 2),
      encodeNodeId('PermitApplication', key),
      `${document.id}x`,
      'x',
    ])
      expect({ none, status: (await desk.fetch(cac, none)).status }).toEqual({ none, status: 404 });
  });

  test('are gone for a window at once when the person is shielded', async () => {
    const document = (await desk.issued(cac, 'PermitApplication', id))!.at(-1)!;
    expect((await desk.fetch(cac, document.id)).status).toBe(200);
    await owned(async (sql) => {
      await sql`update permits.permit_applications set shielded = true where id = ${id}`;
      await sql`update public_security.migrants m set shielded = true from permits.permit_applications a where a.id = ${id} and m.id = a.applicant_id`;
    });
    expect((await desk.fetch(cac, document.id)).status).toBe(404);
    await owned(async (sql) => {
      await sql`update permits.permit_applications set shielded = false where id = ${id}`;
      await sql`update public_security.migrants m set shielded = false from permits.permit_applications a where a.id = ${id} and m.id = a.applicant_id`;
    });
  });
});

describe('what is missing', () => {
  test('is told material by material, by the window that asks', async () => {
    await desk.put('PermitApplication', id, 'SUPPLEMENT_REQUIRED');
    const document = await printed(cac, 'PermitApplication', id, 'issueSupplementList');
    const text = await textOf((await desk.fetch(cac, document.id)).bytes);
    const kinds = await desk.flow.owner`
      select kind from permits.application_materials where application_id = ${id}`;
    expect(kinds.length).toBeGreaterThan(1);
    expect(text.match(/\d+．/g)).toHaveLength(kinds.length);
    expect(text).toContain('身份证明复印件');
    expect(text).toContain('一次性告知');
  });
});

describe('the certificate of a filed lease', () => {
  test('names the parties, the house and until when it holds', async () => {
    const filing = await desk.found('LeaseFiling', cac.unit);
    await desk.put('LeaseFiling', filing, 'FILED');
    const [lease] = await desk.flow.owner`
      select l.contract_no, l.tenant_name, l.landlord_name from housing.lease_filings f join housing.leases l on l.id = f.lease_id where f.id = ${filing}`;
    const document = await printed(hlr, 'LeaseFiling', filing, 'issueFilingCertificate');
    const text = await textOf((await desk.fetch(hlr, document.id)).bytes);
    for (const part of [
      '房屋租赁备案证明',
      'BA2007999999',
      lease!.contract_no,
      lease!.tenant_name,
      lease!.landlord_name,
      '证明有效期止2007年12月31日',
    ])
      expect(text).toContain(part);
  });
});

test('a repetition of the key prints nothing a second time', async () => {
  await desk.put('PermitApplication', id, 'ACCEPTED');
  const node = encodeNodeId('PermitApplication', id);
  const { data } = await desk.flow.ask(
    cac,
    'query($id: ID!) { permitApplication(id: $id) { recordVersion } }',
    {
      id: node,
    },
  );
  const input = {
    id: node,
    expectedVersion: data.permitApplication.recordVersion,
    event: 'ISSUE_RECEIPT',
    clientMutationId: 'print once',
  };
  const ask = () =>
    desk.flow.ask(
      cac,
      `mutation($input: IssueDocumentInput!) { issueDocument(input: $input) { committed permitApplication { recordVersion issuedDocuments { id sha256 } } } }`,
      { input },
    );
  const [first, second] = [await ask(), await ask()];
  expect(first.data.issueDocument.committed).toBe(true);
  expect(second).toEqual(first);
});
