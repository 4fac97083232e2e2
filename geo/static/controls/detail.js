/* The details of what is selected: in a popup at the mark where there is room, else in a card over the map. */

import { t } from "../core/i18n.js";
import { button, el } from "../ui/dom.js";
import { placeOf } from "../ui/places.js";
import { provinceArticle, provincePlace } from "../ui/province_article.js";
import { recordArticle } from "../ui/record_article.js";
import { recordList } from "../ui/record_list.js";
import { sourceIndex } from "../ui/sources.js";

/** @typedef {import("../types/model.d.ts").Model} Model */
/** @typedef {import("../types/model.d.ts").Selection} Selection */
/** @typedef {import("../types/page.d.ts").Options} Options */
/** @typedef {import("leaflet").LatLngExpression} LatLngExpression */
/** @typedef {import("leaflet").Map} LeafletMap */

const ROOMY = { x: 600, y: 400 }; // px of map from which a popup leaves enough of it to be seen

const CLEAR = 30; // px kept free round the mark that a card describes

/**
 * The first heading, which names the article and takes the focus.
 * @param {HTMLElement} article
 */
const headingOf = (article) => article.querySelector("h2");

/**
 * Shows what the model has selected; the focus goes into the details, and back when they close.
 * @param {Model} model
 * @param {Options} options
 * @param {{ map: LeafletMap, header: HTMLElement }} page
 */
export function createDetail(model, options, { map, header }) {
  const sources = sourceIndex(options);
  const title = el("div", { class: "geo-detail-body" });
  const card = el(
    "section",
    { class: "geo-detail", role: "dialog", hidden: true, onkeydown: onEscape },
    button("geo-close", { icon: "close", label: t("close") }, close),
    title,
  );
  const ring = L.marker([0, 0], {
    icon: L.divIcon({ className: "geo-ring", iconSize: [36, 36] }),
    interactive: false,
    keyboard: false,
  });
  /** @type {import("leaflet").Popup | null} */
  let popup = null;
  /** @type {HTMLElement | null} What had the focus before. */
  let before = null;

  function show() {
    const province = model.provinceSelected;
    if (model.selection) showRecords(model.selection);
    else if (province) {
      ring.remove();
      showCard(provinceArticle(model, province, sources), provincePlace(model, province));
    } else hide();
  }

  /** @param {Selection} selection */
  function showRecords({ records, latlng }) {
    const article = records.length === 1 ? recordArticle(model, records[0], sources) : recordList(model, records);
    const point = latlng ?? placeOf(model, records[0]);
    const { x, y } = map.getSize();
    if (point && x >= ROOMY.x && y >= ROOMY.y) showPopup(article, point);
    else showCard(article, point);
    if (point) ring.setLatLng(point).addTo(map);
    else ring.remove();
  }

  function remember() {
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    if (!inside(focused)) before = focused;
  }

  /** @param {Node | null} node */
  function inside(node) {
    return card.contains(node) || popup?.getElement()?.contains(node);
  }

  /**
   * @param {HTMLElement} article
   * @param {LatLngExpression} point
   */
  function showPopup(article, point) {
    remember();
    card.hidden = true;
    const size = map.getSize();
    const frame = el(
      "section",
      { role: "dialog", "aria-label": headingOf(article)?.textContent, onkeydown: onEscape, onclick: keep },
      button("geo-close", { icon: "close", label: t("close") }, close),
      article,
    );
    if (!map.getBounds().contains(L.latLng(point))) map.setView(point, map.getZoom(), { animate: false });
    const opened = popup;
    popup ??= L.popup({ className: "geo-popup", closeButton: false, minWidth: 260 });
    Object.assign(popup.options, {
      maxWidth: Math.min(380, size.x - 80),
      maxHeight: Math.max(160, Math.min(Math.round(size.y * 0.62), size.y - covered(map, header) - 70)),
      autoPanPaddingTopLeft: [16, covered(map, header) + 12],
      autoPanPaddingBottomRight: [16, 16],
    });
    popup.setLatLng(point).setContent(frame);
    if (!opened) popup.openOn(map);
    headingOf(article)?.focus({ preventScroll: true });
  }

  /**
   * @param {HTMLElement} article
   * @param {LatLngExpression | null} point
   */
  function showCard(article, point) {
    remember();
    dropPopup();
    title.replaceChildren(article);
    card.setAttribute("aria-label", headingOf(article)?.textContent ?? "");
    card.hidden = false;
    title.scrollTop = 0;
    if (point) uncover(map, header, card, point);
    headingOf(article)?.focus({ preventScroll: true });
  }

  function dropPopup() {
    const old = popup;
    popup = null;
    if (old) map.closePopup(old);
  }

  /** Close whatever is open; the focus goes back to where it was before, if it is still inside. */
  function hide() {
    const had = inside(document.activeElement);
    dropPopup();
    ring.remove();
    card.hidden = true;
    title.replaceChildren();
    if (had && before?.isConnected) before.focus({ preventScroll: true });
  }

  function close() {
    if (model.selection) model.select(null);
    else model.selectProvince(null);
  }

  /**
   * Keep clicks in the popup from Leaflet, which takes one for a click on the map if its button has been replaced meanwhile.
   * @param {Event} event
   */
  function keep(event) {
    event.stopPropagation();
  }

  /** @param {KeyboardEvent} event */
  function onEscape(event) {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
  }

  /** @param {import("leaflet").PopupEvent} event */
  const closed = ({ popup: gone }) => {
    if (gone !== popup) return;
    hide();
    model.select(null);
  };
  map.on("popupclose", closed);
  const stop = model.on("change", ({ changed }) => {
    if (changed.has("selection") || changed.has("texts")) show();
    else if (!card.hidden && model.provinceSelected && (changed.has("years") || changed.has("filters")))
      title.replaceChildren(provinceArticle(model, model.provinceSelected, sources));
  });
  return {
    element: card,
    close,
    destroy() {
      stop();
      map.off("popupclose", closed);
      dropPopup();
      ring.remove();
    },
  };
}

/**
 * Pixels at the map's upper edge that the title card covers.
 * @param {LeafletMap} map
 * @param {HTMLElement} header
 */
function covered(map, header) {
  return Math.max(0, header.getBoundingClientRect().bottom - map.getContainer().getBoundingClientRect().top);
}

/**
 * Pan the map as little as needed to bring a point out from under title card and card.
 * @param {LeafletMap} map
 * @param {HTMLElement} header
 * @param {HTMLElement} card
 * @param {LatLngExpression} point
 */
function uncover(map, header, card, point) {
  const chart = map.getContainer().getBoundingClientRect();
  const over = card.getBoundingClientRect();
  const sheet = over.width > chart.width / 2; // on a narrow page the card lies along the lower edge
  const right = sheet ? 0 : Math.max(0, chart.right - over.left);
  const bottom = sheet ? Math.max(0, chart.bottom - over.top) : 0;
  map.panInside(point, {
    paddingTopLeft: [CLEAR, covered(map, header) + CLEAR],
    paddingBottomRight: [right + CLEAR, bottom + CLEAR],
    animate: false,
  });
}
