/* Shows what is selected: a popup at the mark where there is room, else a card over the map; focus goes in and comes back. */

import { t } from "../core/i18n.js";
import { button, el } from "../ui/dom.js";
import { placeOf } from "../ui/places.js";
import { provinceArticle, provincePlace } from "../ui/province_article.js";
import { recordArticle, recordList } from "../ui/record_article.js";
import { sourceIndex } from "../ui/sources.js";

const ROOMY = { x: 600, y: 400 }; // px of map from which a popup fits beside what it points at

const CLEAR = 30; // px kept free round the mark that a card speaks of

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
  let popup = null;
  let before = null;

  function show() {
    const province = model.provinceSelected;
    if (model.selection) showRecords(model.selection);
    else if (province) {
      ring.remove();
      showCard(provinceArticle(model, province, sources), provincePlace(model, province));
    } else hide();
  }

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
    if (!inside(document.activeElement)) before = document.activeElement;
  }

  function inside(node) {
    return card.contains(node) || popup?.getElement()?.contains(node);
  }

  function showPopup(article, point) {
    remember();
    card.hidden = true;
    const size = map.getSize();
    const frame = el(
      "section",
      { role: "dialog", "aria-label": article.querySelector("h2").textContent, onkeydown: onEscape, onclick: keep },
      button("geo-close", { icon: "close", label: t("close") }, close),
      article,
    );
    if (!map.getBounds().contains(point)) map.setView(point, map.getZoom(), { animate: false });
    const opened = popup;
    popup ??= L.popup({ className: "geo-popup", closeButton: false, minWidth: 260 });
    Object.assign(popup.options, {
      maxWidth: Math.min(380, size.x - 80),
      maxHeight: Math.max(160, Math.min(Math.round(size.y * 0.62), size.y - covered() - 70)),
      autoPanPaddingTopLeft: [16, covered() + 12],
      autoPanPaddingBottomRight: [16, 16],
    });
    popup.setLatLng(point).setContent(frame);
    if (!opened) popup.openOn(map);
    focus(article);
  }

  /** Pixels of the map's upper edge that lie under the title card. */
  function covered() {
    return Math.max(0, header.getBoundingClientRect().bottom - map.getContainer().getBoundingClientRect().top);
  }

  function showCard(article, point) {
    remember();
    dropPopup();
    title.replaceChildren(article);
    card.setAttribute("aria-label", article.querySelector("h2").textContent);
    card.hidden = false;
    title.scrollTop = 0;
    if (point) uncover(point);
    focus(article);
  }

  /** Move the map as little as brings a point out from under title and card. */
  function uncover(point) {
    const chart = map.getContainer().getBoundingClientRect();
    const over = card.getBoundingClientRect();
    const sheet = over.width > chart.width / 2;
    const right = sheet ? 0 : Math.max(0, chart.right - over.left);
    const bottom = sheet ? Math.max(0, chart.bottom - over.top) : 0;
    map.panInside(point, {
      paddingTopLeft: [CLEAR, covered() + CLEAR],
      paddingBottomRight: [right + CLEAR, bottom + CLEAR],
      animate: false,
    });
  }

  function focus(article) {
    article.querySelector("h2").focus({ preventScroll: true });
  }

  function dropPopup() {
    const old = popup;
    popup = null;
    if (old) map.closePopup(old);
  }

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

  /** Leaflet tells clicks in a popup by their target's place in it, which a button that changes the content has lost. */
  function keep(event) {
    event.stopPropagation();
  }

  function onEscape(event) {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
  }

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
