/* Which provinces are in force at the end of a period, and in which of them each code is counted then. */

/** @import { Areas, Drawn, Header } from "../types/data.d.ts" */

/**
 * The provinces of every vintage. Codes are numbered from 1, as in the column admin1_code.
 * @param {Header} header Of the data block.
 * @returns {Areas}
 */
export function createAreas(header) {
  const { code, country, from, to, km2, lng, lat } = header.areas;
  const byCode = header.codes.map(() => /** @type {number[]} */ ([])); // areas of each code, oldest first
  for (const [area, number] of code.entries()) byCode[number - 1].push(area);
  for (const list of byCode) list.sort((a, b) => ((from[a] ?? "") < (from[b] ?? "") ? -1 : 1));
  const numberOf = new Map(header.codes.map((word, i) => [word, i + 1]));
  const successor = new Int32Array(header.codes.length + 1);
  for (const [old, now] of Object.entries(header.successors)) {
    const number = numberOf.get(old);
    if (number) successor[number] = numberOf.get(now) ?? 0;
  }
  const countries = [...new Set(country)].sort();

  /** @type {(area: number, day: string) => boolean} */
  function inForce(area, day) {
    return (from[area] ?? day) <= day && (to[area] ?? day) >= day;
  }

  /**
   * The area that a code means on a day, -1 for none.
   * @param {number} number
   * @param {string} day ISO 8601.
   */
  function areaOf(number, day) {
    return number ? (byCode[number - 1].find((area) => inForce(area, day)) ?? -1) : -1;
  }

  /**
   * For the last year of a period: the areas drawn, and for each code number the code it counts in and its area.
   * @param {number} year
   * @returns {Drawn}
   */
  function drawn(year) {
    const day = `${String(year).padStart(4, "0")}-12-31`;
    const shown = [];
    for (let area = 0; area < code.length; area++) if (inForce(area, day)) shown.push(area);
    const home = new Int32Array(header.codes.length + 1);
    /** @type {[string, string][]} */
    const moved = [];
    for (let number = 1; number < home.length; number++) {
      let at = number;
      // A chain of mergers is followed to its end; it cannot be longer than there are codes.
      for (let step = 0; areaOf(at, day) < 0 && successor[at] && step < home.length; step++) at = successor[at];
      home[number] = at;
      if (at !== number) moved.push([header.codes[number - 1], header.codes[at - 1]]);
    }
    return { day, shown, home, moved, areaOf: (number) => areaOf(number, day) };
  }

  return {
    code,
    km2,
    lng,
    lat,
    countries,
    country: (area) => country[area],
    countryNumber: (area) => countries.indexOf(country[area]),
    covered: (area) => header.countries[country[area]]?.covered ?? true,
    areaOf,
    drawn,
    byCode,
    numberOf,
  };
}
