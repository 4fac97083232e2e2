/* Where each year lies on the time bar. Stretches of many years with next to nothing are folded into one slot: pure arithmetic. */

/** @typedef {import("../types/model.d.ts").Years} Years */
/** @typedef {{ from: number, to: number, left: number, width: number }} Slot A year, or years folded into one; fractions of the bar. */
/** @typedef {ReturnType<typeof createScale>} YearScale */

const FOLD_YEARS = 4; // a shorter stretch is not worth a fold
const FOLD_SHARE = 0.125; // of the busiest year: a year with no more counts as next to nothing,
const FOLD_COUNT = 3; // but never one with more records than these
const FOLD_WIDTH = 2; // of a year
const LABEL_STEPS = [1, 2, 5, 10, 20, 25, 50];
const LONGEST_STEP = 100;
const CHAR_PX = 6.5; // of a label

/**
 * The scale of a bar from the first to the last year.
 * @param {Years} extent
 * @param {ArrayLike<number>} counts By year, whatever the filters: a filter must not move the years.
 */
export function createScale(extent, counts) {
  const slots = slotsOf(extent, counts);
  const first = extent[0];
  /** @type {number[]} Fractions of the edges between years. */
  const edges = [];
  for (const { from, to, left, width } of slots)
    for (let year = from; year <= to; year++) edges.push(left + (width * (year - from)) / (to - from + 1));
  edges.push(1);

  /**
   * The slot at a fraction (0 left edge, 1 right edge) of the bar.
   * @param {number} fraction
   */
  const slotAt = (fraction) => slots.findLast(({ left }) => fraction >= left) ?? slots[0];
  /** @param {number} year */
  const slotOf = (year) => slots.find(({ to }) => year <= to) ?? slots[slots.length - 1];

  return {
    slots,
    slotAt,
    slotOf,
    /** Where a year begins. @param {number} year */
    start: (year) => edges[Math.min(Math.max(year - first, 0), edges.length - 1)],
    /** Where a year ends. @param {number} year */
    end: (year) => edges[Math.min(Math.max(year + 1 - first, 0), edges.length - 1)],
    /** The year at a fraction. @param {number} fraction */
    yearAt(fraction) {
      const at = edges.findLastIndex((edge) => fraction >= edge);
      return first + Math.min(Math.max(at, 0), edges.length - 2);
    },
    /** The first year after the edge that is nearest to a fraction; a handle stops at the ends of a fold only. @param {number} fraction */
    edgeAt(fraction) {
      const ends = [...slots.map(({ from, left }) => ({ year: from, left })), { year: extent[1] + 1, left: 1 }];
      return ends.reduce((best, one) => (Math.abs(one.left - fraction) < Math.abs(best.left - fraction) ? one : best))
        .year;
    },
    /**
     * The period after one step: from a slot to the next one, from all years to the first (or the last, going back), else by years.
     * @param {Years | null} years
     * @param {-1 | 1} by
     * @returns {Years}
     */
    step(years, by) {
      /** @type {(slot: Slot) => Years} */
      const period = ({ from, to }) => [from, to];
      if (!years) return period(by > 0 ? slots[0] : slots[slots.length - 1]);
      const at = slots.findIndex(({ from, to }) => from === years[0] && to === years[1]);
      if (at >= 0) return period(slots[Math.min(Math.max(at + by, 0), slots.length - 1)]);
      const room = by > 0 ? extent[1] - years[1] : years[0] - extent[0];
      return room > 0 ? [years[0] + by, years[1] + by] : years;
    },
    /**
     * The labels that fit a bar `pixels` wide where a year's label needs `room` pixels: of years, and of folds.
     * @param {number} pixels
     * @param {number} room
     */
    labels(pixels, room) {
      const single = slots.find(({ from, to }) => from === to);
      const every =
        (single && LABEL_STEPS.find((n) => single.width * pixels * n >= room)) ?? (single ? LONGEST_STEP : 1);
      /** @param {Slot} slot */
      const middle = ({ left, width }) => left + width / 2;
      const folds = slots
        .filter(({ from, to }) => to > from)
        .map((slot) => {
          const text = `${slot.from}–${slot.to}`;
          return { text, at: middle(slot), half: (text.length * CHAR_PX) / 2, fits: slot.width * pixels };
        });
      const named = folds.filter(({ half, fits }) => 2 * half <= fits + room / 2);
      const years = slots
        .filter(({ from, to }) => from === to && from % every === 0)
        .map((slot) => ({ text: String(slot.from), at: middle(slot) }))
        .filter(({ at }) => named.every((fold) => Math.abs(fold.at - at) * pixels >= fold.half + room / 2));
      return [...named, ...years].map(({ text, at }) => ({ text, at }));
    },
  };
}

/**
 * The slots of the bar, each with its place.
 * @param {Years} extent
 * @param {ArrayLike<number>} counts
 * @returns {Slot[]}
 */
function slotsOf([first, last], counts) {
  const most = Math.max(0, ...Array.from(counts));
  /** @param {number} year */
  const sparse = (year) => (counts[year - first] ?? 0) <= Math.min(FOLD_COUNT, most * FOLD_SHARE);
  /** @type {Years[]} */
  const spans = [];
  for (let year = first; year <= last; ) {
    let to = year;
    if (sparse(year)) while (to < last && sparse(to + 1)) to++;
    if (to - year + 1 >= FOLD_YEARS) spans.push([year, to]);
    else for (let one = year; one <= to; one++) spans.push([one, one]);
    year = to + 1;
  }
  // Where nothing is left beside the folds, they tell nothing.
  const all = spans.every(([from, to]) => to > from);
  const used = all ? Array.from({ length: last - first + 1 }, (_, k) => [first + k, first + k]) : spans;
  const weights = used.map(([from, to]) => (to > from ? FOLD_WIDTH : 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let left = 0;
  return used.map(([from, to], k) => {
    const slot = { from, to, left: left / total, width: weights[k] / total };
    left += weights[k];
    return slot;
  });
}
