/* One control of a page on a map that is not a page of ours, as a Leaflet control: what folium, or anybody, adds to a map. */

import { createLegend } from "../controls/legend.js";
import { createList } from "../controls/list.js";
import { createTimebar } from "../controls/timebar.js";
import * as i18n from "../core/i18n.js";
import { t } from "../core/i18n.js";
import { followState } from "../layers/sync.js";
import { button, el } from "../ui/dom.js";
import { createTheme } from "./theme.js";

const EDGE_PX = 20; // Leaflet's margin of 10 px on either side of a control
const BAR_PX = 130; // the time bar below other controls, with its margin
const WIDE_PX = 700; // a map as wide as this has room for an open legend
const STARTED = new WeakSet(); // models that follow the switches of their map

const parts = {
  years: (model, options) => createTimebar(model, options, {}),
  legend(model, _options, map) {
    const legend = createLegend(model);
    const open = map.getSize().x >= WIDE_PX;
    return { ...legend, element: el("details", { open }, el("summary", {}, t("layers.title")), legend.element) };
  },
  list: (model, options) => {
    const list = createList(model, options);
    const opener = button(
      "geo-list-open",
      { icon: "list", text: t("list.open"), "aria-expanded": "false", "aria-controls": "geo-list" },
      list.toggle,
    );
    return { ...list, element: el("div", {}, opener, list.element) };
  },
};

/** Put `name` (years, legend, list) into a corner of `map`; `options`: {position, theme, about}. */
export function putOnMap(map, model, name, options) {
  return model.ready.then(() => {
    if (!STARTED.has(model)) {
      STARTED.add(model);
      const shown = Object.keys(model.layers).filter((layer) => map.hasLayer(model.layers[layer]));
      model.set({ layers: shown }).then(() => followState(model, map));
    }
    const box = el("div", {
      class: `geo-page geo-on-map geo-on-map-${name}`,
      lang: i18n.language(),
      dir: i18n.direction(),
    });
    const theme = createTheme(box, model, options);
    const part = parts[name](model, options, map);
    box.append(part.element);
    L.DomEvent.disableClickPropagation(box);
    L.DomEvent.disableScrollPropagation(box);
    const fit = () => {
      const { x, y } = map.getSize();
      box.style.maxWidth = `${x - EDGE_PX}px`;
      box.style.maxHeight = `${y - EDGE_PX - (name === "years" ? 0 : BAR_PX)}px`;
    };
    const control = new L.Control({ position: options.position });
    control.onAdd = () => {
      map.on("resize", fit);
      fit();
      return box;
    };
    control.onRemove = () => {
      map.off("resize", fit);
      part.destroy();
      theme.destroy();
    };
    return control.addTo(map);
  });
}
