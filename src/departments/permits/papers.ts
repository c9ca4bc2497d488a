import type { DepartmentDoing, Paper, PaperRecord } from '../../contract/doing/department-doing.ts';
import type { PaperFact } from '../../papers/paper-content.ts';
import {
  codeFact,
  codesInChinese,
  dayFact,
  decisionFields,
  fact,
  noticeOf,
  rowsAt,
  textAt,
  unitName,
} from '../paper-facts.ts';

type Read = PaperRecord['read'];

const applied = 'applicationNo permitType action applicant { name citizenIdNumber } acceptedAtUnit { code }';

/** What every document of an application names. */
const factsOf = (read: Read): readonly PaperFact[] => [
  fact('申请编号', read, 'applicationNo'),
  fact('申请人', read, 'applicant.name'),
  fact('证件号码', read, 'applicant.citizenIdNumber'),
  codeFact('居住证类型', read, 'permitType', 'PermitType'),
  codeFact('申办事项', read, 'action', 'PermitAction'),
];

/** What the window answers for: number, window and day; null where one is missing. */
function byWindow(read: Read, day: string) {
  const [number, window, on] = [
    textAt(read, 'applicationNo'),
    textAt(read, 'acceptedAtUnit.code'),
    textAt(read, day),
  ];
  return number && window && on ? { number, office: unitName(window), on } : null;
}

const receipt: Paper = {
  kind: 'RECEIPT',
  reads: `${applied} acceptedOn dueOn materials { kind state }`,
  write({ read }) {
    const by = byWindow(read, 'acceptedOn');
    if (!by) return null;
    const taken = rowsAt(read, 'materials').filter(
      ({ state }) => state === 'RECEIVED' || state === 'ACCEPTED',
    );
    const kinds = taken.map(({ kind }) => String(kind)).sort();
    return {
      ...by,
      title: '居住证申请受理回执',
      number: `${by.number}-SL`,
      addressee: textAt(read, 'applicant.name'),
      facts: [
        ...factsOf(read),
        dayFact('受理日期', read, 'acceptedOn'),
        dayFact('办结期限', read, 'dueOn'),
        { label: '已收材料', value: kinds.length > 0 ? codesInChinese('MaterialKind', kinds) : '无' },
      ],
      paragraphs: ['您的申请材料齐全，现予受理。请妥善保管本回执，凭本回执查询办理进度。'],
    };
  },
};

const supplementList: Paper = {
  kind: 'SUPPLEMENT_LIST',
  reads: `${applied} supplementRequestedOn materials { kind state note }`,
  write({ read }) {
    const by = byWindow(read, 'supplementRequestedOn');
    if (!by) return null;
    const missing = rowsAt(read, 'materials').filter(
      ({ state }) => state === 'DEFICIENT' || state === 'REQUIRED',
    );
    const lines = missing.map((row) => {
      const note = textAt(row, 'note');
      return `${codesInChinese('MaterialKind', [String(row.kind)])}${note ? `：${note}` : ''}`;
    });
    if (lines.length === 0) return null;
    return {
      ...by,
      title: '居住证申请补正告知书',
      number: `${by.number}-BZ`,
      addressee: textAt(read, 'applicant.name'),
      facts: factsOf(read),
      paragraphs: [
        '您的申请材料尚需补正，现一次性告知如下：',
        ...lines.sort().map((line, n) => `${n + 1}．${line}；`),
        '请自本告知书所载日期起三十日内补正。逾期未补正的，本次申请终止，您可以随时重新申请。',
      ],
    };
  },
};

const decision: Paper = {
  kind: 'DECISION',
  reads: `${applied} status decidedOn ${decisionFields}`,
  write({ read }) {
    const [about, status, on] = [
      textAt(read, 'applicationNo'),
      textAt(read, 'status'),
      textAt(read, 'decidedOn'),
    ];
    if (!about || !status || !on) return null;
    const content = { addressee: textAt(read, 'applicant.name'), facts: factsOf(read) };
    if (status === 'REJECTED')
      return noticeOf(read, {
        ...content,
        about,
        title: '不予批准居住证决定书',
        decided: '您的居住证申请经审核，决定不予批准。',
      });
    if (status === 'NOT_ACCEPTED')
      return noticeOf(read, {
        ...content,
        about,
        title: '不予受理居住证申请决定书',
        decided: '您的居住证申请，决定不予受理。',
      });
    return {
      ...content,
      title: '准予办理居住证决定书',
      number: `${about}-JD${on.replaceAll('-', '')}`,
      paragraphs: ['您的居住证申请经审核，准予办理。'],
      office: unitName('PT-PSB'),
      on,
    };
  },
};

const slip: Paper = {
  kind: 'PERMIT_SLIP',
  reads: `${applied} readyOn`,
  write({ read }) {
    const by = byWindow(read, 'readyOn');
    return (
      by && {
        ...by,
        title: '居住证领证单',
        number: `${by.number}-LZ`,
        addressee: textAt(read, 'applicant.name'),
        facts: [
          ...factsOf(read),
          { label: '领证地点', value: by.office },
          dayFact('制证完成日期', read, 'readyOn'),
        ],
        paragraphs: ['您申请的居住证已制作完成。请凭本单和本人身份证件到领证地点领取。'],
      }
    );
  },
};

/** A permit that was suspended or revoked. */
const permitDecision: Paper = {
  kind: 'DECISION',
  reads: `permitNo status type validFrom validTo holder { name citizenIdNumber } ${decisionFields}`,
  write({ read }) {
    const about = textAt(read, 'permitNo');
    if (about === null) return null;
    const isRevoked = textAt(read, 'status') === 'REVOKED';
    return noticeOf(read, {
      about,
      title: isRevoked ? '吊销居住证决定书' : '中止居住证效力决定书',
      addressee: textAt(read, 'holder.name'),
      facts: [
        fact('居住证编号', read, 'permitNo'),
        fact('持证人', read, 'holder.name'),
        fact('证件号码', read, 'holder.citizenIdNumber'),
        codeFact('居住证类型', read, 'type', 'PermitType'),
        dayFact('有效期起', read, 'validFrom'),
        dayFact('有效期止', read, 'validTo'),
      ],
      decided: isRevoked
        ? '您的居住证，决定予以吊销。'
        : '您的居住证，决定中止其效力，期限不超过三十日；期满未作其他决定的，自行恢复效力。',
    });
  },
};

/** What the window and the bureau print (dossier §5.1, §5.2). */
export const papers: NonNullable<DepartmentDoing['papers']> = {
  PermitApplication: {
    issueReceipt: receipt,
    issueSupplementList: supplementList,
    issueDecision: decision,
    issuePermitSlip: slip,
  },
  ResidencePermit: { issueDecision: permitDecision },
};
