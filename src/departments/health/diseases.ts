/** Notifiable diseases by class, as in force in March 2007 (dossier A.8): hand-foot-mouth disease came in 2008 only. */
export const classA = ['PLAGUE', 'CHOLERA'] as const;
const classB = [
  'SARS',
  'AIDS',
  'VIRAL_HEPATITIS',
  'POLIOMYELITIS',
  'HUMAN_AVIAN_INFLUENZA',
  'MEASLES',
  'HAEMORRHAGIC_FEVER',
  'RABIES',
  'JAPANESE_ENCEPHALITIS',
  'DENGUE',
  'ANTHRAX',
  'DYSENTERY',
  'TUBERCULOSIS',
  'TYPHOID_PARATYPHOID',
  'MENINGOCOCCAL_MENINGITIS',
  'PERTUSSIS',
  'DIPHTHERIA',
  'NEONATAL_TETANUS',
  'SCARLET_FEVER',
  'BRUCELLOSIS',
  'GONORRHOEA',
  'SYPHILIS',
  'LEPTOSPIROSIS',
  'SCHISTOSOMIASIS',
  'MALARIA',
] as const;
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
export const notifiableDiseases = [...classA, ...classB, ...classC] as const;

/** To be reported within two hours: class A, and of class B what is handled as A. Of anthrax only the pulmonary form is, which the card does not tell. */
export const dueInTwoHours = [
  ...classA,
  'SARS',
  'POLIOMYELITIS',
  'HUMAN_AVIAN_INFLUENZA',
  'ANTHRAX',
] as const;
