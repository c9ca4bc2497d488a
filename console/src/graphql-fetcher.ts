import type { Fetcher } from '@graphiql/toolkit';
import { callServer } from './server-calls.ts';

/** GraphiQL's way to the server in one viewer's name. */
export interface ViewerConnection {
  fetcher: Fetcher;
  /**
   * Drops what is still on its way, and says why where its answer would have stood: an answer asked for by one viewer, or
   * for one purpose, must not appear under another.
   */
  drop(why: string): void;
}

/**
 * Connects with the viewer's token, and for each query asks for the purpose of the moment. An answer is passed on as it is, errors and extensions included; `onRefused` is
 * told of a 401 that a new token would end, `onAnswer` of every answer that is shown.
 */
export function connectViewer(
  token: string,
  purpose: () => string | null,
  onRefused: (token: string) => void,
  onAnswer: (document: string, data: unknown) => void,
): ViewerConnection {
  const underWay = new Set<(why: string) => void>();

  async function ask(params: unknown, more: HeadersInit | undefined, signal: AbortSignal): Promise<unknown> {
    const headers = new Headers(more);
    headers.set('content-type', 'application/json');
    if (!headers.has('authorization')) headers.set('authorization', `Bearer ${token}`);
    const why = purpose();
    if (why) headers.set('laihu-purpose', why);
    const response = await callServer('/graphql', {
      method: 'POST',
      headers,
      body: JSON.stringify(params),
      signal,
    });
    // With Retry-After the token may be taken a moment later: another would not be.
    if (response.status === 401 && !response.headers.has('retry-after')) onRefused(token);
    if (!response.headers.get('content-type')?.includes('json')) {
      throw new Error(`The server answered HTTP ${response.status} without JSON.`);
    }
    return response.json();
  }

  // An observable, because that is what GraphiQL can stop: of a promise it would show the answer all the same.
  const fetcher: Fetcher = (params, options) => ({
    subscribe(observer) {
      const controller = new AbortController();
      let open = true;
      const end = () => {
        open = false;
        underWay.delete(drop);
        controller.abort();
      };
      const drop = (why: string) => {
        end();
        // After the page has emptied the place of the answer.
        queueMicrotask(() => observer.error(new Error(why)));
      };
      // The schema is not asked for by anybody: GraphiQL takes the last one.
      if (params.operationName !== 'IntrospectionQuery') underWay.add(drop);
      ask(params, options?.headers, controller.signal).then(
        (answer) => {
          if (!open) return;
          underWay.delete(drop);
          onAnswer(params.query, (answer as { data?: unknown }).data);
          observer.next(answer as never);
          observer.complete();
        },
        (fault: unknown) => {
          underWay.delete(drop);
          if (open) observer.error(fault);
        },
      );
      return { unsubscribe: end };
    },
  });
  return {
    fetcher,
    drop(why) {
      for (const drop of [...underWay]) drop(why);
    },
  };
}
