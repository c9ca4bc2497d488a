import { provinceCodes } from '../identifiers/province.ts';
import { subdistrictCodes } from '../identity/units.ts';
import type { Dimension } from './population.ts';

/** Stands for a value that is not recorded or lies outside the district. */
export const otherValue = 'OTHER';

/** The nine of 2007. Rows with another code are of no sub-district. */
export const subdistrict = (other: string | null = null): Dimension => ({
  name: 'SUBDISTRICT',
  values: other === null ? subdistrictCodes : [...subdistrictCodes, other],
  other,
});

export const originProvince: Dimension = {
  name: 'ORIGIN_PROVINCE',
  values: [...provinceCodes.filter((code) => code !== '310000'), otherValue],
  other: otherValue,
};

/** The sections of GB/T 4754-2002. */
export const industry: Dimension = {
  name: 'INDUSTRY',
  values: [...'ABCDEFGHIJKLMNOPQRST', otherValue],
  other: otherValue,
};
