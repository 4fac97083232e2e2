/* What is in view, as a list: the way to provinces and marks without a pointer. */

import { t } from "../core/i18n.js";
import { FORM } from "../core/marks.js";
import { mercatorX, mercatorY } from "../core/topology.js";
import * as describe from "./describe.js";
import { briefFields } from "./describe.js";
import { button, el } from "./dom.js";

/** @typedef {import("../types/model.d.ts").Model} Model */

const MOST_LISTED = 200; // the list control has all

/**
 * The provinces and the records shown that lie in view, each a button that opens it.
 * @param {Model} model
 * @param {import("leaflet").Map} map
 */
export function viewArticle(model, map) {
  const bounds = map.getBounds();
  const provinces = provincesIn(model, bounds);
  const records = recordsIn(model, bounds);
  return el(
    "article",
    { class: "geo-record geo-view-list" },
    el("h2", { class: "geo-record-title", tabindex: "-1" }, t("view.title")),
    provinces.length > 0 && el("h3", {}, t("view.provinces", { count: provinces.length })),
    el(
      "ul",
      { class: "geo-here" },
      provinces.map(({ code, name, incidents }) =>
        el(
          "li",
          {},
          button("geo-link-button", { text: name, dir: "auto" }, () => model.selectProvince(code)),
          el("span", { class: "geo-how" }, t("years.incident", { count: incidents })),
        ),
      ),
    ),
    records.length > 0 && el("h3", {}, t("view.records", { count: records.length })),
    el(
      "ul",
      { class: "geo-here" },
      records.slice(0, MOST_LISTED).map((i) => {
        const fields = briefFields(model.store, i);
        const title = fields.title || t(`kind.${fields.kind}`);
        return el(
          "li",
          {},
          button("geo-link-button", { text: title, dir: "auto" }, () => model.select(i)),
          el("span", { class: "geo-how" }, describe.whenShort(fields)),
        );
      }),
    ),
    records.length > MOST_LISTED &&
      el("p", { class: "geo-how" }, t("record.more_here", { count: records.length - MOST_LISTED })),
  );
}

/**
 * Provinces as drawn whose label point is in view, those with the most incidents first.
 * @param {Model} model
 * @param {import("leaflet").LatLngBounds} bounds
 */
function provincesIn({ areas, drawn, derived, store }, bounds) {
  const inside = drawn.shown.filter((area) => bounds.contains([areas.lat[area], areas.lng[area]]));
  const found = Array.from(inside, (area) => {
    const code = store.codes[areas.code[area] - 1];
    return {
      code,
      name: store.header.names[areas.code[area] - 1],
      incidents: derived.provinces.get(code)?.incidents ?? 0,
    };
  });
  return found.sort((a, b) => b.incidents - a.incidents || (a.name < b.name ? -1 : 1));
}

/**
 * Records shown whose mark is in view, the newest first.
 * @param {Model} model
 * @param {import("leaflet").LatLngBounds} bounds
 */
function recordsIn({ derived, marks: { x, y, form } }, bounds) {
  const [west, east] = [mercatorX(bounds.getWest()), mercatorX(bounds.getEast())];
  const [north, south] = [mercatorY(bounds.getNorth()), mercatorY(bounds.getSouth())];
  return Array.from(derived.order).filter(
    (i) => form[i] !== FORM.NONE && x[i] >= west && x[i] <= east && y[i] >= north && y[i] <= south,
  );
}
