import { Agent, request } from 'node:http';

/** A way to a server on which so many requests can be under way at once, over kept connections. */
export function createPost(url: string, maxSockets: number) {
  const agent = new Agent({ keepAlive: true, maxSockets });
  const post = (token: string, body: string, more: Record<string, string> = {}): Promise<string> =>
    new Promise((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        ...more,
      };
      const sent = request(`${url}/graphql`, { method: 'POST', agent, headers }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
        answer.on('error', reject);
      });
      sent.on('error', reject);
      sent.end(body);
    });
  return { post, close: () => agent.destroy() };
}
