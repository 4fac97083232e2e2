/* The sources that records cite. */

/** @typedef {import("../types/page.d.ts").Options} Options */
/** @typedef {import("../types/page.d.ts").Sources} Sources */

/**
 * about.sources by the key that records cite.
 * @param {Options} options
 * @returns {Sources}
 */
export function sourceIndex(options) {
  return new Map((options.about?.sources ?? []).map((line) => [line.source, line]));
}
