/* The Leaflet map as a part of the page: accessible names, attribution, scale, and gestures in an embedded page. */

import { createStrips } from "../controls/strips.js";
import { t } from "../core/i18n.js";
import { FORM } from "../core/marks.js";
import { mercatorX, mercatorY } from "../core/topology.js";
import { gridBounds } from "../layers/grid.js";
import { button, el, setAttribute, setText } from "../ui/dom.js";
import { placeOf } from "../ui/places.js";
import { shownNow } from "../ui/shown.js";
import { lockView, yieldScroll } from "./gestures.js";

/** @typedef {import("../types/model.d.ts").Model} Model */
/** @typedef {import("../types/page.d.ts").Actions} Actions */
/** @typedef {import("../types/page.d.ts").Options} Options */
/** @typedef {import("../types/page.d.ts").Frame} Frame */
/** @typedef {import("leaflet").Map} LeafletMap */

const SOURCES = 3; // that the line below an embedded map names

/**
 * Name the map for screen readers and add the controls that a page has on it.
 * @param {LeafletMap} map
 * @param {Model} model
 * @param {Options} options
 * @param {Frame} frame
 * @param {{ embed: boolean, lock: boolean }} how
 * @param {Actions} actions
 */
export function setUpMap(map, model, options, frame, { embed, lock }, actions) {
  const container = map.getContainer();
  setAttribute(container, "role", "application");
  const name = () => setAttribute(container, "aria-label", `${shownNow(model)}. ${t("map.name")}`);
  name();
  const stopName = model.on("change", ({ changed }) => {
    if (changed.has("years") || changed.has("filters") || changed.has("layers")) name();
  });
  setAttribute(container, "aria-roledescription", t("map.role"));
  map.attributionControl?.setPrefix(false);
  map.zoomControl?.setPosition(embed ? "topleft" : "bottomleft");
  nameZoomButtons(container);
  const fit = fitControl(map, model, options, frame, actions).addTo(map);
  /** @param {KeyboardEvent} event */
  const enter = (event) => {
    if (event.key !== "Enter" || event.target !== container) return;
    event.preventDefault();
    actions.inView();
  };
  container.addEventListener("keydown", enter);
  const credits = attribution(options, actions, embed).addTo(map);
  const strips = createStrips(map, model);
  const outside = outsideNote(map, model);
  const scale = L.control.scale({ imperial: false, position: "bottomleft", maxWidth: 90 });
  scale.addTo(map);
  const takeScrollBack = lock ? lockView(map) : embed ? yieldScroll(map, frame.holder) : null;
  return {
    destroy() {
      stopName();
      container.removeEventListener("keydown", enter);
      takeScrollBack?.();
      scale.remove();
      outside.destroy();
      strips.destroy();
      credits.remove();
      fit.remove();
    },
  };
}

/**
 * Leaflet's zoom buttons have English names: give them those of the page's language.
 * @param {HTMLElement} container
 */
function nameZoomButtons(container) {
  for (const [name, key] of [
    ["in", "map.zoom_in"],
    ["out", "map.zoom_out"],
  ]) {
    const link = /** @type {HTMLElement | null} */ (container.querySelector(`.leaflet-control-zoom-${name}`));
    if (!link) continue;
    link.title = t(key);
    link.setAttribute("aria-label", t(key));
  }
}

/**
 * A button under the zoom buttons that goes back to the first view, the bulk of the records: a far one would show the world.
 * @param {LeafletMap} map
 * @param {Model} model
 * @param {Options} options
 * @param {Frame} frame
 * @param {Actions} actions
 */
function fitControl(map, model, options, frame, actions) {
  const control = new L.Control({ position: map.zoomControl?.getPosition() ?? "bottomleft" });
  control.onAdd = () => {
    const bar = el(
      "div",
      { class: "leaflet-bar geo-fit" },
      button("", { icon: "home", label: t("map.fit") }, () => {
        map.fire("geo:step");
        if (options.view) frame.show(options.view);
        else fitAll(map, model);
      }),
      button("geo-in-view", { icon: "list", label: t("map.in_view") }, actions.inView),
    );
    L.DomEvent.disableClickPropagation(bar);
    return bar;
  };
  return control;
}

