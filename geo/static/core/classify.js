/* Which class a value falls into; the bounds were chosen by geo/stats/classes.py. */

/** @import { Header } from "../types/data.d.ts" */
/** @import { State } from "../types/model.d.ts" */

/** A country of whose provinces the records name none. */
export const NO_DATA = -1;
/** Incidents of which no source gives the figure that the map shows. */
export const NO_FIGURE = -2;
export const ZERO = 0;

/**
 * The classes of the metric shown: single years have their own, sums of several years are larger.
 * @param {Header} header
 * @param {State} state
 */
export function classesOf(header, { metric, years }) {
  return (years && years[0] === years[1] ? header.year_classes : header.classes)[metric];
}

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
