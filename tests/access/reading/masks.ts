// The masks of dossier §6.4, written from its text.

const doubleSurnames = /^(欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|夏侯|司徒|令狐)./;

const stars = (count: number): string => '*'.repeat(Math.max(count, 0));

/** 王小明 → 王**; a listed surname of two characters stays whole. */
function maskName(name: string): string {
  const characters = [...name];
  const kept = doubleSurnames.test(name) ? 2 : 1;
  return characters.slice(0, kept).join('') + stars(characters.length - kept);
}

/** All but the last four characters hidden; four or fewer hide whole. */
function maskNumber(number: string): string {
  return number.length <= 4 ? stars(number.length) : stars(number.length - 4) + number.slice(-4);
}

/** 13812345678 → 138****5678; what is no mobile number hides whole. */
function maskPhone(phone: string): string {
  return /^.{11}$/.test(phone) ? `${phone.slice(0, 3)}****${phone.slice(7)}` : stars(phone.length);
}

/** A value under a mask; what is not recorded has none. */
export function masked(mask: string, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  const text = String(value);
  switch (mask) {
    case 'NAME':
      return maskName(text);
    case 'LAST_FOUR':
      return maskNumber(text);
    case 'PHONE':
      return maskPhone(text);
    case 'COUNTY':
      return text.slice(0, 6);
    default:
      throw new Error(`The dossier has no mask ${mask}.`);
  }
}
