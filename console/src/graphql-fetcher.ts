import { createGraphiQLFetcher, type Fetcher } from '@graphiql/toolkit';
import { callServer } from './server-calls.ts';

/** GraphiQL's way to the server in one viewer's name, until it is closed. */
export interface ViewerConnection {
  fetcher: Fetcher;
  /** Drops what is still on its way: an answer asked for by one viewer must not appear under the next one's name. */
  close(): void;
}

/**
 * Connects with the viewer's token, and for each query asks for the purpose of the moment. An answer is passed on as it is, errors and extensions included; `onRefused` is
 * told of a 401 that a new token would end.
 */
export function connectViewer(
  token: string,
  purpose: () => string | null,
  onRefused: (token: string) => void,
): ViewerConnection {
  const controller = new AbortController();
  const fetcher = createGraphiQLFetcher({
    url: '/graphql',
    headers: { authorization: `Bearer ${token}` },
    // The server answers a request at once (no @defer, no @stream); this keeps GraphiQL from asking for parts.
    enableIncrementalDelivery: false,
    fetch: async (_url, init) => {
      const headers = new Headers(init?.headers);
      const why = purpose();
      if (why) headers.set('laihu-purpose', why);
      const response = await callServer('/graphql', { ...init, headers, signal: controller.signal });
      // With Retry-After the token may be taken a moment later: another would not be.
      if (response.status === 401 && !response.headers.has('retry-after')) onRefused(token);
      if (!response.headers.get('content-type')?.includes('json')) {
        throw new Error(`The server answered HTTP ${response.status} without JSON.`);
      }
      return response;
    },
  });
  const close = () =>
    controller.abort(new Error('You changed who you are before the answer came. Run the query again.'));
  return { fetcher, close };
}
