/* What a page that embeds a map needs: the code of its iframe and the height that fits. */

const RATIO = 0.6; // height over width of an embedded map

const BOUNDS = [420, 720]; // px: below, the time bar leaves no map; above, it overflows a laptop's screen

/** The height in pixels that suits an embed of this width; of the width only, or host and page would chase each other. */
export function embedHeight(width) {
  return Math.round(Math.min(BOUNDS[1], Math.max(BOUNDS[0], width * RATIO)));
}

/** The iframe of the present view: as wide as its column, as high as the page says, with a title for screen readers. */
export function embedCode(address, title, height) {
  const escaped = (text) =>
    text.replace(/[&<>"]/g, (mark) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[mark]);
  return `<iframe src="${escaped(address)}" title="${escaped(title)}" width="100%" height="${height}" style="border:0" loading="lazy" allowfullscreen></iframe>`;
}
