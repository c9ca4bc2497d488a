import { MIMEType } from 'node:util';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** For answers that are no page: browsers may load nothing from them, frame, guess or keep them. */
export const answerHeaders = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
} as const;

export function setAnswerHeaders(reply: FastifyReply): void {
  reply.headers(answerHeaders);
}

/** The refusal of a request before its body is read. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

const unsupported = (message: string): Refusal => ({ status: 415, code: 'UNSUPPORTED_MEDIA_TYPE', message });
const bad = (message: string): Refusal => ({ status: 400, code: 'BAD_REQUEST', message });

/** These headers, sent twice, could mean one thing to a proxy and another to the server behind it. */
const once: ReadonlySet<string> = new Set([
  'authorization',
  'content-type',
  'content-encoding',
  'content-length',
  'host',
]);

/** The refusal for a request's head; undefined when the head is fine. */
export function headFault(request: FastifyRequest): Refusal | undefined {
  const { headers, rawHeaders } = request.raw;
  const seen = new Set<string>();
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!.toLowerCase();
    if (!once.has(name)) continue;
    if (seen.has(name)) return bad(`The header ${name} is there twice.`);
    seen.add(name);
  }
  // The host later becomes a part of a URL.
  if (headers.host !== undefined && !/^[\w.:[\]-]+$/.test(headers.host))
    return bad('The header host is no host.');
  if (headers['transfer-encoding'] !== undefined && !/^chunked$/i.test(headers['transfer-encoding']))
    return { status: 501, code: 'BAD_REQUEST', message: 'Send the body as it is or chunked.' };
  // A small compressed body can be a large one.
  if (!/^(identity)?$/i.test(headers['content-encoding'] ?? ''))
    return unsupported('Send the body without a content-encoding.');
  // Pages of other origins may not ask, and there are no CORS headers for them either.
  const site = headers['sec-fetch-site'];
  if (request.method !== 'GET' && (site === 'cross-site' || site === 'same-site'))
    return { status: 403, code: 'CROSS_ORIGIN', message: 'Only pages of this server may ask it.' };
  return typeFault(headers['content-type']);
}

/** JSON in UTF-8 only: any page can send a form or plain text without asking. */
function typeFault(header: string | undefined): Refusal | undefined {
  if (header === undefined) return undefined;
  let type: MIMEType;
  try {
    type = new MIMEType(header);
  } catch {
    return unsupported('Send JSON: content-type application/json.');
  }
  if (type.essence !== 'application/json') return unsupported('Send JSON: content-type application/json.');
  if (!/^(utf-?8|us-ascii)$/i.test(type.params.get('charset') ?? 'utf-8') || /charset.*charset/i.test(header))
    return unsupported('Send JSON in UTF-8.');
  return undefined;
}
