/** Notifiable diseases by class, as in force in March 2007 (dossier A.8); all others of the enum are of class B. */
export const classA = ['PLAGUE', 'CHOLERA'] as const;
export const classC = [
  'INFLUENZA',
  'MUMPS',
  'RUBELLA',
  'ACUTE_HAEMORRHAGIC_CONJUNCTIVITIS',
  'LEPROSY',
  'TYPHUS',
  'KALA_AZAR',
  'ECHINOCOCCOSIS',
  'FILARIASIS',
  'OTHER_INFECTIOUS_DIARRHOEA',
] as const;
/** To be reported within two hours: class A, and of class B what is handled as A. Of anthrax only the pulmonary form is, which the card does not tell. */
export const dueInTwoHours = [
  ...classA,
  'SARS',
  'POLIOMYELITIS',
  'HUMAN_AVIAN_INFLUENZA',
  'ANTHRAX',
] as const;
