import { getViewer, type ViewerName } from '../../identity/viewers.ts';
import { roleUrl } from '../../store/roles.ts';
import { roleOf, systemName, systemRole } from './roles.ts';

/** The role as which a connection logs in: the viewer's own, or the system's. */
export const viewerLogin = (ownerUrl: string, { viewer }: { readonly viewer: string }): string =>
  viewer === systemName
    ? roleUrl(ownerUrl, systemRole)
    : roleUrl(ownerUrl, roleOf(getViewer(viewer as ViewerName).name));
