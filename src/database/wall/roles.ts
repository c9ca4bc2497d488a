import { type ViewerName, viewers } from '../../identity/viewers.ts';

/** The login role of a viewer in PostgreSQL: one each, member of nothing. */
export const roleOf = (viewer: ViewerName): string => `laihu_${viewer.toLowerCase()}`;

/** All 26, in the order of the matrix. */
export const viewerRoles: readonly string[] = viewers.map(({ name }) => roleOf(name));
