import { badId } from './read-errors.ts';

/** Global id of a record: type and local key, opaque to clients. */
export function encodeNodeId(type: string, key: string): string {
  return Buffer.from(`${type}:${key}`).toString('base64url');
}

const uuidForm = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Type and local key of a global id.
 * @throws BadId unless the text is exactly as this program encodes it; a lenient reading would accept other
 * letters
 */
export function parseNodeId(id: string): { readonly type: string; readonly key: string } {
  const text = Buffer.from(id, 'base64url').toString('utf8');
  const colon = text.indexOf(':');
  if (colon <= 0 || text.length > 200 || text.includes('\0')) throw badId();
  const parsed = { type: text.slice(0, colon), key: text.slice(colon + 1) };
  if (encodeNodeId(parsed.type, parsed.key) !== id) throw badId();
  return parsed;
}

/**
 * The local key of a global id of one type.
 * @param keyType of the type's records, where it is known
 * @throws BadId when it is of another type or none
 */
export function decodeNodeId(id: string, type: string, keyType: 'uuid' | 'text' = 'text'): string {
  const parsed = parseNodeId(id);
  if (parsed.type !== type || (keyType === 'uuid' && !uuidForm.test(parsed.key))) throw badId();
  return parsed.key;
}
