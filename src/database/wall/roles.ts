import { type ViewerName, viewers } from '../../identity/viewers.ts';

/** The login role of a viewer in PostgreSQL. Each viewer has one; it is a member of no other role. */
export const roleOf = (viewer: ViewerName): string => `laihu_${viewer.toLowerCase()}`;

/** All 26, in the order of the matrix. */
export const viewerRoles: readonly string[] = viewers.map(({ name }) => roleOf(name));

/** Who lets things happen that happen by themselves: along the rows of the do-matrix that are the system's. */
export const systemRole = 'laihu_system';

/** What a connection of the system is called in place of a viewer. */
export const systemName = 'SYSTEM';
