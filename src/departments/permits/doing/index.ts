import type { DepartmentDoing } from '../../../contract/doing/department-doing.ts';
import { papers } from '../papers.ts';
import { fills } from './fills.ts';
import { applicationGuards, materialGuards, opinionGuards, permitGuards } from './guards.ts';
import { issueEffects } from './issue.ts';
import { reviewEffects } from './review.ts';

/** Conditions and effects of residence permits and their applications (dossier §5.1, §5.2). */
export const doing: DepartmentDoing = {
  guards: {
    PermitApplication: applicationGuards,
    ApplicationMaterial: materialGuards,
    DepartmentOpinion: opinionGuards,
    ResidencePermit: permitGuards,
  },
  fills,
  effects: { ...reviewEffects, ...issueEffects },
  papers,
};
