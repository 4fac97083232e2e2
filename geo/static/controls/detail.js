/* The details of what is selected, docked at the side: the map does not move under the reader. */

import { t } from "../core/i18n.js";
import { button, el, setAttribute, setText } from "../ui/dom.js";
import { placeOf } from "../ui/places.js";
import { provinceArticle, provincePlace } from "../ui/province_article.js";
import { recordArticle } from "../ui/record_article.js";
import { recordList } from "../ui/record_list.js";
import { recordTake } from "../ui/record_take.js";
import { createRing } from "../ui/ring.js";
import { sourceIndex } from "../ui/sources.js";
import { viewArticle } from "../ui/view_article.js";

/** @typedef {import("../types/model.d.ts").Model} Model */
/** @typedef {import("../types/model.d.ts").Selection} Selection */
/** @typedef {import("../types/page.d.ts").Frame} Frame */
/** @typedef {import("../types/page.d.ts").Options} Options */
/** @typedef {import("../types/page.d.ts").Share} Share */
/** @typedef {import("leaflet").LatLng} LatLng */
/** @typedef {import("leaflet").Map} LeafletMap */

const CLEAR_PX = 34; // between a sheet and the mark that it describes

/**
 * The first heading, which names the article and takes the focus.
 * @param {HTMLElement} article
 */
const headingOf = (article) => article.querySelector("h2");

/**
 * Shows what the model has selected; the focus goes into the details, and back when they close.
 * @param {Model} model
 * @param {Options} options
 * @param {{ map: LeafletMap, frame: Frame, share: Share }} page
 */
