/** The city and the district before a road of the district say nothing. */
const before = /^(?:上海市?)?(?:普陀区)?(?=.)/;

/** One spelling for a road: half width, without spaces and without the district before it. */
export const canonicalRoad = (text: string): string =>
  text.normalize('NFKC').replace(/\s+/g, '').replace(before, '');
