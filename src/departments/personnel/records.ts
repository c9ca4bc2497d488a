import { sql } from 'drizzle-orm';
import type { RecordSource } from '../department.ts';
import * as t from './tables.ts';

const { staffingPosts: posts, talentApplications, talentFamilyMembers, talentServices } = t;

/** Where the record types of the personnel bureau are stored and whose rows are whose. */
export const records: Readonly<Record<string, RecordSource>> = {
  StaffingPost: {
    table: posts,
    scope: { published: 'ALL_ROWS', units: [posts.unitId] },
    computed: { vacancies: () => sql`(${posts.quota} - ${posts.filled})` },
  },
  TalentApplication: {
    table: talentApplications,
    scope: { subjects: [talentApplications.applicantId], shielded: talentApplications.shielded },
  },
  // Own through the application, not through the member: who else serves the member does not see whose family it is.
  TalentFamilyMember: {
    table: talentFamilyMembers,
    scope: {
      parent: { record: 'TalentApplication', by: talentFamilyMembers.talentApplicationId },
      serves: [talentFamilyMembers.migrantId],
      shielded: talentFamilyMembers.shielded,
    },
  },
  TalentService: {
    table: talentServices,
    scope: { subjects: [talentServices.personId], shielded: talentServices.shielded },
    defaultOrder: { column: talentServices.occurredOn, direction: 'desc' },
  },
};
