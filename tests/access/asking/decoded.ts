/** What cursors in a text hold when they are taken apart, as bytes read in the usual ways. */
export function decoded(text: string): string[] {
  return [...text.matchAll(/"(?:cursor|startCursor|endCursor)":"([^"]+)"/g)].flatMap(([, cursor = '']) => {
    const bytes = Buffer.from(cursor, 'base64url');
    return [cursor, bytes.toString('utf8'), bytes.toString('utf16le'), bytes.toString('hex')];
  });
}
