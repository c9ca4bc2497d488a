/** Where the district is, UTC+8 all year since 1992. */
const ahead = 8 * 60 * 60 * 1000;

/**
 * The district's calendar day (Asia/Shanghai), YYYY-MM-DD: until eight in the morning it is one later than the day of
 * UTC.
 * @param now milliseconds since 1970, UTC
 */
export const districtDay = (now: number): string => new Date(now + ahead).toISOString().slice(0, 10);

/** The same by the clock of the machine. */
export const districtToday = (): string => districtDay(Date.now());
