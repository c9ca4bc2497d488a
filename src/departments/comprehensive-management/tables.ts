export { communitySafetyActivities, youthPreventionActivities } from './tables/activities.ts';
export { youthHelpPlans } from './tables/help-plans.ts';
export { governanceActions, governanceMatters } from './tables/matters.ts';