export function createDetail(model, options, { map, frame, share }) {
  const sources = sourceIndex(options);
  const body = el("div", { class: "geo-detail-body" });
  const position = el("span", { class: "geo-detail-position", "aria-live": "polite" });
  const all = button("geo-detail-all", { text: " " }, () => openAll());
  const steps = [
    button("geo-detail-step", { icon: "previous", label: t("detail.previous") }, () => step(-1)),
    button("geo-detail-step", { icon: "next", label: t("detail.next") }, () => step(1)),
  ];
  const head = el(
    "div",
    { class: "geo-detail-head" },
    el("div", { class: "geo-detail-steps" }, steps[0], position, steps[1]),
    all,
    button("geo-close", { icon: "close", label: t("close") }, close),
  );
  const card = el("section", { class: "geo-detail", role: "dialog", hidden: true, onkeydown: onEscape }, head, body);
  const ring = createRing(model, map);
  const view = keepView(map, frame.header);
  /** @type {HTMLElement | null} What had the focus before. */
  let before = null;
  /** @type {ArrayLike<number>} The records that previous and next go through. */
  let series = [];
  /** @type {Selection | null} The place of several records from which one was opened. */
  let group = null;
  /** @type {(() => HTMLElement) | null} What is open without being selected: the list of what is in view. */
  let refresh = null;

  function show() {
    const { selection, provinceSelected } = model;
    if (selection || provinceSelected) refresh = null;
    if (selection) showRecords(selection);
    else if (provinceSelected) {
      ring.outline(provinceSelected);
      setSeries(null);
      open(provinceArticle(model, provinceSelected, sources), provincePlace(model, provinceSelected), true);
    } else if (refresh) body.replaceChildren(refresh());
    else hide();
  }

  /** @param {Selection} selection */
  function showRecords({ records, latlng }) {
    const [first] = records;
    const point = latlng ? L.latLng(latlng) : placeOf(model, first);
    setSeries(records);
    const article =
      records.length > 1
        ? recordList(model, records)
        : el("div", {}, recordArticle(model, first, sources), recordTake(model, first, options, sources, share));
    open(article, point, latlng === null);
    ring.show(records, point);
  }

  /** @param {number[] | null} records */
  function setSeries(records) {
    if (records && records.length > 1) group = model.selection;
    const [first] = records ?? [];
    if (group && !(records && group.records.includes(first))) group = null;
    series = records === null ? [] : (group?.records ?? model.derived.order);
    const at = records?.length === 1 ? Array.prototype.indexOf.call(series, first) : -1;
    for (const one of steps) one.hidden = at < 0 || series.length < 2;
    const hidden = records?.length === 1 && !model.derived.selected[first];
    steps[0].disabled = at <= 0;
    steps[1].disabled = at >= series.length - 1;
    const place = at < 0 || series.length < 2 ? "" : t("detail.position", { number: at + 1, count: series.length });
    setText(position, hidden ? t("detail.hidden") : place);
    all.hidden = !group || records?.length !== 1;
    setText(all, group ? t("record.here", { count: group.records.length }) : "");
  }

  /** @param {-1 | 1} by */
  function step(by) {
    const at = Array.prototype.indexOf.call(series, model.selection?.records[0]);
    const next = series[at + by];
    if (at >= 0 && next !== undefined) model.select(next, { latlng: group?.latlng ?? undefined });
  }

  function openAll() {
    if (group) model.select(group.records, { latlng: group.latlng ?? undefined });
    headingOf(card)?.focus({ preventScroll: true });
  }

  /**
   * @param {HTMLElement} article
   * @param {LatLng | null} point
   * @param {boolean} seek Whether the map may move to bring the point into view: not where the reader has pointed at it.
   */
  function open(article, point, seek) {
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    if (!card.contains(focused)) before = focused;
    body.replaceChildren(article);
    setAttribute(card, "aria-label", headingOf(article)?.textContent ?? "");
    card.hidden = false;
    body.scrollTop = 0;
    frame.root.classList.add("geo-with-detail");
    card.style.removeProperty("--geo-room");
    if (point) {
      if (seek) view.seek(point);
      keepClear(point);
    }
    // Who goes through records with the buttons stays on them.
    if (!head.contains(focused) || (focused && (focused.hidden || /** @type {HTMLButtonElement} */ (focused).disabled)))
      headingOf(article)?.focus({ preventScroll: true });
  }

  /**
   * Where the details lie over the map, they take the side on which the point is not.
   * @param {LatLng} point
   */
  function keepClear(point) {
    const { x, y } = map.latLngToContainerPoint(point);
    const size = map.getSize();
    card.classList.toggle("geo-detail-start", x > size.x / 2);
    card.classList.toggle("geo-detail-top", y > size.y / 2);
    // A sheet reaches as far as the mark.
    card.style.setProperty("--geo-room", `${Math.max(y, size.y - y) - CLEAR_PX}px`);
  }

  /** Close what is open; the focus goes back to where it was before, if it is still inside. */
  function hide() {
    const had = card.contains(document.activeElement);
    if (!card.hidden) view.restore();
    refresh = null;
    group = null;
    ring.hide();
    card.hidden = true;
    frame.root.classList.remove("geo-with-detail");
    body.replaceChildren();
    if (had && before?.isConnected) before.focus({ preventScroll: true });
  }

  function close() {
    refresh = null;
    if (model.selection) model.select(null);
    else model.selectProvince(null);
  }

  /** @param {() => HTMLElement} article */
  function showOwn(article) {
    if (model.selection) model.select(null);
    if (model.provinceSelected) model.selectProvince(null);
    refresh = article;
    ring.hide();
    setSeries(null);
    open(article(), null, false);
  }

  /** List the provinces and records in view, for who has no pointer. */
  function openView() {
    showOwn(() => viewArticle(model, map));
  }

  /** @param {KeyboardEvent} event */
  function onEscape(event) {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
  }

  const stop = model.on("change", ({ changed }) => {
    if (changed.has("selection") || changed.has("texts")) show();
    else if (card.hidden || !(changed.has("years") || changed.has("filters"))) return;
    else if (model.selection) setSeries(model.selection.records);
    else if (model.provinceSelected) body.replaceChildren(provinceArticle(model, model.provinceSelected, sources));
  });
  return {
    element: card,
    close,
    openView,
    isOpen: () => !card.hidden,
    /** @param {string} id Of a record that an address names and the data do not have. */
    missing(id) {
      const title = () => el("h2", { class: "geo-record-title", tabindex: "-1" }, t("record.missing"));
      const text = () => el("p", { dir: "auto" }, t("record.missing_id", { id }));
      showOwn(() => el("article", { class: "geo-record" }, title(), text()));
    },
    destroy() {
      stop();
      ring.destroy();
    },
  };
}

/**
 * Whether an element lies over a point of the map.
 * @param {HTMLElement} element
 * @param {LeafletMap} map
 * @param {LatLng} point
 */
function covers(element, map, point) {
  const { left, top } = map.getContainer().getBoundingClientRect();
  const { x, y } = map.latLngToContainerPoint(point);
  const box = element.getBoundingClientRect();
  return left + x < box.right && left + x > box.left && top + y < box.bottom && top + y > box.top;
}

/**
 * Moves the map only to a point that is out of view, and back where it was when the details close, if the reader has not moved it.
 * @param {LeafletMap} map
 * @param {HTMLElement} header The title card, which may lie over the map.
 */
function keepView(map, header) {
  /** @type {{ center: LatLng, zoom: number } | null} */
  let from = null;
  /** @type {LatLng | null} */
  let to = null;
  return {
    /** @param {LatLng} point */
    seek(point) {
      if (map.getBounds().contains(point) && !covers(header, map, point)) return;
      from ??= { center: map.getCenter(), zoom: map.getZoom() };
      map.setView(point, map.getZoom(), { animate: false });
      to = map.getCenter();
    },
    restore() {
      if (from && to && map.getCenter().equals(to) && map.getZoom() === from.zoom)
        map.setView(from.center, from.zoom, { animate: false });
      from = to = null;
    },
  };
}
