/* The answer to a click on a map that is not one of our pages: a plain Leaflet popup, built from text nodes alone. */

import * as i18n from "../core/i18n.js";
import { FORM } from "../core/marks.js";
import { latitude, longitude } from "../core/topology.js";

/** @import { Store } from "../types/data.d.ts" */
/** @import { Model } from "../types/model.d.ts" */

const LISTED = 50; // records of one place in a popup; the rest is counted

/**
 * Show what is selected as a popup of `map`, unless a page does so in its own way.
 * @param {Model} model
 * @param {L.Map} map
 */
export function followSelection(model, map) {
  /** @type {L.Popup | null} */
  let popup = null;

  function show() {
    if (popup) map.closePopup(popup);
    popup = null;
    const { selection, provinceSelected } = model;
    if (model.hasPage || !selection || provinceSelected) return;
    const { records } = selection;
    const latlng = selection.latlng ?? placeOf(model, records[0]);
    if (!latlng) return;
    model.store.texts.then(() => {
      if (model.selection !== selection) return;
      const content = records.length === 1 ? one(model, records[0]) : several(model, records);
      popup = L.popup({ maxWidth: 320, maxHeight: 260 }).setLatLng(latlng).setContent(content).openOn(map);
    });
  }

  return model.on("change", ({ changed }) => changed.has("selection") && show());
}

/**
 * Where a record that was met in a list stands on the map, if it does.
 * @param {Model} model
 * @param {number} i
 */
function placeOf({ marks }, i) {
  return marks.form[i] === FORM.NONE ? null : L.latLng(latitude(marks.y[i]), longitude(marks.x[i]));
}

/**
 * @param {string} text
 * @param {string} [tag]
 */
function line(text, tag = "div") {
  const element = document.createElement(tag);
  element.dir = "auto";
  element.textContent = text;
  return element;
}

/** @param {HTMLElement[]} lines */
function box(lines) {
  const element = document.createElement("div");
  element.className = "geo-plain-popup";
  element.append(...lines);
  return element;
}

/**
 * @param {Store} store
 * @param {number} i
 */
function dates(store, i) {
  const [from, to] = [store.text("date_start", i), store.text("date_end", i)];
  return from === to || !to ? from : `${from} – ${to}`;
}

/**
 * 12, 10–15, ≥ 54, ≤ 35; "" where no source gives a figure.
 * @param {Store} store
 * @param {string} name
 * @param {number} i
 */
function figure(store, name, i) {
  const [low, best, high] = ["low", "best", "high"].map((side) => store.value(`${name}_${side}`, i));
  /** @type {(value: number) => boolean} */
  const known = (value) => !Number.isNaN(value);
  if (known(best)) return known(low) && known(high) && low < high ? `${best} (${low}–${high})` : String(best);
  if (known(low) && known(high)) return `${low}–${high}`;
  return known(low) ? `≥ ${low}` : known(high) ? `≤ ${high}` : "";
}

/**
 * @param {Model} model
 * @param {number} i
 */
function one(model, i) {
  const { store } = model;
  /** @type {(name: string) => string} */
  const word = (name) => store.word(name, i);
  const place = [store.text("place", i), word("admin1_name"), word("country_code")].filter(
    (part, k, all) => part && all.indexOf(part) === k,
  );
  const dead = figure(store, "fatalities", i);
  const value = store.value("value", i);
  const facts = [
    [dates(store, i), word("date_precision")],
    [place.join(", "), word("geo_precision")],
    [[word("event_type"), word("sub_event_type")].filter(Boolean).join(" · ")],
    [[word("group") || word("actor1"), word("actor2")].filter(Boolean).join(" – "), word("tier")],
    [dead ? `† ${dead}` : ""],
    [Number.isNaN(value) ? "" : `${i18n.number(value)} ${word("unit")}`],
  ].filter(([text]) => text);
  return box([
    line(store.text("title", i), "strong"),
    ...facts.map(([text, how]) => line(how ? `${text} (${how})` : text)),
    ...[store.text("description", i), store.text("note", i)].filter(Boolean).map((text) => line(text, "p")),
    ...store
      .sources(i)
      .map(({ source, paragraph }) => line(paragraph === null ? (source ?? "") : `${source}, ¶ ${paragraph}`, "small")),
  ]);
}

/**
 * @param {Model} model
 * @param {number[]} records
 */
function several(model, records) {
  const { store } = model;
  const lines = records
    .slice(0, LISTED)
    .map((i) => line([dates(store, i), store.text("title", i)].filter(Boolean).join(" ")));
  if (records.length > LISTED) lines.push(line(`+ ${i18n.number(records.length - LISTED)}`));
  return box(lines);
}
