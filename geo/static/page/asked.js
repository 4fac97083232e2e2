/* What the address of an embedded page asks for besides the state of the map: ?embed=1&title=0&legend=open&lock=1. */

/** @typedef {{ title: boolean, legend: "closed" | "open" | "none", lock: boolean }} Asked */

/**
 * Unknown values are those of an embed without any. The address never brings text: a link could put words into the page's mouth.
 * @param {string} search
 * @param {boolean} embed
 * @returns {Asked}
 */
export function askedOf(search, embed) {
  const query = new URLSearchParams(embed ? search : "");
  const legend = query.get("legend");
  return {
    title: query.get("title") !== "0",
    legend: legend === "open" || legend === "none" ? legend : "closed",
    lock: query.get("lock") === "1",
  };
}
