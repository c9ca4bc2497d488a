import { monthOf } from '../../store/derived-values.ts';
import type { RecordSource } from '../department.ts';
import * as t from './tables.ts';

/** Where the record types of justice are stored and whose rows are whose. */
export const records: Readonly<Record<string, RecordSource>> = {
  MediationCase: {
    table: t.mediationCases,
    carries: { territory: { subdistrict: t.mediationCases.subdistrictCode } },
    computed: {
      acceptedMonth: () => monthOf(t.mediationCases.acceptedOn),
      closedMonth: () => monthOf(t.mediationCases.closedOn),
    },
    defaultOrder: { column: t.mediationCases.acceptedOn, direction: 'desc' },
  },
  LegalAidCase: {
    table: t.legalAidCases,
    carries: { subjects: [t.legalAidCases.applicantId] },
    defaultOrder: { column: t.legalAidCases.appliedOn, direction: 'desc' },
  },
  LegalEducationActivity: {
    table: t.legalEducationActivities,
    defaultOrder: { column: t.legalEducationActivities.occurredOn, direction: 'desc' },
  },
};
