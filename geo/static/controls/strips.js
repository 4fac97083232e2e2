/* Strips at the edge of the map: what is known to a country only, with a button that lists the records. */

import { t } from "../core/i18n.js";
import { countryStrips } from "../ui/country_strips.js";
import { button, el } from "../ui/dom.js";

/** @typedef {import("../types/model.d.ts").Model} Model */
/** @typedef {import("../types/model.d.ts").Part} Part */

const FIRST = 2; // countries that have a line before the reader asks for the others
/** @type {Part[]} */
const CONCERNS = ["years", "filters", "layers"];

/**
 * A Leaflet control with a line for each country.
 * @param {import("leaflet").Map} map
 * @param {Model} model
 */
export function createStrips(map, model) {
  const element = el("ul", { class: "geo-strips", "aria-label": t("strip.region"), hidden: true });
  let all = false;
  let drawn = "";

  function update() {
    const strips = countryStrips(model);
    const now = JSON.stringify([all, strips.map(({ text, records }) => [text, records])]);
    if (now === drawn) return;
    drawn = now;
    element.hidden = strips.length === 0;
    const shown = all || strips.length <= FIRST + 1 ? strips : strips.slice(0, FIRST);
    const more = strips.length - shown.length;
    element.replaceChildren(
      ...shown.map(({ text, records }) =>
        el(
          "li",
          {},
          records.length ? button("geo-strip", { text }, () => model.select(records)) : el("span", {}, text),
        ),
      ),
    );
    if (more) element.append(el("li", {}, button("geo-strip", { text: t("strip.more", { count: more }) }, showAll)));
  }

  function showAll() {
    all = true;
    update();
    element.querySelectorAll("button")[FIRST]?.focus();
  }

  const control = new L.Control({ position: "bottomright" });
  control.onAdd = () => {
    L.DomEvent.disableClickPropagation(element);
    return element;
  };
  control.addTo(map);
  update();
  const stop = model.on("change", ({ changed }) => CONCERNS.some((part) => changed.has(part)) && update());
  return {
    destroy() {
      stop();
      control.remove();
    },
  };
}
