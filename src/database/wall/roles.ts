import { type ViewerName, viewers } from '../../identity/viewers.ts';

/** How the names of all roles begin that write along the do-matrix. */
export const rolePrefix = 'laihu_';

/** The login role of a viewer in PostgreSQL. Each viewer has one; it is a member of no other role. */
export const roleOf = (viewer: ViewerName): string => `${rolePrefix}${viewer.toLowerCase()}`;

/** All 26, in the order of the matrix. */
export const viewerRoles: readonly string[] = viewers.map(({ name }) => roleOf(name));

/** Who lets things happen that happen by themselves: along the rows of the do-matrix that are the system's. */
export const systemRole = `${rolePrefix}system`;

/** What a connection of the system is called in place of a viewer. */
export const systemName = 'SYSTEM';
