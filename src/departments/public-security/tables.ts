export { correctionRequests } from './tables/corrections.ts';
export { guardianships, householdMembers, households } from './tables/households.ts';
export { registrationImportBatches } from './tables/import-batches.ts';
export { merges, registrationSerials, repointings } from './tables/merges.ts';
export { migrantDocuments, migrants, migrantTotals } from './tables/migrants.ts';
export { policeCaseParties, policeCases } from './tables/police-cases.ts';
export { residenceRegistrations } from './tables/registrations.ts';
