/* Convert days since 1970-01-01 to years and ISO dates, without a Date object for each of 100,000 records. */

export const NO_VALUE = -(2 ** 31);
const DAYS_PER_400_YEARS = 146097;
const TO_MARCH_YEAR_0 = 719468; // days from 0000-03-01 to 1970-01-01: years that start in March end with the leap day

/**
 * The Gregorian year of a day number (H. Hinnant, "chrono-compatible low-level date algorithms").
 * @param {number} day
 */
export function yearOf(day) {
  const z = day + TO_MARCH_YEAR_0;
  const era = Math.floor(z / DAYS_PER_400_YEARS);
  const of = z - era * DAYS_PER_400_YEARS;
  const y = Math.floor((of - Math.floor(of / 1460) + Math.floor(of / 36524) - Math.floor(of / 146096)) / 365);
  const dayOfYear = of - (365 * y + Math.floor(y / 4) - Math.floor(y / 100));
  return y + era * 400 + (dayOfYear >= 306 ? 1 : 0); // 306 days from 1 March to 31 December
}

/**
 * The ISO date of a day number, "" for none.
 * @param {number} day
 */
export function isoOf(day) {
  return day === NO_VALUE ? "" : new Date(day * 864e5).toISOString().slice(0, 10);
}
