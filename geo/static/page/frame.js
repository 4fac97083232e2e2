/* The landmarks of the page, and its classes for narrow and low windows. */

import * as i18n from "../core/i18n.js";
import { t } from "../core/i18n.js";
import { el } from "../ui/dom.js";

/** @typedef {import("../types/page.d.ts").Frame} Frame */

const NARROW = 720; // px of page width below which the right column becomes a sheet

const MEDIUM = 1040; // px below which the time bar needs the width under the right column, too

const SHORT = 540; // px of page height below which the title card would cover the map

/** Pixels of the map that the title card, the legend of an embed or the credits cover, before any of them is there. */
const COVERED = { card: 112, legend: 52, margin: 16, credits: 32 };

/**
 * Build the landmarks round the element of the map.
 * @param {import("leaflet").Map} map
 * @param {boolean} embed
 * @returns {Frame}
 */
export function createFrame(map, embed) {
  const container = map.getContainer();
  const main = el("main", { class: "geo-main", "aria-label": t("map.region") });
  const header = el("header", { class: "geo-header" });
  const aside = el("aside", { class: "geo-aside", "aria-label": t("panel.region") });
  const footer = el("footer", { class: "geo-footer" });
  const root = el("div", {
    class: embed ? "geo-page geo-embed" : "geo-page",
    lang: i18n.language(),
    dir: i18n.direction(),
  });
  container.before(root);
  const holder = el("div", { class: "geo-map" }, container);
  main.append(holder);
  const skip = el("a", { class: "geo-skip", href: "#geo-list" }, t("map.skip"));
  root.append(...(embed ? [header, main, footer] : [skip, header, main, aside, footer]));
  document.documentElement.classList.add("geo-document");
  if (!document.documentElement.lang) document.documentElement.lang = i18n.language();

  function fit() {
    root.classList.toggle("geo-narrow", root.clientWidth < NARROW);
    root.classList.toggle("geo-medium", root.clientWidth >= NARROW && root.clientWidth < MEDIUM);
    root.classList.toggle("geo-short", root.clientHeight < SHORT);
    map.invalidateSize({ animate: false });
  }
  /** @type {Frame["show"]} */
  function show(corners, more = {}) {
    const card = !embed && !root.classList.contains("geo-narrow");
    map.fitBounds(corners, {
      animate: false, // an animation would delay the first paint
      paddingTopLeft: [16, card ? COVERED.card : embed ? COVERED.legend : COVERED.margin],
      paddingBottomRight: [16, COVERED.credits],
      ...more,
    });
  }
  const observer = new ResizeObserver(fit);
  observer.observe(root);
  observer.observe(holder);
  fit();
  return {
    root,
    skip,
    header,
    main,
    aside,
    footer,
    holder,
    show,
    destroy() {
      observer.disconnect();
      root.replaceWith(container);
      document.documentElement.classList.remove("geo-document");
    },
  };
}
