import { notifiableDiseases } from './diseases.ts';

/** Codes that a check constraint holds the columns to, by the name of the SDL's enum, which says what they mean. */
export const codes = {
  PregnancyOutcome: ['LIVE_BIRTH', 'STILLBIRTH', 'MISCARRIAGE', 'MOVED_AWAY'],
  Vaccine: ['BCG', 'HEPATITIS_B', 'POLIO', 'DPT', 'MEASLES', 'JAPANESE_ENCEPHALITIS', 'MENINGOCOCCAL'],
  PatientOrigin: ['SAME_DISTRICT', 'OTHER_DISTRICT', 'OTHER_PROVINCE', 'HMT', 'FOREIGN'],
  DiseaseCaseType: ['SUSPECTED', 'CLINICAL', 'LAB_CONFIRMED', 'CARRIER'],
  DiseaseReportKind: ['INITIAL', 'CORRECTED'],
  DiseaseReportStatus: ['DRAFT', 'REPORTED', 'CORRECTED', 'CONFIRMED', 'EXCLUDED', 'CLOSED'],
  OutbreakMeasure: [
    'DISINFECT',
    'VACCINATE',
    'SUSPEND_CANTEEN',
    'MEDICAL_OBSERVATION',
    'TEST_WATER',
    'INFORM',
  ],
  SanitationFinding: ['WATER', 'CANTEEN', 'TOILET', 'DORM_DENSITY', 'VECTOR', 'NO_HEALTH_CERT', 'NONE'],
  HealthTopic: ['INFECTIOUS_DISEASE', 'VACCINATION', 'MATERNAL_CHILD', 'FOOD_AND_WATER', 'HEALTH_AT_WORK'],
  NotifiableDisease: notifiableDiseases,
} as const;
