/* Print: a sheet with the map as seen, its legend and its sources. The map is drawn again in the light theme, as paper is white. */

import { t } from "../core/i18n.js";
import { drawMap } from "../layers/draw.js";
import * as binText from "../ui/bin_text.js";
import { countryStrips } from "../ui/country_strips.js";
import { el } from "../ui/dom.js";
import { dataDate, shownNow } from "../ui/shown.js";
import { legendTitle, swatch, swatchSize } from "../ui/swatch.js";

/** @typedef {import("../types/model.d.ts").Model} Model */
/** @typedef {import("../types/page.d.ts").Frame} Frame */
/** @typedef {import("../types/page.d.ts").Options} Options */
/** @typedef {import("../types/page.d.ts").ThemeControl} ThemeControl */

/**
 * Fill the sheet before the browser prints and empty it afterwards.
 * @param {import("leaflet").Map} map
 * @param {Model} model
 * @param {Options} options
 * @param {Frame} frame
 * @param {ThemeControl} theme
 */
export function createPrint(map, model, options, frame, theme) {
  const sheet = el("section", { class: "geo-print", "aria-hidden": "true" });
  frame.root.append(sheet);

  const before = () => {
    theme.apply("light");
    const picture = el("canvas", { class: "geo-print-map" });
    sheet.replaceChildren(picture, ...content(model, options));
    // On a page that was opened for print the map has had no size yet.
    map.invalidateSize({ animate: false });
    drawMap(model, map, picture, { scale: 2 }); // not awaited: the data are there, so it draws before the browser prints
  };
  const after = () => {
    theme.apply(theme.present());
    sheet.replaceChildren();
  };
  addEventListener("beforeprint", before);
  addEventListener("afterprint", after);
  return {
    destroy() {
      removeEventListener("beforeprint", before);
      removeEventListener("afterprint", after);
      sheet.remove();
    },
  };
}

/**
 * @param {Model} model
 * @param {Options} options
 * @returns {(string | Node)[]}
 */
function content(model, options) {
  const { about = {} } = options;
  const lines = [about.attribution, about.boundaries, dataDate(options)].filter(Boolean);
  return [
    el("p", { class: "geo-print-shown" }, [shownNow(model), binText.rule(model)].filter(Boolean).join(". ")),
    ...countryStrips(model).map(({ text }) => el("p", { dir: "auto" }, text)),
    ...model.state.layers.map((name) => legend(model, name)),
    ...lines.map((line) => el("p", { dir: "auto" }, line)),
    el("h2", {}, t("about.sources")),
    el(
      "ol",
      {},
      (about.sources ?? []).map((line) =>
        el(
          "li",
          {},
          [line.title || line.source, line.author, line.publisher, line.published].filter(Boolean).join(", "),
        ),
      ),
    ),
  ];
}

/**
 * @param {Model} model
 * @param {string} name
 * @returns {string | Node}
 */
function legend(model, name) {
  const entries = model.layers[name]?.legend() ?? [];
  if (!entries.length) return "";
  const title = legendTitle(model, name);
  return el(
    "div",
    { class: "geo-print-legend" },
    el("b", {}, title),
    entries.map(({ label, paint }) => {
      const canvas = el("canvas", { class: "geo-swatch" });
      swatch(canvas, swatchSize(name), paint);
      return el("span", {}, canvas, label);
    }),
  );
}
