/** Kinds of identity document by which departments name persons. */
export const documentKinds = [
  'RESIDENT_ID',
  'HUKOU_BOOK',
  'BIRTH_CERT',
  'PASSPORT',
  'HMT_PERMIT',
  'OTHER',
] as const;
