/**
 * What the comprehensive insurance takes (order 123 of 2002 and its amendments; dossier A.10), from a month on: the base is
 * 60 % of a city average wage, in fen; the rates of the schemes are per cent of it.
 */
export const insuranceRates = [
  { validFrom: '2002-09', base: 122_700, rates: { GENERAL: 12.5, CONSTRUCTION_NONLOCAL: 5.5 } },
] as const;

/** The base of contributions in a month, `YYYY-MM`, in fen; undefined before there was the insurance. */
export const baseOf = (month: string): number | undefined =>
  insuranceRates.findLast(({ validFrom }) => validFrom <= month)?.base;

/** The rate of a scheme in a month, `YYYY-MM`; undefined before there was the insurance. */
export function rateOf(scheme: string, month: string): number | undefined {
  const rule = insuranceRates.findLast(({ validFrom }) => validFrom <= month);
  return rule?.rates[scheme as keyof typeof rule.rates];
}
