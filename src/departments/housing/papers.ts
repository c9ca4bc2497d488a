import { addDays } from '../../contract/deadlines/working-days.ts';
import type { DepartmentDoing, Paper, PaperRecord } from '../../contract/doing/department-doing.ts';
import type { PaperFact } from '../../papers/paper-content.ts';
import {
  codeFact,
  codesInChinese,
  dayFact,
  decisionFields,
  fact,
  noticeOf,
  textAt,
  unitName,
} from '../paper-facts.ts';

type Read = PaperRecord['read'];

const filed = `filingNo kind acceptedBy { code } submittedOn
  lease { contractNo startsOn endsOn purpose landlord { name } tenant { name } dwelling { address { road lane building room } } }`;

/** The number of the filing; before it is filed, its day and the beginning of its id. */
function numberOf({ id, read }: PaperRecord): string | null {
  const [number, day] = [textAt(read, 'filingNo'), textAt(read, 'submittedOn')];
  return number ?? (day && `ZL${day.replaceAll('-', '')}${id.slice(0, 8).toUpperCase()}`);
}

/** `长寿路 123弄 4号 501室`, as far as it is read. */
function addressOf(read: Read): string | null {
  const [road, lane, building, room] = ['road', 'lane', 'building', 'room'].map((part) =>
    textAt(read, `lease.dwelling.address.${part}`),
  );
  const parts = [road, lane && `${lane}弄`, building && `${building}号`, room && `${room}室`];
  return parts.some(Boolean) ? parts.filter(Boolean).join('') : null;
}

const factsOf = (read: Read): readonly PaperFact[] => [
  codeFact('备案种类', read, 'kind', 'FilingKind'),
  fact('合同备案号', read, 'lease.contractNo'),
  { label: '房屋地址', value: addressOf(read) },
  fact('出租人', read, 'lease.landlord.name'),
  fact('承租人', read, 'lease.tenant.name'),
  dayFact('起租日', read, 'lease.startsOn'),
  dayFact('止租日', read, 'lease.endsOn'),
];

/** Number and window; null where one is missing. */
function byWindow(record: PaperRecord) {
  const [number, window] = [numberOf(record), textAt(record.read, 'acceptedBy.code')];
  return number && window ? { number, office: unitName(window) } : null;
}

const receipt: Paper = {
  kind: 'RECEIPT',
  reads: `${filed} materials`,
  write(record) {
    const { read } = record;
    const by = byWindow(record);
    const on = textAt(read, 'submittedOn');
    const materials = (read.materials ?? []) as readonly string[];
    return by && on
      ? {
          ...by,
          number: `${by.number}-SL`,
          on,
          title: '房屋租赁备案受理回执',
          addressee: textAt(read, 'lease.tenant.name'),
          facts: [
            ...factsOf(read),
            {
              label: '已收材料',
              value: materials.length > 0 ? codesInChinese('FilingMaterial', [...materials].sort()) : '无',
            },
          ],
          paragraphs: ['您的房屋租赁备案申请材料齐全，现予受理。请妥善保管本回执。'],
        }
      : null;
  },
};

/** The window asks thirty days before the last day (schema/machines/lease-filing.tsv). */
const supplementDays = 30;

const supplementList: Paper = {
  kind: 'SUPPLEMENT_LIST',
  reads: `${filed} missingMaterials supplementBy`,
  write(record) {
    const { read } = record;
    const by = byWindow(record);
    const last = textAt(read, 'supplementBy');
    const missing = (read.missingMaterials ?? []) as readonly string[];
    if (!by || !last || missing.length === 0) return null;
    return {
      ...by,
      number: `${by.number}-BZ`,
      on: addDays(last, -supplementDays),
      title: '房屋租赁备案补正告知书',
      addressee: textAt(read, 'lease.tenant.name'),
      facts: [...factsOf(read), dayFact('补正期限', read, 'supplementBy')],
      paragraphs: [
        '您的房屋租赁备案申请材料尚需补正，现一次性告知如下：',
        ...[...missing].sort().map((code, n) => `${n + 1}．${codesInChinese('FilingMaterial', [code])}；`),
        '请在补正期限内补正。逾期未补正的，本次申请终止，您可以随时重新申请。',
      ],
    };
  },
};

const decision: Paper = {
  kind: 'DECISION',
  reads: `${filed} refusalReason ${decisionFields}`,
  write(record) {
    const { read } = record;
    const about = numberOf(record);
    if (about === null) return null;
    return noticeOf(read, {
      about,
      title: '不予房屋租赁备案决定书',
      addressee: textAt(read, 'lease.tenant.name'),
      facts: [...factsOf(read), codeFact('不予备案原因', read, 'refusalReason', 'FilingRefusalReason')],
      decided: '您的房屋租赁备案申请，决定不予备案。承租人的居住登记和居住证明在本决定生效前不受影响。',
    });
  },
};

const certificate: Paper = {
  kind: 'FILING_CERTIFICATE',
  reads: `${filed} decidedOn certificateValidTo`,
  write(record) {
    const { read } = record;
    const by = byWindow(record);
    const [on, number] = [textAt(read, 'decidedOn'), textAt(read, 'filingNo')];
    return by && on && number
      ? {
          ...by,
          number,
          on,
          title: '房屋租赁备案证明',
          addressee: null,
          facts: [
            fact('备案编号', read, 'filingNo'),
            ...factsOf(read),
            codeFact('房屋用途', read, 'lease.purpose', 'DwellingUsage'),
            dayFact('证明有效期止', read, 'certificateValidTo'),
          ],
          paragraphs: ['上述房屋租赁合同已办理备案，特此证明。'],
        }
      : null;
  },
};

/** What the window and the bureau print of a filing (dossier §5.3). */
export const papers: NonNullable<DepartmentDoing['papers']> = {
  LeaseFiling: {
    issueReceipt: receipt,
    issueSupplementList: supplementList,
    issueDecision: decision,
    issueFilingCertificate: certificate,
  },
};
