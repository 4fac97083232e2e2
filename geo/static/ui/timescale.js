/* Years along the time bar: pure arithmetic, no elements. A period is [from, to], both years included. */

const LABEL_STEPS = [1, 2, 5, 10, 20, 25, 50, 100];

/** First and last year of the bar. Without any date there is nothing to choose, and the bar is not shown. */
export function extent(model) {
  return model.extent ?? [0, 0];
}

/** How many years the extent has. */
export function length([first, last]) {
  return last - first + 1;
}

/** The year at a fraction (0 left edge, 1 right edge) of the bar. */
export function yearAt(fraction, extent) {
  const k = Math.floor(fraction * length(extent));
  return extent[0] + Math.min(length(extent) - 1, Math.max(0, k));
}

/** The edge between two years nearest to a fraction: 0 is before the first year. */
export function edgeAt(fraction, extent) {
  return Math.min(length(extent), Math.max(0, Math.round(fraction * length(extent))));
}

/** A handle moved: "from" or "to" takes `year` as far as the extent and the other handle let it. */
export function resize(years, handle, year, extent) {
  const [from, to] = years ?? extent;
  const clamped = Math.min(extent[1], Math.max(extent[0], year));
  return handle === "from" ? [Math.min(clamped, to), to] : [from, Math.max(clamped, from)];
}

/** The whole period moved by `delta` years, kept at its length inside the extent. */
export function shift(years, delta, extent) {
  const room = delta < 0 ? extent[0] - years[0] : extent[1] - years[1];
  const moved = delta < 0 ? Math.max(delta, room) : Math.min(delta, room);
  return [years[0] + moved, years[1] + moved];
}

/** One step of the player or of the step buttons: from all years to the first (or last) year, then by the period's length of one year. */
export function step(years, delta, extent) {
  if (!years) return delta > 0 ? [extent[0], extent[0]] : [extent[1], extent[1]];
  return shift(years, delta, extent);
}

/** The years that get a label when one label takes `room` pixels of a bar `width` pixels wide. */
export function labels(extent, width, room) {
  const every = LABEL_STEPS.find((n) => (width / length(extent)) * n >= room) ?? LABEL_STEPS.at(-1);
  const out = [];
  for (let year = extent[0]; year <= extent[1]; year++) if (year % every === 0) out.push(year);
  return out;
}
