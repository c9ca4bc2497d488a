/** A file that is not imported at all; the message is one sentence for whoever sent it. */
export class ImportRefused extends Error {
  override readonly name = 'ImportRefused';
}
