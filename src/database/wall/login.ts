import { getViewer, type ViewerName } from '../../identity/viewers.ts';
import { roleUrl } from '../../store/roles.ts';
import { roleOf } from './roles.ts';

/** As whom a connection of a viewer logs in: the viewer's own role. */
export const viewerLogin = (ownerUrl: string, { viewer }: { readonly viewer: string }): string =>
  roleUrl(ownerUrl, roleOf(getViewer(viewer as ViewerName).name));
