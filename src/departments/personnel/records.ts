import { sql } from 'drizzle-orm';
import type { RecordSource } from '../department.ts';
import * as t from './tables.ts';

const { staffingPosts: posts, talentApplications, talentFamilyMembers, talentServices } = t;

/** Where the record types of the personnel bureau are stored and whose rows are whose. */
export const records: Readonly<Record<string, RecordSource>> = {
  StaffingPost: {
    table: posts,
    carries: { units: [posts.unitId] },
    computed: { vacancies: () => sql`(${posts.quota} - ${posts.filled})` },
  },
  TalentApplication: {
    table: talentApplications,
    carries: { subjects: [talentApplications.applicantId], shield: talentApplications.shielded },
  },
  // Own through the application, not through the member: who else serves the member does not see whose family it is.
  TalentFamilyMember: {
    table: talentFamilyMembers,
    carries: {
      parent: talentFamilyMembers.talentApplicationId,
      serves: [talentFamilyMembers.personId],
      shield: talentFamilyMembers.shielded,
    },
    copies: {
      shieldedWith: {
        own: talentFamilyMembers.talentApplicationId,
        its: talentApplications.id,
        person: talentApplications.applicantId,
      },
    },
  },
  TalentService: {
    table: talentServices,
    carries: { subjects: [talentServices.personId], shield: talentServices.shielded },
    defaultOrder: { column: talentServices.occurredOn, direction: 'desc' },
  },
};
