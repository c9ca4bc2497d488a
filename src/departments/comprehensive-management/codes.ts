import { matterStates } from '../matter-states.ts';

/** Codes that a check constraint holds the columns to, by the name of the SDL's enum, which says what they mean. */
export const codes = {
  GovernanceMatterKind: [
    'RENTAL_CLUSTER',
    'MARKET_ORDER',
    'SITE_ORDER',
    'UNLICENSED_TRADE',
    'TRAFFIC',
    'OTHER',
  ],
  MatterStatus: matterStates,
  SafetyActivityKind: ['PATROL', 'ENTRANCE_WATCH', 'PUBLICITY', 'FIRE_DRILL'],
  YouthActivityTopic: ['LAW', 'SAFETY', 'SPORTS_CULTURE', 'VOCATIONAL'],
  HelpBasis: ['FAMILY_REQUEST', 'RECORDED_CASE_REFERRAL'],
  HelpGoal: ['BACK_TO_SCHOOL', 'LEARN_A_TRADE', 'FAMILY_RELATIONS', 'MAKE_GOOD'],
  HelpSupport: ['COUNSELLING', 'LESSONS', 'TRAINING', 'PARENT_SUPPORT'],
  YouthHelpPlanStatus: ['CONSENTED', 'RUNNING', 'REVIEWED', 'ENDED', 'SEALED'],
} as const;
