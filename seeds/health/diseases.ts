/** Diseases of the synthetic district, with the hours within which each is to be reported. */
export const diseases = [
  ['TUBERCULOSIS', 24],
  ['VIRAL_HEPATITIS', 24],
  ['OTHER_INFECTIOUS_DIARRHOEA', 24],
  ['MEASLES', 24],
  ['MUMPS', 24],
  ['DYSENTERY', 24],
  ['INFLUENZA', 24],
  ['SCARLET_FEVER', 24],
  ['CHOLERA', 2],
] as const;
