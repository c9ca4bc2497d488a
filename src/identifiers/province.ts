/** First two digits of GB/T 2260: the provinces, municipalities and autonomous regions, 71 Taiwan. */
const provinces = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71'.split(
    ' ',
  ),
);

/** Residence permits of residents of Hong Kong, Macao and Taiwan carry these six digits and no county. */
const residencePermitPrefixes = new Set(['810000', '820000', '830000']);

/**
 * True when the first digits of an identity number name a province. The county is not checked: divisions
 * change, and old numbers keep the county of their time (GB 11643; dossier B.1).
 */
export function startsWithProvince(number: string): boolean {
  return provinces.has(number.slice(0, 2)) || isResidencePermitPrefix(number);
}

/** True for the six digits that stand in the place of a province and county on permits of residents of Hong Kong, Macao and Taiwan. */
export function isResidencePermitPrefix(number: string): boolean {
  return residencePermitPrefixes.has(number.slice(0, 6));
}

/** The provinces as six digits, in the order of GB/T 2260. */
export const provinceCodes: readonly string[] = [...provinces].map((two) => `${two}0000`);