/**
 * Bring every record and bin shown into view.
 * @param {LeafletMap} map
 * @param {Model} model
 */
function fitAll(map, model) {
  const bounds = L.latLngBounds([]);
  for (const i of model.derived.order) {
    const place = placeOf(model, i);
    if (place) bounds.extend(place);
  }
  if (model.rest) for (const corner of gridBounds(model)) bounds.extend(corner);
  if (bounds.isValid()) map.fitBounds(bounds, { padding: [40, 40], maxZoom: 8 });
}

/** Layers that draw records of each kind. */
const LAYERS_OF = {
  incident: ["incidents", "cross_border"],
  stronghold: ["strongholds"],
  statistic: ["statistics"],
};

/**
 * How many of the records that are drawn lie outside the view, as a button that brings them in.
 * @param {LeafletMap} map
 * @param {Model} model
 */
function outsideNote(map, model) {
  const element = button("geo-outside", { hidden: true }, () => {
    map.fire("geo:step");
    fitAll(map, model);
  });
  const control = new L.Control({ position: "bottomright" });
  control.onAdd = () => {
    L.DomEvent.disableClickPropagation(element);
    return element;
  };
  control.addTo(map);
  function update() {
    const bounds = map.getBounds();
    const kinds = model.store.words("kind").map((word) => {
      const layers = /** @type {Record<string, string[]>} */ (LAYERS_OF)[word] ?? [];
      return layers.some((name) => model.state.layers.some((shown) => shown === name));
    });
    const kind = model.store.column("kind");
    const { x, y, form } = model.marks;
    const [west, east] = [mercatorX(bounds.getWest()), mercatorX(bounds.getEast())];
    const [north, south] = [mercatorY(bounds.getNorth()), mercatorY(bounds.getSouth())];
    let count = 0;
    for (const i of model.derived.order) {
      if (form[i] === FORM.NONE || form[i] === FORM.COUNTRY || !kinds[kind[i] - 1]) continue;
      if (x[i] < west || x[i] > east || y[i] < north || y[i] > south) count++;
    }
    element.hidden = count === 0;
    setText(element, count ? t("map.outside", { count }) : "");
  }
  update();
  map.on("moveend", update);
  const stop = model.on("change", ({ changed }) => {
    if (["years", "filters", "layers"].some((part) => changed.has(/** @type {any} */ (part)))) update();
  });
  return {
    destroy() {
      stop();
      control.remove();
      map.off("moveend", update);
    },
  };
}

/**
 * The attribution line, with a button that opens "About this map". Leaflet's own control would read the text as HTML.
 * @param {Options} options
 * @param {Actions} actions
 * @param {boolean} embed Without a panel, so that the line names the sources, too.
 */
function attribution(options, actions, embed) {
  const { attribution: credit, boundaries } = options.about ?? {};
  const written = [embed && sourcesLine(options), boundaries, credit].filter(Boolean).join(" ");
  const control = new L.Control({ position: "bottomright" });
  control.onAdd = () => {
    const line = el(
      "div",
      { class: "geo-credits" },
      el("span", { class: "geo-credits-text", dir: "auto", title: written }, written),
      button("geo-credits-more", { text: t("about.open"), "aria-haspopup": "dialog" }, actions.about),
    );
    L.DomEvent.disableClickPropagation(line);
    return line;
  };
  return control;
}

/**
 * The publishers or authors of the sources, each once.
 * @param {Options} options
 */
function sourcesLine({ about }) {
  const names = new Set(
    (about?.sources ?? []).map((line) => line.publisher || line.author || line.title || line.source),
  );
  const shown = [...names].slice(0, SOURCES);
  const more = names.size - shown.length;
  if (!shown.length) return "";
  const sources = shown.join("; ");
  return more ? t("embed.sources_more", { sources, count: more }) : t("embed.sources", { sources });
}
