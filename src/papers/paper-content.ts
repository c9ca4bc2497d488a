/** What stands on a printed document, whatever it is made of. It says nothing of who prints it or when: so a reprint is equal. */
export interface PaperContent {
  /** `居住证申请受理回执`. */
  readonly title: string;
  readonly number: string;
  /** To whom it is handed; null where the reader may not see the name. */
  readonly addressee: string | null;
  readonly facts: readonly PaperFact[];
  readonly paragraphs: readonly string[];
  /** Parts with a heading of their own: legal basis, reasons, remedy. */
  readonly parts?: readonly PaperFact[];
  /** The unit in whose name it speaks, and the day of what it tells. */
  readonly office: string;
  readonly on: string;
}

export interface PaperFact {
  readonly label: string;
  /** Null where it is not recorded, or withheld from the reader. */
  readonly value: string | null;
}
