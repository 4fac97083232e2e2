/* A small map: the provinces of the candidate's country, its own province, its point. No tiles, nothing asked for. */

import { t } from "../core/i18n.js";
import { el } from "../ui/dom.js";

/** @typedef {import("../types/review.d.ts").Area} Area */
/** @typedef {import("../types/review.d.ts").Values} Values */

const SVG = "http://www.w3.org/2000/svg";

/**
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | number>} attributes
 * @returns {SVGElementTagNameMap[Tag]}
 */
function svg(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}

/**
 * @param {{ steps: number, areas: Area[] }} map
 * @param {(area: Area) => void} choose Called with a province that is clicked; the list of provinces does the same by keyboard.
 */
export function createPlaceMap({ steps, areas }, choose) {
  const caption = el("figcaption", { class: "rv-caption" });
  const drawing = svg("svg", { class: "rv-map", role: "img", preserveAspectRatio: "xMidYMid meet" });
  const land = svg("g", {});
  const mark = svg("circle", { class: "rv-point" });
  drawing.append(land, mark);
  /** @type {Map<Area, SVGPathElement>} */
  const paths = new Map();
  for (const area of areas) {
    const path = svg("path", { d: area.rings.map(ring).join(""), class: "rv-area" });
    const title = svg("title", {});
    title.textContent = area.until ? t("review.until", { name: area.name, until: area.until }) : area.name;
    path.append(title);
    path.addEventListener("click", () => choose(area));
    paths.set(area, path);
    land.append(path);
  }

  /**
   * @param {Values} values
   * @param {[number, number] | null} point
   */
  function update(values, point) {
    const day = String(values.date_start ?? values.date_end ?? "9");
    const ofCountry = areas.filter((area) => !values.country_code || area.country === values.country_code);
    const drawn = new Set((ofCountry.length ? ofCountry : areas).filter((area) => inForce(area, day, areas)));
    const own = areas.find((area) => area.code === values.admin1_code && drawn.has(area));
    for (const [area, path] of paths) {
      path.setAttribute("class", area === own ? "rv-area rv-own" : "rv-area");
      path.toggleAttribute("hidden", !drawn.has(area));
      path.style.display = drawn.has(area) ? "" : "none";
    }
    if (own) land.append(/** @type {SVGPathElement} */ (paths.get(own)));
    const frame = frameOf([...drawn], point, steps);
    land.setAttribute("transform", `scale(${frame.squeeze} -1)`);
    drawing.setAttribute("viewBox", frame.box.join(" "));
    mark.style.display = point ? "" : "none";
    if (point) {
      mark.setAttribute("cx", String(point[0] * steps * frame.squeeze));
      mark.setAttribute("cy", String(-point[1] * steps));
      mark.setAttribute("r", String(frame.box[2] / 60));
      mark.setAttribute(
        "class",
        ["city", "site"].includes(String(values.geo_precision)) ? "rv-point rv-exact" : "rv-point",
      );
    }
    const where = [values.place, values.admin1_name, values.country_code].filter(Boolean);
    const text = where.length ? [...new Set(where)].join(", ") : t("review.nowhere");
    const how = t(`review.precision.${values.geo_precision ?? "unknown"}`);
    caption.textContent = `${text} (${how})`;
    drawing.setAttribute("aria-label", t("review.map_of", { where: caption.textContent }));
  }

  return { element: el("figure", { class: "rv-place" }, drawing, caption), update };
}

/** @param {number[]} flat */
function ring(flat) {
  let path = "";
  for (let i = 0; i < flat.length; i += 2) path += `${i ? "L" : "M"}${flat[i]} ${flat[i + 1]}`;
  return `${path}Z`;
}

/**
 * Whether a province is drawn for a day; of several vintages of one code the one in force.
 * @param {Area} area
 * @param {string} day
 * @param {Area[]} areas
 */
function inForce(area, day, areas) {
  if (area.until) return day <= area.until;
  // A code that changed its area has an ended vintage, too, which stands for it until then.
  const earlier = areas.find((one) => one.code === area.code && one.until);
  return !(earlier?.until && day <= earlier.until);
}

/**
 * @param {Area[]} areas
 * @param {[number, number] | null} point
 * @param {number} steps
 */
function frameOf(areas, point, steps) {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  /** @param {number} x @param {number} y */
  const take = (x, y) => {
    [west, east] = [Math.min(west, x), Math.max(east, x)];
    [south, north] = [Math.min(south, y), Math.max(north, y)];
  };
  for (const { rings } of areas)
    for (const flat of rings) for (let i = 0; i < flat.length; i += 2) take(flat[i], flat[i + 1]);
  if (point) take(point[0] * steps, point[1] * steps);
  if (west > east) [west, south, east, north] = [0, 0, steps, steps];
  const squeeze = Math.max(0.2, Math.cos(((south + north) / 2 / steps) * (Math.PI / 180)));
  const margin = Math.max(east - west, north - south) * 0.03;
  return {
    squeeze,
    box: [west * squeeze - margin, -north - margin, (east - west) * squeeze + 2 * margin, north - south + 2 * margin],
  };
}
