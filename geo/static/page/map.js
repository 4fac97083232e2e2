/* The Leaflet map as a part of the page: name, attribution, scale, and gestures that leave a host page its scrolling. */

import { t } from "../core/i18n.js";
import { gridBounds } from "../layers/grid.js";
import { button, el, setAttribute, setText } from "../ui/dom.js";
import { placeOf } from "../ui/places.js";

const HINT_MS = 1400;

export function dressMap(map, model, options, frame, embed, actions) {
  const container = map.getContainer();
  setAttribute(container, "role", "application");
  setAttribute(container, "aria-label", t("map.name"));
  setAttribute(container, "aria-roledescription", t("map.role"));
  map.attributionControl?.setPrefix(false);
  map.zoomControl?.setPosition(embed ? "topleft" : "bottomleft");
  for (const [name, key] of [
    ["in", "map.zoom_in"],
    ["out", "map.zoom_out"],
  ]) {
    const link = container.querySelector(`.leaflet-control-zoom-${name}`);
    if (!link) continue;
    link.title = t(key);
    link.setAttribute("aria-label", t(key));
  }
  const fit = fitControl(map, model).addTo(map);
  const credits = attribution(options, actions).addTo(map);
  const scale = L.control.scale({ imperial: false, position: "bottomleft", maxWidth: 90 });
  if (!embed) scale.addTo(map);
  const polite = embed ? yieldScroll(map, frame) : null;
  return {
    destroy() {
      polite?.();
      scale.remove();
      credits.remove();
      fit.remove();
    },
  };
}

/** A button under the zoom buttons that brings every record shown into view. */
function fitControl(map, model) {
  const control = new L.Control({ position: map.zoomControl?.getPosition() ?? "bottomleft" });
  control.onAdd = () => {
    const bar = el(
      "div",
      { class: "leaflet-bar geo-fit" },
      button("", { icon: "fit", label: t("map.fit") }, () => {
        const bounds = L.latLngBounds([]);
        for (const i of model.derived.order) {
          const place = placeOf(model, i);
          if (place) bounds.extend(place);
        }
        if (model.rest) for (const corner of gridBounds(model)) bounds.extend(corner);
        if (bounds.isValid()) map.fitBounds(bounds, { padding: [40, 40], maxZoom: 8 });
      }),
    );
    L.DomEvent.disableClickPropagation(bar);
    return bar;
  };
  return control;
}

/** One line on the map: whose boundaries, that they imply nothing, and where to read more. As text, which Leaflet's own would not be. */
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

/** The wheel zooms only with Ctrl, one finger scrolls the host page and two move the map; a hint says so. */
function yieldScroll(map, frame) {
  const hint = el("div", { class: "geo-hint", "aria-hidden": "true" });
  const container = map.getContainer();
  let timer = null;
  map.scrollWheelZoom.disable();
  map.dragging.disable();
  frame.holder.append(hint);

  function say(key) {
    setText(hint, t(key));
    hint.classList.add("geo-hint-on");
    clearTimeout(timer);
    timer = setTimeout(() => hint.classList.remove("geo-hint-on"), HINT_MS);
  }

  const wheel = (event) => {
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      map.scrollWheelZoom.enable();
    } else {
      map.scrollWheelZoom.disable();
      if (event.isTrusted) say("map.hint_wheel");
    }
  };
  // A finger's gesture belongs to whoever the browser promised it to when it began, so dragging is off before any touch;
  // two fingers move the map by zooming it, for which it needs no dragging.
  const pointer = (event) => {
    if (event.pointerType === "touch") map.dragging.disable();
    else map.dragging.enable();
  };
  const moving = (event) => {
    if (event.touches.length === 1 && event.cancelable) say("map.hint_touch");
  };
  const add = (name, listener, options) => {
    container.addEventListener(name, listener, options);
    return () => container.removeEventListener(name, listener, options);
  };
  const removers = [
    add("wheel", wheel, { capture: true, passive: false }),
    add("touchmove", moving, { passive: true }),
    add("pointerover", pointer, { capture: true }),
    add("pointerdown", pointer, { capture: true }),
  ];
  return () => {
    clearTimeout(timer);
    hint.remove();
    for (const remove of removers) remove();
  };
}
