import type { HttpAnswer } from '../http/test-server.ts';
import { decoded } from './asking/decoded.ts';

/** Everything that is sent: headers, body, and what is packed in it. */
export const bytesOf = ({ headers, text }: HttpAnswer): string =>
  [[...headers].map(([name, value]) => `${name}: ${value}`).join('\n'), text, ...decoded(text)].join('\n');
