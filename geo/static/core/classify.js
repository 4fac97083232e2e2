/* Which class a value falls into; the bounds were chosen by geo/stats/classes.py. */

/** A country of whose provinces the records name none. */
export const NO_DATA = -1;
/** Incidents of which no source gives the figure that the map shows. */
export const NO_FIGURE = -2;
export const ZERO = 0;

/**
 * 0 for zero, 1..k for (bounds[k - 2], bounds[k - 1]], -1 for null.
 * @param {number[]} bounds
 * @param {number | null} value
 */
export function classOf(bounds, value) {
  if (value === null || Number.isNaN(value)) return NO_DATA;
  if (value <= 0) return ZERO;
  let k = 0;
  while (k < bounds.length - 1 && value > bounds[k]) k++;
  return k + 1;
}
