import { getViewer, type ViewerName } from '../../identity/viewers.ts';
import { roleUrl } from '../../store/roles.ts';
import { roleOf } from './roles.ts';

/** The role as which a connection logs in: the viewer's own. */
export const viewerLogin = (ownerUrl: string, { viewer }: { readonly viewer: string }): string =>
  roleUrl(ownerUrl, roleOf(getViewer(viewer as ViewerName).name));
