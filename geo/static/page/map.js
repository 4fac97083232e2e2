/* The Leaflet map as a part of the page: accessible names, attribution, scale, and gestures in an embedded page. */

import { createStrips } from "../controls/strips.js";
import { t } from "../core/i18n.js";
import { FORM } from "../core/marks.js";
import { mercatorX, mercatorY } from "../core/topology.js";
import { gridBounds } from "../layers/grid.js";
import { button, el, setAttribute, setText } from "../ui/dom.js";
import { placeOf } from "../ui/places.js";

/** @typedef {import("../types/model.d.ts").Model} Model */
/** @typedef {import("../types/page.d.ts").Actions} Actions */
/** @typedef {import("../types/page.d.ts").Options} Options */
/** @typedef {import("../types/page.d.ts").Frame} Frame */
/** @typedef {import("leaflet").Map} LeafletMap */

const HINT_MS = 1400; // for which a hint is shown

/**
 * Name the map for screen readers and add the controls that a page has on it.
 * @param {LeafletMap} map
 * @param {Model} model
 * @param {Options} options
 * @param {Frame} frame
 * @param {boolean} embed
 * @param {Actions} actions
 */
export function setUpMap(map, model, options, frame, embed, actions) {
  const container = map.getContainer();
  setAttribute(container, "role", "application");
  setAttribute(container, "aria-label", t("map.name"));
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
  const credits = attribution(options, actions).addTo(map);
  const strips = createStrips(map, model);
  const outside = outsideNote(map, model);
  const scale = L.control.scale({ imperial: false, position: "bottomleft", maxWidth: 90 });
  scale.addTo(map);
  const takeScrollBack = embed ? yieldScroll(map, frame.holder) : null;
  return {
    destroy() {
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
 */
function attribution(options, actions) {
  const { attribution: credit, boundaries } = options.about ?? {};
  const control = new L.Control({ position: "bottomright" });
  control.onAdd = () => {
    const line = el(
      "div",
      { class: "geo-credits" },
      el(
        "span",
        { class: "geo-credits-text", dir: "auto", title: [boundaries, credit].filter(Boolean).join(" ") },
        [boundaries, credit].filter(Boolean).join(" "),
      ),
      button("geo-credits-more", { text: t("about.open"), "aria-haspopup": "dialog" }, actions.about),
    );
    L.DomEvent.disableClickPropagation(line);
    return line;
  };
  return control;
}

/**
 * A line over the map that `show(key)` shows for a moment.
 * @param {HTMLElement} holder
 */
function createHint(holder) {
  const element = el("div", { class: "geo-hint", "aria-hidden": "true" });
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  holder.append(element);
  return {
    /** @param {string} key */
    show(key) {
      setText(element, t(key));
      element.classList.add("geo-hint-on");
      clearTimeout(timer);
      timer = setTimeout(() => element.classList.remove("geo-hint-on"), HINT_MS);
    },
    destroy() {
      clearTimeout(timer);
      element.remove();
    },
  };
}

/**
 * Leave scrolling to the host page: the wheel zooms only with Ctrl, and the map takes two fingers to move; a hint says so.
 * @param {LeafletMap} map
 * @param {HTMLElement} holder
 * @returns {() => void}
 */
function yieldScroll(map, holder) {
  const container = map.getContainer();
  const hint = createHint(holder);
  map.scrollWheelZoom.disable();
  map.dragging.disable();

  /** @param {WheelEvent} event */
  const wheel = (event) => {
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      map.scrollWheelZoom.enable();
    } else {
      map.scrollWheelZoom.disable();
      if (event.isTrusted) hint.show("map.hint_wheel");
    }
  };
  // The browser decides at the start of a gesture who gets it, so dragging has to be off before a finger touches the map.
  // Two fingers still move the map, because pinching pans it.
  /** @param {PointerEvent} event */
  const pointer = (event) => {
    if (event.pointerType === "touch") map.dragging.disable();
    else map.dragging.enable();
  };
  /** @param {TouchEvent} event */
  const moving = (event) => {
    if (event.touches.length === 1 && event.cancelable) hint.show("map.hint_touch");
  };
  container.addEventListener("wheel", wheel, { capture: true, passive: false });
  container.addEventListener("touchmove", moving, { passive: true });
  container.addEventListener("pointerover", pointer, { capture: true });
  container.addEventListener("pointerdown", pointer, { capture: true });
  return () => {
    hint.destroy();
    container.removeEventListener("wheel", wheel, { capture: true });
    container.removeEventListener("touchmove", moving);
    container.removeEventListener("pointerover", pointer, { capture: true });
    container.removeEventListener("pointerdown", pointer, { capture: true });
  };
}
