/* The iframe by which another page embeds a map, and its height. */

const RATIO = 0.6; // height over width of an embedded map

const BOUNDS = [420, 720]; // px: below, the time bar leaves no map; above, it overflows a laptop's screen

/** @type {Record<string, string>} */
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/**
 * The height in pixels for an embed of this width. It must not depend on the present height, which the host sets from it.
 * @param {number} width
 * @returns {number}
 */
export function embedHeight(width) {
  return Math.round(Math.min(BOUNDS[1], Math.max(BOUNDS[0], width * RATIO)));
}

/**
 * The iframe element that embeds `address`, as wide as its column; screen readers announce the title.
 * @param {string} address
 * @param {string} title
 * @param {number} height
 * @returns {string}
 */
export function embedCode(address, title, height) {
  /** @param {string} text */
  const escaped = (text) => text.replace(/[&<>"]/g, (mark) => ENTITIES[mark]);
  return `<iframe src="${escaped(address)}" title="${escaped(title)}" width="100%" height="${height}" style="border:0" loading="lazy" allowfullscreen></iframe>`;
}
