import { encodeNodeId } from '../../../src/graph/node-id.ts';
import { organisationCodeCheck } from '../../../src/identifiers/organisation-code.ts';
import { type DistrictWork, decision, official } from '../../support/district-work.ts';
import { breakRules, type Calls } from './break-rules.ts';

const lss = official('LSS', 'WINDOW', 'CASE_OFFICER');

const callsOf = (work: DistrictWork): Calls => {
  let count = 0;
  /** A client of the bureau, each time another. */
  const person = () =>
    work.find(
      'Migrant',
      `select m.id from public_security.migrants m join access.links l on l.subject_id = m.id and l.holder = 'PT-LSS' and l.until is null where m.birth_date between '1960-01-01' and '1985-01-01' and m.citizen_id_number is not null and not m.shielded and m.status = 'ACTIVE' and not exists (select from permits.residence_permits p where p.holder_id = m.id and p.type = 'TALENT') order by m.id offset ${count++} limit 1`,
    );
  const employerInput = async () => {
    const [at] =
      await work.owner`select neighbourhood_code as code, subdistrict_code as sub from labour.employers
      where neighbourhood_code is not null order by id limit 1`;
    return {
      name: `规则公司${++count}`,
      kind: 'ENTERPRISE',
      orgCode: `PDY9${String(1000 + count)}-${organisationCodeCheck(`PDY9${1000 + count}`)}`,
      registrationNo: '310107000000012',
      industry: 'F51',
      address: {
        road: '规则路',
        building: '1',
        neighbourhoodCode: String(at?.code),
        subdistrictCode: String(at?.sub),
      },
      migrantHeadcount: 5,
      contactName: '示例',
      contactPhone: '021-52560000',
    };
  };
  const employer = async () => {
    const { orgCode: _, registrationNo: __, ...input } = await employerInput();
    return (await work.make(lss, 'upsertEmployer', 'Employer', input)).node;
  };
  const enrolment = async () => ({
    insured: await person(),
    payer: await employer(),
    scheme: 'GENERAL',
    benefits: ['HOSPITAL'],
    startsOn: '2007-01-01',
  });
  const complaint = async () => ({
    employer: await employer(),
    workerCount: 2,
    amountClaimed: '8000.00',
    periodFrom: '2006-10',
    periodTo: '2007-01',
  });
  /** A case as far as these events. */
  const arrearsCase = async (...events: readonly (readonly [string, Record<string, unknown>?])[]) => {
    const { node } = await work.make(lss, 'fileWageComplaint', 'WageArrearsCase', await complaint());
    await work.make(lss, 'addArrearsComplainant', 'ArrearsComplainant', {
      arrearsCase: node,
      person: await person(),
    });
    for (const [event, input = {}] of [['screen'], ['accept'], ['investigate'], ...events] as const)
      await work.change(lss, 'advanceCase', node, { event, ...input });
    return node;
  };
  const inspection = async () => ({
    employer: await employer(),
    trigger: 'ROUTINE',
    visitedOn: '2007-02-20',
    inspectors: ['监察员甲', '监察员乙'],
    findings: ['UNPAID_WAGES'],
  });
  return {
    employer: async () => {
      const input = await employerInput();
      const otherSubdistrict = input.address.subdistrictCode === '310107005' ? '310107014' : '310107005';
      return {
        viewer: lss,
        mutation: 'upsertEmployer',
        record: 'Employer',
        input,
        known: { otherSubdistrict },
      };
    },
    contract: async () => {
      const employee = await person();
      const born = String((await work.row('Migrant', employee)).birthDate);
      return {
        viewer: lss,
        mutation: 'upsertContract',
        record: 'Employment',
        input: {
          employee,
          employer: await employer(),
          form: 'WRITTEN_FIXED',
          occupation: '服务员',
          startsOn: '2007-02-01',
          monthlyWage: '800.00',
          payDay: 15,
          hoursPerWeek: '40',
        },
        known: { fifteen: `${Number(born.slice(0, 4)) + 15}${born.slice(4)}` },
      };
    },
    enrolment: async () => ({
      viewer: lss,
      mutation: 'enrolInsurance',
      record: 'InsuranceEnrolment',
      input: await enrolment(),
    }),
    contribution: async () => {
      const { node } = await work.make(lss, 'enrolInsurance', 'InsuranceEnrolment', await enrolment());
      const base = { enrolment: node, contributionBase: '1227.00' };
      await work.make(lss, 'recordContribution', 'InsuranceContribution', {
        event: 'charge',
        ...base,
        month: '2007-01',
      });
      return {
        viewer: lss,
        mutation: 'recordContribution',
        record: 'InsuranceContribution',
        input: { event: 'CHARGE', ...base, month: '2007-02' },
        known: { paidMonth: '2007-01' },
      };
    },
    inspection: async () => ({
      viewer: lss,
      mutation: 'recordLabourInspection',
      record: 'LabourInspection',
      input: await inspection(),
    }),
    penalty: async () => ({
      viewer: lss,
      mutation: 'recordLabourInspection',
      record: 'LabourInspection',
      node: (await work.make(lss, 'recordLabourInspection', 'LabourInspection', await inspection())).node,
      input: { event: 'PENALISE', penalty: decision, penaltyAmount: '5000.00' },
    }),
    complaint: async () => ({
      viewer: lss,
      mutation: 'fileWageComplaint',
      record: 'WageArrearsCase',
      input: await complaint(),
      known: {
        site: await work.find(
          'ConstructionSite',
          'select id from construction.construction_sites order by id limit 1',
        ),
      },
    }),
    confirm: async () => ({
      viewer: lss,
      mutation: 'advanceCase',
      record: 'WageArrearsCase',
      node: await arrearsCase(),
      input: { event: 'CONFIRM_AMOUNT', amountConfirmed: '8000.00' },
    }),
    recovery: async () => ({
      viewer: lss,
      mutation: 'advanceCase',
      record: 'WageArrearsCase',
      node: await arrearsCase(['mediate'], ['agree', { amountConfirmed: '8000.00' }], ['execute']),
      input: { event: 'RECORD_RECOVERY', amountRecovered: '8000.00' },
    }),
    refer: async () => ({
      viewer: lss,
      mutation: 'referCase',
      record: 'WageArrearsCase',
      node: await arrearsCase(),
      input: { referredTo: encodeNodeId('OrgUnit', 'PT-CON') },
      known: { legalAid: encodeNodeId('OrgUnit', 'PT-JUS') },
    }),
  };
};

breakRules('labour', callsOf);
