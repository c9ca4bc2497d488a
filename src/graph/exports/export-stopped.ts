/** Why the program takes a request back by itself: codes of the enum ExportStop. */
export type StopReason = 'ACCOUNT_ENDED' | 'RIGHT_ENDED' | 'MORE_THAN_APPROVED';

/** An export ends before its last record. The file says so in its last line. */
export class ExportStopped extends Error {
  override readonly name = 'ExportStopped';
  readonly code: 'EXPORT_REVOKED' | 'EXPORT_FAILED' | 'EXPORT_PLACE_GONE' | 'TOKEN_ENDED';

  constructor(code: ExportStopped['code'], message: string) {
    super(message);
    this.code = code;
  }
}
