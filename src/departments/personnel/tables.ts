export { staffingPosts } from './tables/posts.ts';
export { talentApplications, talentFamilyMembers, talentServices } from './tables/talents.ts';
