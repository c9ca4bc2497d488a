import { badId } from './read-errors.ts';

/** Global id of a record: type and local key, opaque to clients. */
export function encodeNodeId(type: string, key: string): string {
  return Buffer.from(`${type}:${key}`).toString('base64url');
}

/** Type and local key of a global id. @throws BadId when it is none. */
export function parseNodeId(id: string): { readonly type: string; readonly key: string } {
  const text = Buffer.from(id, 'base64url').toString('utf8');
  const colon = text.indexOf(':');
  if (colon <= 0 || text.length > 200) throw badId();
  return { type: text.slice(0, colon), key: text.slice(colon + 1) };
}

/** The local key of a global id of one type. @throws BadId when it is of another type or none. */
export function decodeNodeId(id: string, type: string): string {
  const parsed = parseNodeId(id);
  if (parsed.type !== type) throw badId();
  return parsed.key;
}
