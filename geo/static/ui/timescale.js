/* Years along the time bar: pure arithmetic, no elements. A period is [from, to], both years included. */

/** @typedef {import("../types/model.d.ts").Model} Model */
/** @typedef {import("../types/model.d.ts").Years} Years */
/** @typedef {"from" | "to"} Handle */

const PAGE_YEARS = 5; // that Page Up and Page Down move a handle by

/**
 * First and last year of the bar. Where no record has a date the bar is not shown, and any year will do.
 * @param {Pick<Model, "extent">} model
 * @returns {Years}
 */
export function extent(model) {
  return model.extent ?? [0, 0];
}

/**
 * Number of years in the extent.
 * @param {Years} extent
 */
export function length([first, last]) {
  return last - first + 1;
}

/**
 * The period after a handle was moved to `year`, clamped to the extent and the other handle.
 * @param {Years | null} years
 * @param {Handle} handle
 * @param {number} year
 * @param {Years} extent
 * @returns {Years}
 */
export function resize(years, handle, year, extent) {
  const [from, to] = years ?? extent;
  const clamped = Math.min(extent[1], Math.max(extent[0], year));
  return handle === "from" ? [Math.min(clamped, to), to] : [from, Math.max(clamped, from)];
}

/**
 * The period moved by `delta` years, at the same length and inside the extent.
 * @param {Years} years
 * @param {number} delta
 * @param {Years} extent
 * @returns {Years}
 */
export function shift(years, delta, extent) {
  const room = delta < 0 ? extent[0] - years[0] : extent[1] - years[1];
  const moved = delta < 0 ? Math.max(delta, room) : Math.min(delta, room);
  return [years[0] + moved, years[1] + moved];
}

/**
 * The year to which a key moves a handle that stands at `year`, inside the extent or not; undefined for other keys.
 * @param {string} key As keyboard events name it.
 * @param {number} year
 * @param {Years} extent
 * @returns {number | undefined}
 */
export function yearByKey(key, year, extent) {
  /** @type {Record<string, number>} */
  const years = {
    ArrowLeft: year - 1,
    ArrowDown: year - 1,
    ArrowRight: year + 1,
    ArrowUp: year + 1,
    PageDown: year - PAGE_YEARS,
    PageUp: year + PAGE_YEARS,
    Home: extent[0],
    End: extent[1],
  };
  return Object.hasOwn(years, key) ? years[key] : undefined;
}
