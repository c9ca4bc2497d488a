/** States of a matter between units (dossier §5.4), as in the SDL's MatterStatus. */
export const matterStates = ['OPEN', 'ASSIGNED', 'IN_PROGRESS', 'DONE', 'REVIEWED', 'CLOSED'] as const;
